//! Cuts a description down to the resources that are on.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use crate::{
    lower::Normalized,
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
    normalized.schemas.retain(|name, _| reached.contains(name));
}

fn names(node: &Value, found: &mut VecDeque<String>) {
    for_each_ref(node, "", &mut |_, target| {
        found.extend(target.strip_prefix(SCHEMAS).map(str::to_owned));
    });
}
