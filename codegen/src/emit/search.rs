//! Lets searches take the queries of the hand-written layer, and JSON.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::{
    casing,
    lower::{Normalized, Prepared, idents},
    spec::document::schema_name,
};

/// Conversions into the types of this version, each once, and shortcuts on the builders; for the `builder` module.
pub fn searches(normalized: &Normalized) -> TokenStream {
    let mut converted = BTreeSet::new();
    let mut tokens = TokenStream::new();
    for prepared in &normalized.operations {
        let Some(search) = Search::of(prepared, normalized) else {
            continue;
        };
        for (property, schema) in [("query", Some(search.query)), ("sort", search.sort)] {
            let Some(schema) = schema else { continue };
            if converted.insert((property, schema)) {
                tokens.extend(conversions(property, schema));
            }
            if !search.takes(property) {
                tokens.extend(shortcut(prepared, property, schema));
            }
        }
    }
    tokens
}

/// An operation whose body asks for what a query matches, page by page.
struct Search<'n> {
    prepared: &'n Prepared,
    /// The schemas of its properties.
    query: &'n str,
    sort: Option<&'n str>,
}

impl<'n> Search<'n> {
    fn of(prepared: &'n Prepared, normalized: &'n Normalized) -> Option<Self> {
        let media = "/requestBody/content/application~1json/schema";
        let body = schema_name(prepared.item.pointer(media)?)?;
        let properties = &normalized.schemas.get(body)?.schema["properties"];
        properties.get("pagination")?;
        Some(Self {
            prepared,
            query: referred(properties.get("query")?)?,
            sort: properties.get("sort").and_then(referred),
        })
    }

    /// Whether a parameter has a setter of this name.
    fn takes(&self, name: &str) -> bool {
        let parameters = self.prepared.item["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter["name"] == name)
    }
}

/// The schema that a property refers to, with words beside it or without.
fn referred(property: &Value) -> Option<&str> {
    schema_name(property).or_else(|| schema_name(property["allOf"].get(0)?))
}

fn conversions(property: &str, schema: &str) -> TokenStream {
    let target = format_ident!("{}", casing::type_name(schema));
    let source = format_ident!("{}", casing::type_name(property));
    let convert = format_ident!("{property}");
    quote! {
        impl TryFrom<crate::search::#source> for types::#target {
            type Error = crate::InvalidField;

            fn try_from(value: crate::search::#source) -> Result<Self, crate::InvalidField> {
                crate::runtime::search::#convert(&value)
            }
        }

        impl TryFrom<serde_json::Value> for types::#target {
            type Error = crate::InvalidField;

            fn try_from(value: serde_json::Value) -> Result<Self, crate::InvalidField> {
                crate::runtime::search::json(value)
            }
        }
    }
}

fn shortcut(prepared: &Prepared, property: &str, schema: &str) -> TokenStream {
    let builder = idents::builder(&prepared.operation);
    let target = format_ident!("{}", casing::type_name(schema));
    let setter = format_ident!("{property}");
    let doc = match property {
        "query" => " Sets what to search for: a [`Query`](crate::search::Query), or JSON.",
        _ => " Sets the order of what is found: a [`Sort`](crate::search::Sort), or JSON.",
    };
    quote! {
        impl #builder {
            #[doc = #doc]
            pub fn #setter<V>(self, value: V) -> Self
            where
                V: TryInto<types::#target, Error: std::fmt::Display>,
            {
                self.body_map(|body| body.#setter(value))
            }
        }
    }
}
