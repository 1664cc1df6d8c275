//! Operations that return a list and have no stream.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    lower::{Normalized, Prepared},
    spec::document,
};

/// The keys of the operations.
pub fn lists(normalized: &Normalized) -> BTreeSet<String> {
    let operations = normalized.operations.iter();
    let unstreamed = operations.filter(|prepared| {
        prepared.operation.list.is_none() && returns_a_list(prepared, normalized)
    });
    unstreamed
        .map(|prepared| {
            let operation = &prepared.operation;
            document::operation_key(&operation.method, &operation.path)
        })
        .collect()
}

fn returns_a_list(prepared: &Prepared, normalized: &Normalized) -> bool {
    let operation = &prepared.operation;
    let is_read = operation.method == "GET" || operation.method == "POST" && operation.idempotent;
    let response = prepared.placed_response().and_then(document::schema_name);
    let response = response.and_then(|name| normalized.schemas.get(name));
    response.is_some_and(|response| looks_like_a_list(is_read, &response.schema, normalized))
}

/// Whether a response, or what it may be, looks like a list, by other signs than those that streams go by: it has pages, or
/// it is only read, has no id and holds a list of anything.
fn looks_like_a_list(is_read: bool, response: &Value, normalized: &Normalized) -> bool {
    let named = |name: &str| Some(&normalized.schemas.get(name)?.schema);
    let variants = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(|of| response[of].as_array());
    let variants = variants
        .flatten()
        .filter_map(|variant| named(document::schema_name(variant)?));
    let of_pages = |schema: &Value| {
        let properties = schema["properties"].as_object();
        properties.is_some_and(|properties| {
            let holds_list = |property: &Value| property.get("items").is_some();
            properties.contains_key("pages")
                || is_read && !properties.contains_key("id") && properties.values().any(holds_list)
        })
    };
    std::iter::once(response).chain(variants).any(of_pages)
}
