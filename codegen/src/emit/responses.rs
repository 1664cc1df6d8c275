//! What the success of an operation is in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::{
    emit::shapes,
    lower::{Prepared, Success, time},
    spec::document::schema_name,
};

/// The type of the value, as the modules beside `types` write it.
pub fn of(prepared: &Prepared) -> TokenStream {
    match &prepared.operation.success {
        Success::Json => prepared
            .placed_response()
            .map_or_else(|| quote!(::serde_json::Value), kind),
        Success::Bytes(_) => quote!(crate::ByteStream),
        Success::Empty => quote!(()),
    }
}

/// The type of what was placed where something is read.
fn kind(placed: &Value) -> TokenStream {
    if let Some(name) = schema_name(placed) {
        if name == time::SCHEMA {
            return quote!(::chrono::DateTime<::chrono::Utc>);
        }
        let name = shapes::ident(name);
        return quote!(types::#name);
    }
    match placed["type"].as_str() {
        Some("string") => quote!(String),
        Some("integer") => quote!(i64),
        Some("number") => quote!(f64),
        Some("boolean") => quote!(bool),
        Some("array") => {
            let items = kind(&placed["items"]);
            quote!(Vec<#items>)
        }
        Some("object") => quote!(::serde_json::Map<String, ::serde_json::Value>),
        _ => quote!(::serde_json::Value),
    }
}
