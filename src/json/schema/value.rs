//! The values of fields, as they are written.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// A type that can be the value of a field.
pub(crate) trait ValueSchema {
    fn value_schema(generator: &mut SchemaGenerator) -> Schema;
}

macro_rules! value_schema {
    ($($kind:ty)*) => {$(
        impl ValueSchema for $kind {
            fn value_schema(generator: &mut SchemaGenerator) -> Schema {
                generator.subschema_for::<$kind>()
            }
        }
    )*};
}
value_schema!(String i64 f64 bool Map<String, Value> Value);

/// The content of a type that contains itself.
impl<T: ValueSchema> ValueSchema for Box<T> {
    fn value_schema(generator: &mut SchemaGenerator) -> Schema {
        T::value_schema(generator)
    }
}

impl<T: ValueSchema> ValueSchema for Vec<T> {
    fn value_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": T::value_schema(generator) })
    }
}

macro_rules! written {
    ($($(#[$doc:meta])* $kind:ident: $schema:tt;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $kind;

        impl ValueSchema for $kind {
            fn value_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}
written! {
    /// An id that requests carry as an integer.
    IntegerId: { "type": "integer" };
    /// An id that is read from any text, and written as an integer where it is one.
    IntegerOrText: { "type": ["integer", "string"], "not": { "type": "string", "pattern": r"^[+-]?[0-9]+$" } };
    /// A time that requests carry as Unix seconds.
    WholeSeconds: { "type": "integer" };
    /// A time that was read, and is written as Unix seconds.
    UnixSeconds: { "type": "number" };
    /// A time that is written as ISO 8601.
    Iso8601: { "type": "string", "format": "date-time" };
}

/// Returns the schema with null as an alternative.
pub(super) fn or_null(mut schema: Schema) -> Schema {
    if schema.as_bool() == Some(true) {
        return schema;
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.push(json!({ "type": "null" }));
        return schema;
    }
    match schema.remove("type") {
        Some(Value::Array(mut kinds)) => {
            kinds.push("null".into());
            schema.insert("type".to_owned(), kinds.into());
        }
        Some(kind) => {
            schema.insert("type".to_owned(), json!([kind, "null"]));
        }
        None => return json_schema!({ "anyOf": [schema, { "type": "null" }] }),
    }
    schema
}
