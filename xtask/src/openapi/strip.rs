//! Takes the facts out of a description and leaves its prose behind.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    openapi::{
        identity,
        keywords::{self, Holds, Kind, PROSE},
    },
    warnings::Notes,
};
use intercom_client_codegen::spec::document::{METHODS, escape, operations};

/// The facts of a description; an operation without an id gets one.
pub fn of(document: &Value, notes: &mut Notes) -> Value {
    let mut facts = object(document, Kind::Document, "", notes);
    name_operations(&mut facts, notes);
    identity::mark(document, &mut facts);
    facts
}

fn object(node: &Value, kind: Kind, pointer: &str, notes: &mut Notes) -> Value {
    let Value::Object(map) = node else {
        // `additionalProperties: false` is the one place where OpenAPI has something else.
        if !(kind == Kind::Schema && node.is_boolean()) {
            notes.add(format!("{pointer}: expected an object"));
        }
        return node.clone();
    };
    if kind == Kind::Callback {
        return holds(node, Holds::Patterned(Kind::PathItem), pointer, notes);
    }
    let known = keywords::facts(kind);
    let mut facts = Map::new();
    for (key, value) in map {
        let pointer = format!("{pointer}/{}", escape(key));
        if let Some((_, what)) = known.iter().find(|(name, _)| name == key) {
            facts.insert(key.clone(), holds(value, *what, &pointer, notes));
        } else if !PROSE.contains(&key.as_str()) && !key.starts_with("x-") {
            notes.left_out(key, &pointer);
        }
    }
    Value::Object(facts)
}

fn holds(node: &Value, what: Holds, pointer: &str, notes: &mut Notes) -> Value {
    match (what, node) {
        (Holds::Data, data) => data.clone(),
        (Holds::One(kind) | Holds::List(kind), Value::Array(items)) => {
            if matches!(what, Holds::One(_)) {
                notes.add(format!("{pointer}: expected an object, found a list"));
            }
            let item = |(index, item)| object(item, kind, &format!("{pointer}/{index}"), notes);
            items.iter().enumerate().map(item).collect()
        }
        (Holds::One(kind), node) => object(node, kind, pointer, notes),
        (Holds::Named(kind) | Holds::Patterned(kind), Value::Object(map)) => {
            let is_extension =
                |key: &str| matches!(what, Holds::Patterned(_)) && key.starts_with("x-");
            let mut facts = Map::new();
            for (key, value) in map.iter().filter(|(key, _)| !is_extension(key)) {
                let pointer = format!("{pointer}/{}", escape(key));
                facts.insert(key.clone(), object(value, kind, &pointer, notes));
            }
            Value::Object(facts)
        }
        (Holds::List(_) | Holds::Named(_) | Holds::Patterned(_), other) => {
            notes.add(format!("{pointer}: neither a list nor objects by name"));
            other.clone()
        }
    }
}

fn name_operations(document: &mut Value, notes: &mut Notes) {
    let given = operations(document).filter_map(|found| found.operation["operationId"].as_str());
    let mut taken: BTreeSet<String> = given.map(str::to_owned).collect();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let operation = item.get_mut(method).and_then(Value::as_object_mut);
            let has_none = |operation: &Map<String, Value>| {
                let id = operation.get("operationId").and_then(Value::as_str);
                id.is_none_or(str::is_empty)
            };
            if let Some(operation) = operation.filter(|operation| has_none(operation)) {
                let id = operation_id(method, path);
                // `/boats` and `/boats/` have the same words.
                let numbered = (2..).map(|number| format!("{id}{number}"));
                let mut ids = std::iter::once(id.clone()).chain(numbered);
                let id = ids.find(|id| !taken.contains(id)).unwrap_or(id);
                notes.add(format!(
                    "/paths/{}/{method}: no operationId, called `{id}`",
                    escape(path)
                ));
                taken.insert(id.clone());
                operation.insert("operationId".to_owned(), Value::String(id));
            }
        }
    }
}

/// `getExportReportingDataJobIdentifier` for `get` and `/export/reporting_data/{job_identifier}`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut id = method.to_owned();
    for word in words {
        let mut letters = word.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.push_str(letters.as_str());
    }
    id
}
