//! JSON Schema of what the generated types write.

mod field;
mod value;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value};

pub(crate) use self::field::{Field, field};
pub(crate) use self::value::{
    IntegerId, IntegerOrText, Iso8601, UnixSeconds, ValueSchema, WholeSeconds,
};

/// Returns the schema of a type, or a reference to it.
pub(crate) type Make = fn(&mut SchemaGenerator) -> Schema;

/// A generated type, as data.
pub(crate) trait Described {
    const DESCRIPTION: &'static str;
    const DEFINITION: Definition;
}

/// What a generated type is made of.
pub(crate) enum Definition {
    Struct {
        fields: &'static [Field],
        /// Exactly one of these is required.
        one_of: &'static [&'static str],
        /// Whether it has fields that the type does not declare.
        is_open: bool,
    },
    /// The known strings.
    OpenEnum(&'static [&'static str]),
    Union(&'static [Make]),
    /// The alternative of each value of a property.
    Tagged(&'static str, &'static [(&'static str, Make)]),
}

/// Implements `JsonSchema` for described types, and names them all.
macro_rules! described {
    ($($name:ident)*) => {
        $(
            impl ::schemars::JsonSchema for $name {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn schema_id() -> ::std::borrow::Cow<'static, str> {
                    concat!(module_path!(), "::", stringify!($name)).into()
                }

                fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    crate::json::schema::of::<Self>(generator)
                }
            }

            impl crate::json::schema::ValueSchema for $name {
                fn value_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    generator.subschema_for::<Self>()
                }
            }
        )*

        pub(super) const SCHEMAS: &[crate::json::schema::Make] =
            &[$( ::schemars::SchemaGenerator::subschema_for::<$name>, )*];
    };
}
pub(crate) use described;

/// Returns the schema of a described type.
pub(crate) fn of<T: Described>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = match T::DEFINITION {
        Definition::Struct {
            fields,
            one_of,
            is_open,
        } => object(generator, fields, one_of, is_open),
        Definition::OpenEnum(values) => {
            json_schema!({ "anyOf": [{ "enum": values }, { "type": "string" }] })
        }
        Definition::Union(alternatives) => any_of(alternatives.iter().map(|make| make(generator))),
        Definition::Tagged(property, variants) => tagged(generator, property, variants),
    };
    schema.insert("description".to_owned(), T::DESCRIPTION.into());
    schema
}

/// Returns a document that defines all these types.
pub(crate) fn document(settings: SchemaSettings, title: &str, types: &[Make]) -> Schema {
    // If each is put in place of its name, there is nothing to define.
    let settings = settings.with(|settings| settings.inline_subschemas = false);
    let mut generator = settings.into_generator();
    for define in types {
        define(&mut generator);
    }
    let mut document = generator.into_root_schema_for::<Value>();
    document.insert("title".to_owned(), title.into());
    document
}

fn object(
    generator: &mut SchemaGenerator,
    fields: &[Field],
    one_of: &[&str],
    is_open: bool,
) -> Schema {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.name.to_owned(), field.schema(generator).to_value()))
        .collect();
    let required = fields.iter().filter(|field| field.is_always);
    let required: Vec<&str> = required.map(|field| field.name).collect();
    let mut schema = json_schema!({
        "type": "object", "properties": properties, "additionalProperties": is_open,
    });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if !one_of.is_empty() {
        let given = |name: &&str| {
            let set = json_schema!({ "not": { "type": "null" } });
            json_schema!({ "required": [name], "properties": { *name: set } }).to_value()
        };
        let alternatives: Vec<Value> = one_of.iter().map(given).collect();
        schema.insert("oneOf".to_owned(), alternatives.into());
    }
    schema
}

/// The alternative that the property selects; anything, if it selects none.
fn tagged(generator: &mut SchemaGenerator, property: &str, variants: &[(&str, Make)]) -> Schema {
    let chosen = |values: &[&str]| {
        let values = json_schema!({ "enum": values });
        json_schema!({ "type": "object", "properties": { property: values }, "required": [property] })
    };
    let mut alternatives: Vec<Schema> = variants
        .iter()
        .map(|(value, make)| json_schema!({ "allOf": [chosen(&[value]), make(generator)] }))
        .collect();
    let known: Vec<&str> = variants.iter().map(|(value, _)| *value).collect();
    alternatives.push(json_schema!({ "not": chosen(&known) }));
    any_of(alternatives)
}

fn any_of(alternatives: impl IntoIterator<Item = Schema>) -> Schema {
    let alternatives: Vec<Value> = alternatives.into_iter().map(Schema::to_value).collect();
    json_schema!({ "anyOf": alternatives })
}
