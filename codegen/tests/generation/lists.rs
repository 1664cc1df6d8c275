//! Every operation that answers with a list has a stream, or a reason why not.

use std::collections::BTreeSet;

use serde_json::Value;

use intercom_client_codegen::{lower::Normalized, spec::document};

use super::for_each_version;

/// Whether an answer, or what it may be, looks like a list, by other signs than those that the build goes by: it tells of
/// pages, or it is only read, has no id and holds a list of anything.
fn looks_like_a_list(is_read: bool, answer: &Value, normalized: &Normalized) -> bool {
    let named = |name: &str| Some(&normalized.schemas.get(name)?.schema);
    let variants = ["oneOf", "anyOf"]
        .into_iter()
        .filter_map(|of| answer[of].as_array());
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
    std::iter::once(answer).chain(variants).any(of_pages)
}

#[test]
fn every_list_of_every_version_has_a_stream_or_a_reason_why_not() {
    let mut excused = BTreeSet::new();
    let mut reasons = BTreeSet::new();
    for_each_version(|version, shared, normalized| {
        let docs = &shared.docs;
        reasons.extend(docs.not_streamed.keys().cloned());
        let mut streams = 0;
        for prepared in &normalized.operations {
            let operation = &prepared.operation;
            let key = document::operation_key(&operation.method, &operation.path);
            let answer = prepared
                .item
                .pointer("/responses/200/content/application~1json/schema")
                .and_then(document::schema_name)
                .and_then(|name| normalized.schemas.get(name));
            streams += usize::from(operation.list.is_some());
            let is_list = answer.is_some_and(|answer| {
                let is_read =
                    operation.method == "GET" || operation.method == "POST" && operation.idempotent;
                looks_like_a_list(is_read, &answer.schema, &normalized)
            });
            if !is_list || operation.list.is_some() {
                continue;
            }
            assert!(
                docs.not_streamed.contains_key(&key),
                "{version} {key}: a list without a stream"
            );
            excused.insert(key);
        }
        assert!(streams >= 20, "{version}: {streams}");
    });
    assert_eq!(excused, reasons, "a reason that no list needs");
}
