//! What a version has that a person has to say something about: in `openapi/docs.json` it has words, or `"todo"`.

mod plain;
mod unstreamed;

use std::collections::BTreeSet;

use crate::{
    lower::Normalized,
    spec::{
        docs::{Docs, Entry, Section},
        document,
    },
};

/// All entries that a version needs besides those that the words of others stand in for.
pub fn entries(normalized: &Normalized) -> BTreeSet<Entry> {
    let mut entries = normalized.undescribed.clone();
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        let key = document::operation_key(&operation.method, &operation.path);
        entries.insert(Entry::new(Section::Operations, key));
        let resource = operation.name.resource.clone();
        entries.insert(Entry::new(Section::Resources, resource));
    }
    let named =
        |section, keys: BTreeSet<String>| keys.into_iter().map(move |key| Entry::new(section, key));
    entries.extend(named(Section::NotStreamed, unstreamed::lists(normalized)));
    entries.extend(named(Section::PlainJson, plain::fields(normalized)));
    entries
}

/// Those of [`entries`] that the file has nothing for.
pub fn missing(normalized: &Normalized, docs: &Docs) -> Vec<Entry> {
    let entries = entries(normalized).into_iter();
    entries.filter(|entry| !docs.has(entry)).collect()
}
