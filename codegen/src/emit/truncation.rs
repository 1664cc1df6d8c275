//! Conversations and tickets, of whose parts the API sends the newest only.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::{
    casing,
    lower::{Definition, Normalized},
    spec::document::schema_name,
};

const TOTAL: &str = "total_count";

/// `parts_truncated` of each schema whose property `…_parts` is an object with a list of that name and a total.
pub fn truncation(normalized: &Normalized) -> TokenStream {
    let methods = normalized.schemas.iter().filter_map(|(name, definition)| {
        let parts = parts(definition, normalized)?;
        let owner = format_ident!("{}", casing::type_name(name));
        let parts = format_ident!("{}", casing::snake(parts));
        Some(quote! {
            impl #owner {
                /// Whether older parts are missing: the API sends only the newest of many, 500 of a conversation.
                pub fn parts_truncated(&self) -> bool {
                    self.#parts.as_ref().is_some_and(|parts| {
                        let total = parts.total_count.unwrap_or_default();
                        usize::try_from(total).is_ok_and(|total| total > parts.#parts.len())
                    })
                }
            }
        })
    });
    methods.collect()
}

fn parts<'d>(definition: &'d Definition, normalized: &Normalized) -> Option<&'d str> {
    let properties = definition.schema["properties"].as_object()?;
    let is_parts = |(name, property): (&String, &Value)| {
        let held = property.pointer("/allOf/0").and_then(schema_name);
        let held = held.and_then(|held| normalized.schemas.get(held));
        held.is_some_and(|held| {
            let held = &held.schema["properties"];
            held[name.as_str()].get("items").is_some() && held.get(TOTAL).is_some()
        })
    };
    let name = properties
        .iter()
        .find(|(name, property)| name.ends_with("_parts") && is_parts((name, property)));
    (definition.usage.read).then_some(name?.0.as_str())
}
