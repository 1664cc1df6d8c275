//! Cuts a description down to the resources that are on.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use crate::{
    casing,
    lower::{Normalized, usage::Usage},
    spec::document::{SCHEMAS, for_each_ref},
};

/// Which resources are on.
pub enum Selection {
    /// All of them, and the schemas that no operation reaches.
    All,
    Only(BTreeSet<String>),
}

/// Drops the operations of other resources, and the schemas that only they reach.
pub fn select(normalized: &mut Normalized, selection: &Selection) {
    let Selection::Only(resources) = selection else {
        return;
    };
    normalized
        .operations
        .retain(|prepared| resources.contains(&prepared.operation.name.resource));
    let reached = reached(normalized);
    normalized.schemas.retain(|name, _| reached.contains(name));
}

/// Drops what is only written and, now that alternatives are one struct, is written by no operation.
pub fn drop_unwritten(normalized: &mut Normalized) {
    let reached = reached(normalized);
    let is_kept = |name: &str, usage: Usage| usage.read || reached.contains(name);
    let mut dropped = Vec::new();
    normalized.schemas.retain(|name, definition| {
        let is_kept = is_kept(name, definition.usage);
        if !is_kept {
            dropped.push(format!("[`{}`]", casing::type_name(name)));
        }
        is_kept
    });
    // What is inline in it may be of a type that is kept, whose words link to it.
    for definition in normalized.schemas.values_mut() {
        if let Some(Value::String(words)) = definition.schema.get_mut("description") {
            for link in dropped
                .iter()
                .filter(|link| words.contains(*link))
                .collect::<Vec<_>>()
            {
                *words = words.replace(link, link.trim_matches(['[', ']']));
            }
        }
    }
}

/// The schemas that the operations lead to.
fn reached(normalized: &Normalized) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = VecDeque::new();
    for prepared in &normalized.operations {
        names(&prepared.item, &mut open);
    }
    while let Some(name) = open.pop_front() {
        if let Some(definition) = normalized.schemas.get(&name)
            && reached.insert(name)
        {
            names(&definition.schema, &mut open);
        }
    }
    reached
}

fn names(node: &Value, found: &mut VecDeque<String>) {
    for_each_ref(node, "", &mut |_, target| {
        found.extend(target.strip_prefix(SCHEMAS).map(str::to_owned));
    });
}
