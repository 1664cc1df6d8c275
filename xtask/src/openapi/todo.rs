//! What a person still has to say about what an import brought: written by the import, listed by `openapi todo`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{openapi::naming::doubt, print::say, repo::Tree, write};
use intercom_client_codegen::{
    error::Problem,
    lower::review,
    spec::{
        docs::{Entry, Section, TODO},
        load,
        version::Version,
    },
};

/// The text of `docs.json` with `"todo"` for each of `missing`; a field that several schemas have needs words once.
pub fn docs(docs: &Value, missing: &[Entry]) -> Result<String, Problem> {
    let mut docs = docs.clone();
    for entry in missing {
        let section = docs.as_object_mut().map(|all| {
            let section = all.entry(entry.section.key());
            section.or_insert_with(|| Value::Object(Map::new()))
        });
        let section = section.and_then(Value::as_object_mut).ok_or_else(|| {
            Problem::new(format!(
                "openapi/docs.json: `{}` is no object",
                entry.section.key()
            ))
        })?;
        section.insert(entry.everywhere().key, TODO.into());
    }
    write::json(&docs)
}

/// The text of `unreviewed.json` with `version` in it.
pub fn unreviewed(tree: &Tree, version: &Version) -> Result<String, Problem> {
    let mut versions = load::unreviewed(&tree.openapi())?;
    versions.insert(version.clone());
    let versions: Vec<&str> = versions.iter().map(Version::as_str).collect();
    write::json(&versions)
}

/// Prints what is left to do, a line each, and returns how many they are.
pub fn run(tree: &Tree) -> Result<usize, Problem> {
    let lines = lines(tree)?;
    lines.iter().for_each(say);
    say(match lines.len() {
        0 => "nothing to do".to_owned(),
        count => format!("{count} to do"),
    });
    Ok(lines.len())
}

/// What is left to do, a line each.
pub fn lines(tree: &Tree) -> Result<Vec<String>, Problem> {
    let shared = tree.shared()?;
    let mut used: BTreeMap<Entry, BTreeSet<String>> = BTreeMap::new();
    let mut lines = Vec::new();
    for (version, facts) in load::versions(&tree.openapi())? {
        let normalized = shared.normalized(&facts)?;
        for entry in review::missing(&normalized, &shared.docs) {
            lines.push(format!(
                "docs.json: {entry} is missing, which {version} has"
            ));
        }
        for entry in review::entries(&normalized) {
            used.entry(entry.everywhere())
                .or_default()
                .insert(entry.key);
        }
    }
    for entry in &shared.docs.todo {
        let details = match (used.get(&entry.everywhere()), entry.section) {
            (None, _) => " (no version has it)".to_owned(),
            (Some(_), Section::Operations) => {
                shared
                    .names
                    .0
                    .get(&entry.key)
                    .map_or_else(String::new, |name| {
                        let doubt =
                            doubt::about(name).map(|why| format!("; read this name: {why}"));
                        format!(
                            " ({}.{}{})",
                            name.resource,
                            name.verb,
                            doubt.unwrap_or_default()
                        )
                    })
            }
            (Some(places), Section::Fields) => {
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                format!(" ({})", places.join(", "))
            }
            (Some(_), _) => String::new(),
        };
        lines.push(format!("docs.json: {entry}{details}"));
    }
    for version in load::unreviewed(&tree.openapi())? {
        lines.push(format!(
            "unreviewed.json: {version}; take it out of the list once its tests pass, those by name too, and `cargo xtask \
             conformance examples` and `wire` find nothing without a reason in conformance/known.json"
        ));
    }
    Ok(lines)
}
