//! Lets searches take the queries of the hand-written layer.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::{
    casing,
    emit::shapes,
    lower::{Normalized, Prepared, shape::Field},
    spec::document::schema_name,
};

/// What the setters of searches take, each once; for the module of requests.
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
            if property == "query" && converted.insert(("filters", schema)) {
                tokens.extend(filters(schema, normalized));
            }
        }
    }
    tokens
}

/// An operation whose body asks for what a query matches, page by page.
struct Search<'n> {
    /// The schemas of its properties.
    query: &'n str,
    sort: Option<&'n str>,
}

impl<'n> Search<'n> {
    fn of(prepared: &'n Prepared, normalized: &'n Normalized) -> Option<Self> {
        let body = prepared.body_schema()?;
        let properties = &normalized.schemas.get(body)?.schema["properties"];
        properties.get("pagination")?;
        Some(Self {
            query: referred(properties.get("query")?)?,
            sort: properties.get("sort").and_then(referred),
        })
    }
}

/// The setter of the query of a search, which knows of which resource it is.
pub fn setter(prepared: &Prepared, normalized: &Normalized, field: &Field) -> Option<TokenStream> {
    let search = Search::of(prepared, normalized).filter(|_| field.property == "query")?;
    let target = format_ident!("{}", casing::type_name(search.query));
    let resource = &prepared.operation.name.resource;
    let version = normalized.version.as_str();
    let doc = format!(" {}", field.doc);
    Some(quote! {
        #[doc = #doc]
        pub fn query(mut self, query: impl crate::search::IntoQuery<types::#target>) -> Self {
            self.call.body.set_checked("query", query.into_query(#resource, #version));
            self
        }
    })
}

/// Lets the setter take the version's own types of filters and groups.
fn filters(schema: &str, normalized: &Normalized) -> TokenStream {
    let target = format_ident!("{}", casing::type_name(schema));
    let leaves = shapes::leaves(schema, normalized);
    let leaves = leaves
        .iter()
        .map(|leaf| format_ident!("{}", casing::type_name(leaf)));
    quote! {
        #(
            impl crate::search::IntoQuery<types::#target> for types::#leaves {
                fn into_query(self, _: &'static str, _: &'static str) -> Result<Option<::serde_json::Value>, crate::InvalidField> {
                    crate::runtime::item::<types::#target>(self)
                }
            }
        )*
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
        impl crate::IntoField<types::#target> for crate::search::#source {
            fn into_field(self) -> Result<Option<types::#target>, crate::InvalidField> {
                crate::runtime::search::#convert(&self).map(Some)
            }
        }

        impl crate::IntoField<types::#target> for Option<crate::search::#source> {
            fn into_field(self) -> Result<Option<types::#target>, crate::InvalidField> {
                self.as_ref().map(crate::runtime::search::#convert).transpose()
            }
        }
    }
}
