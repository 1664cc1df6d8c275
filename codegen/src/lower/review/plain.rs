//! What is typed as any JSON, or as any object.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::lower::Normalized;

/// Each such field as `schema.field`, and each such parameter, body and response behind the name of its operation.
pub fn fields(normalized: &Normalized) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, definition) in &normalized.schemas {
        // The type that is written has the reasons of the one that is read.
        let name = name.strip_suffix("_input").unwrap_or(name);
        let properties = definition.schema["properties"].as_object();
        for (property, schema) in properties.into_iter().flatten() {
            if is_plain(schema) {
                found.insert(format!("{name}.{property}"));
            }
        }
        let alternatives = definition.schema["oneOf"].as_array();
        if alternatives.into_iter().flatten().any(is_plain) {
            found.insert(name.to_owned());
        }
    }
    for prepared in &normalized.operations {
        let name = &prepared.operation.name;
        let operation = format!("{}.{}", name.resource, name.verb);
        let parameters = prepared.item["parameters"].as_array();
        for parameter in parameters.into_iter().flatten() {
            if is_plain(&parameter["schema"]) {
                found.insert(format!("{operation} {}", parameter["name"]));
            }
        }
        for (what, pointer) in [("body", "/requestBody"), ("response", "/responses/200")] {
            let schema = prepared
                .item
                .pointer(&format!("{pointer}/content/application~1json/schema"));
            if schema.is_some_and(is_plain) {
                found.insert(format!("{operation} {what}"));
            }
        }
    }
    found
}

/// Whether a placed schema admits any JSON, or any object.
fn is_plain(schema: &Value) -> bool {
    let Some(map) = schema.as_object() else {
        return false;
    };
    if let Some(wrapped) = schema["allOf"].get(0) {
        return is_plain(wrapped);
    }
    match schema["type"].as_str() {
        Some("array") => is_plain(&schema["items"]),
        Some("object") => schema["additionalProperties"] == true,
        Some(_) => false,
        None => map.keys().all(|key| key == "description"),
    }
}
