//! Which schemas of a version are those of the one before under another name: words and corrections go by names.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use intercom_client_codegen::{
    lower::all_of::Object,
    spec::{document::schemas, load::Description},
};

/// So much of their properties two schemas have in common that are one under two names.
const ALIKE: f64 = 0.6;

/// A note for each schema that is gone and that a new one looks like.
pub fn notes(before: &Description, now: &Description) -> Vec<String> {
    let none = Map::new();
    let all = |description: &Description| -> Map<String, Value> {
        schemas(&description.document).unwrap_or(&none).clone()
    };
    let (before, now) = (all(before), all(now));
    let gone = before.iter().filter(|(name, _)| !now.contains_key(*name));
    let notes = gone.filter_map(|(name, schema)| {
        let properties = properties(schema, &before);
        let new = now.iter().filter(|(name, _)| !before.contains_key(*name));
        let alike = new.map(|(name, schema)| (alike(&properties, &self::properties(schema, &now)), name));
        let (likeness, other) = alike.max_by(|one, other| one.0.total_cmp(&other.0))?;
        (likeness >= ALIKE).then(|| {
            format!(
                "note: the schema `{name}` is gone and `{other}` looks like it; words and corrections of the one may be meant for the other"
            )
        })
    });
    notes.collect()
}

fn properties(schema: &Value, all: &Map<String, Value>) -> BTreeSet<String> {
    let object = Object::of(schema, all).unwrap_or_default();
    object.properties.keys().cloned().collect()
}

/// The part of all properties that both have.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.union(other).count();
    one.intersection(other).count() as f64 / all.max(1) as f64
}
