//! Adds what a use of a schema says beside its reference to the schema itself, so that one thing has one type.
//!
//! `allOf: [contact]` with a property beside it would otherwise be a second contact, and a `oneOf` with properties beside it
//! a union in which no alternative has them. The additions are optional: other uses of the schema say nothing of them.

use serde_json::{Map, Value};

use crate::spec::document::{self, schema_name};

/// Replaces every such use by what it extends.
pub fn extend(document: &mut Value) {
    let mut additions = Vec::new();
    if let Some(paths) = document.get_mut("paths") {
        visit(paths, false, &mut additions);
    }
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(Map::values_mut) {
        // A named schema that builds on another stays a type of its own; what is inside it is a use.
        for (_, child) in schema.as_object_mut().into_iter().flatten() {
            visit(child, false, &mut additions);
        }
    }
    for (schema, properties) in additions {
        if !properties.is_empty() {
            add(document, &schema, &properties, 0);
        }
    }
}

type Additions = Vec<(String, Map<String, Value>)>;

/// `read` says that no requirement matters: whatever is missing in a response is tolerated.
fn visit(node: &mut Value, read: bool, additions: &mut Additions) {
    match node {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                visit(child, read || key == "responses", additions);
            }
            if let Some(replacement) = replacement(map, read, additions) {
                *node = replacement;
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| visit(item, read, additions)),
        _ => {}
    }
}

fn replacement(map: &Map<String, Value>, read: bool, additions: &mut Additions) -> Option<Value> {
    let own = map.get("properties").and_then(Value::as_object).cloned();
    if let Some(parts) = map.get("allOf").and_then(Value::as_array) {
        let (references, inline): (Vec<&Value>, Vec<&Value>) =
            parts.iter().partition(|part| schema_name(part).is_some());
        let [reference] = references.as_slice() else {
            return None;
        };
        let mut extra = own.unwrap_or_default();
        let mut required: Vec<&Value> = list(map.get("required")).collect();
        for part in inline {
            extra.extend(part.get("properties").and_then(Value::as_object).cloned()?);
            required.extend(list(part.get("required")));
        }
        if !read
            && required
                .iter()
                .any(|name| name.as_str().is_some_and(|name| extra.contains_key(name)))
        {
            return None;
        }
        additions.push((schema_name(reference)?.to_owned(), extra));
        return Some((*reference).clone());
    }
    let keyword = ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| map.contains_key(*keyword))?;
    let alternatives = map[keyword].as_array()?;
    let names: Vec<&str> = alternatives
        .iter()
        .map(schema_name)
        .collect::<Option<_>>()?;
    let extra = own?;
    additions.extend(names.iter().map(|name| ((*name).to_owned(), extra.clone())));
    Some(serde_json::json!({ keyword: alternatives }))
}

fn list(node: Option<&Value>) -> impl Iterator<Item = &Value> {
    node.and_then(Value::as_array).into_iter().flatten()
}

/// Adds properties to a schema, or to each alternative where it is a union of named schemas.
fn add(document: &mut Value, schema: &str, properties: &Map<String, Value>, depth: usize) {
    let pointer = format!("/components/schemas/{}", document::escape(schema));
    let Some(target) = document
        .pointer_mut(&pointer)
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    // One that is another, or one of several of which it is itself one.
    if depth > 32 {
        return;
    }
    let alias = target.get("$ref").and_then(Value::as_str);
    let alias = alias.and_then(|target| target.strip_prefix(document::SCHEMAS));
    if let Some(name) = alias.map(str::to_owned) {
        return add(document, &name, properties, depth + 1);
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
        let alternatives = target.get(keyword)?.as_array()?;
        alternatives
            .iter()
            .map(|alternative| schema_name(alternative).map(str::to_owned))
            .collect::<Option<Vec<String>>>()
    });
    if let Some(names) = alternatives {
        for name in names {
            add(document, &name, properties, depth + 1);
        }
    } else if let Some(own) = target
        .entry("properties")
        .or_insert_with(|| Value::Object(Map::new()))
        .as_object_mut()
    {
        for (name, schema) in properties {
            own.entry(name.clone()).or_insert_with(|| schema.clone());
        }
    }
}
