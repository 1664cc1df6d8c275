//! JSON Schema of the types (feature `schemars`): what `crate::runtime::schema` has to know of each, as data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Item, ItemEnum, Lit, Meta};

use crate::{
    casing,
    emit::{enums, shapes},
    error::Problem,
    lower::{
        Definition, DefinitionKind, Normalized, Tag, ids,
        shape::{self, Shape},
        time,
    },
    rewrite::{
        fields::{self, Field, FieldType},
        types,
    },
    spec::document::schema_name,
};

/// What the types are made of, and the document of them all.
pub struct Schemas {
    /// For the module of types.
    pub described: TokenStream,
    /// For the module of the version.
    pub document: TokenStream,
}

impl Schemas {
    pub fn of(items: &[Item], normalized: &Normalized) -> Result<Self, Problem> {
        Ok(Self {
            described: described(items, normalized)?,
            document: document(normalized),
        })
    }
}

fn described(items: &[Item], normalized: &Normalized) -> Result<TokenStream, Problem> {
    let definitions = types::definitions(normalized);
    let mut all = Vec::new();
    for item in items {
        match item {
            Item::Struct(found) => {
                let definition = types::lookup(&definitions, &found.ident.to_string())?;
                let shape = object(&fields::of(found, definition));
                all.push((found.ident.clone(), sentences(&found.attrs), shape));
            }
            Item::Enum(found) => {
                all.push((found.ident.clone(), sentences(&found.attrs), union(found)));
            }
            _ => {}
        }
    }
    for (name, definition) in &normalized.schemas {
        let usage = definition.usage;
        let shape = match &definition.kind {
            DefinitionKind::Enum(_) => quote!(schema::Definition::OpenEnum(Self::VALUES)),
            DefinitionKind::Tagged(tag) if usage.read => tagged_union(definition, tag),
            DefinitionKind::Struct { one_of, .. } if usage.written => {
                input(&shape::fields(definition, &normalized.schemas), one_of)
            }
            DefinitionKind::Union(_) | DefinitionKind::Tagged(_) if usage.written => {
                input_union(definition, normalized)
            }
            // Among the items.
            DefinitionKind::Struct { .. }
            | DefinitionKind::Union(_)
            | DefinitionKind::Tagged(_) => continue,
        };
        let ident = format_ident!("{}", casing::type_name(name));
        all.push((ident, enums::sentence(name, definition), shape));
    }
    let impls = all.iter().map(|(name, sentences, shape)| {
        let description = plain(sentences);
        quote! {
            impl schema::Described for #name {
                const DESCRIPTION: &'static str = #description;
                const DEFINITION: schema::Definition = #shape;
            }
        }
    });
    let names = all.iter().map(|(name, ..)| name);
    Ok(quote! {
        use crate::runtime::schema;

        #( #impls )*
        schema::described! { #( #names )* }
    })
}

/// A struct that is read.
fn object(fields: &[Field]) -> TokenStream {
    let lines = fields.iter().map(field);
    quote! {
        schema::Definition::Struct { fields: &[ #( #lines ),* ], one_of: &[], is_open: true }
    }
}

/// A struct that requests carry.
fn input(fields: &[shape::Field], one_of: &[String]) -> TokenStream {
    let lines = fields.iter().map(|field| {
        let (property, schema) = (&field.property, value_schema(&field.shape));
        let description = plain(&field.doc);
        let always = field.is_required.then(|| quote!(.always()));
        let nullable = field.is_nullable.then(|| quote!(.nullable()));
        let constant = field.constant.iter().map(|value| quote!(.constant(#value)));
        quote! { schema::field::<#schema>(#property, #description) #always #nullable #( #constant )* }
    });
    quote! {
        schema::Definition::Struct { fields: &[ #( #lines ),* ], one_of: &[ #( #one_of ),* ], is_open: false }
    }
}

fn input_union(definition: &Definition, normalized: &Normalized) -> TokenStream {
    let kinds = shapes::alternatives(definition, normalized);
    let kinds = kinds.iter().map(value_schema);
    quote! {
        schema::Definition::Union(&[ #( <#kinds as schema::ValueSchema>::value_schema ),* ])
    }
}

/// The type whose schema that of a value in a request is.
fn value_schema(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Text | Shape::Id(ids::IdFormat::Text) => quote!(String),
        Shape::Id(ids::IdFormat::Integer) => quote!(schema::IntegerId),
        Shape::Integer => quote!(i64),
        Shape::Number => quote!(f64),
        Shape::Bool => quote!(bool),
        Shape::Time(time::TimeFormat::UnixSeconds) => quote!(schema::WholeSeconds),
        Shape::Time(time::TimeFormat::Iso8601) => quote!(schema::Iso8601),
        Shape::Any => quote!(::serde_json::Value),
        Shape::Map => quote!(::serde_json::Map<String, ::serde_json::Value>),
        Shape::List(items) => {
            let items = value_schema(items);
            quote!(Vec<#items>)
        }
        Shape::Enum(schema) | Shape::Object(schema) | Shape::Union(schema) => {
            let name = shapes::ident(schema);
            quote!(#name)
        }
    }
}

fn union(found: &ItemEnum) -> TokenStream {
    let kinds = found.variants.iter().flat_map(|variant| &variant.fields);
    let kinds = kinds.map(|field| &field.ty);
    quote! {
        schema::Definition::Union(&[ #( schemars::SchemaGenerator::subschema_for::<#kinds> ),* ])
    }
}

fn tagged_union(definition: &Definition, tag: &Tag) -> TokenStream {
    let placed = definition.schema["oneOf"].as_array();
    let kinds = placed.into_iter().flatten().filter_map(schema_name);
    let kinds = kinds.map(|target| format_ident!("{}", casing::type_name(target)));
    let values = tag.variants.iter().map(|(_, value)| value);
    let property = &tag.property;
    quote! {
        schema::Definition::Tagged(
            #property,
            &[ #( (#values, schemars::SchemaGenerator::subschema_for::<#kinds>) ),* ],
        )
    }
}

/// `json_schema`, for the module of a version.
fn document(normalized: &Normalized) -> TokenStream {
    let version = normalized.version.as_str();
    let title = format!("Intercom API {version}");
    let using = format!(
        " use intercom_client::{{schemars::generate::SchemaSettings, {}}};",
        normalized.version.feature()
    );
    let call = format!(
        " let document = {}::json_schema(SchemaSettings::openapi3());",
        normalized.version.feature()
    );
    quote! {
        /// A document with the JSON Schema of every type in [`types`], by name.
        ///
        /// The schemas describe what the types write, for an OpenAPI description, a form, or a model that is asked for a body. The
        /// known values of an enum are listed, and any other is admitted. The settings say which dialect of JSON Schema it is in,
        /// and where in the document the schemas stand. A type has its schema from `schemars::schema_for!` too.
        ///
        /// ```
        #[doc = #using]
        ///
        /// // The part of an OpenAPI description that has the types.
        #[doc = #call]
        /// println!("{:#}", document.as_value()["components"]);
        /// ```
        #[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
        pub fn json_schema(settings: schemars::generate::SchemaSettings) -> schemars::Schema {
            crate::runtime::schema::document(settings, #title, types::SCHEMAS)
        }
    }
}

/// One line: what the field holds and what is said of it.
fn field(field: &Field) -> TokenStream {
    let Field {
        property,
        docs,
        field_type,
        time,
        id,
        constant,
        ..
    } = field;
    let value = field_type.value();
    let value = match time {
        Some(time::TimeFormat::UnixSeconds) => quote!(schema::UnixSeconds),
        Some(time::TimeFormat::Iso8601) => quote!(schema::Iso8601),
        None if *id == Some(ids::IdFormat::Integer) => match field_type.item() {
            Some(_) => quote!(Vec<schema::IntegerOrText>),
            None => quote!(schema::IntegerOrText),
        },
        None => quote!(#value),
    };
    let description = plain(&sentences(docs));
    let always = matches!(field_type, FieldType::Plain(_)).then(|| quote!(.always()));
    let constant = constant.iter().map(|value| quote!(.constant(#value)));
    quote! {
        schema::field::<#value>(#property, #description) #always #( #constant )*
    }
}

/// The text of documentation.
fn sentences(attributes: &[syn::Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(syn::ExprLit {
                    lit: Lit::Str(line),
                    ..
                }) => Some(line.value()),
                _ => None,
            },
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// Documentation without its links, which lead nowhere outside of Rust's.
fn plain(sentences: &str) -> String {
    sentences
        .replace("[`", "`")
        .replace("`]", "`")
        .trim()
        .to_owned()
}
