//! `openapi check`: every committed file is exactly what its original gives.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    openapi::original,
    print::say,
    repo::Tree,
    source::{self, Location, Source},
};
use intercom_client_codegen::{
    error::Problem,
    spec::{document::escape, load, version::Version},
};

/// Checks the committed versions, or the given ones of them, and prints a line for each.
pub fn run(tree: &Tree, versions: &[Version], from: Option<&Path>) -> Result<(), Problem> {
    let mut wrong = 0;
    let committed: Vec<Version> = load::versions(&tree.openapi())?
        .into_iter()
        .map(|(version, _)| version)
        .collect();
    if let Some(missing) = versions.iter().find(|version| !committed.contains(version)) {
        return Err(Problem::new(format!(
            "there is no openapi/{missing}.json to check"
        )));
    }
    for version in committed
        .iter()
        .filter(|version| versions.is_empty() || versions.contains(version))
    {
        match check(tree, version, from) {
            Ok(()) => say(format_args!("{version}: what its original gives")),
            Err(problem) => {
                wrong += 1;
                say(format_args!("{version}: {problem}"));
            }
        }
    }
    match wrong {
        0 => Ok(()),
        _ => Err(Problem::new(format!(
            "{wrong} of the checked versions are not what their originals give"
        ))),
    }
}

fn check(tree: &Tree, version: &Version, from: Option<&Path>) -> Result<(), Problem> {
    let path = tree.facts(version);
    let name = format!("openapi/{version}.json");
    let committed = load::json(&path)?;
    let recorded = Source::of(&committed)
        .and_then(|source| source.ok_or_else(|| Problem::new(format!("/{}: missing", source::KEY))))
        .map_err(|problem| problem.within(&name))?;
    let file = from.map(|directory| directory.join(format!("{version}.yaml")));
    let place = file
        .as_deref()
        .map_or(Location::Url(&recorded.url), Location::File);
    let bytes = source::fetch(&place)?;
    let sha256 = source::sha256(&bytes);
    if sha256 != recorded.sha256 {
        return Err(Problem::new(format!(
            "{name}: /{}/sha256: {} is recorded, but {place} has {sha256}",
            source::KEY,
            recorded.sha256
        )));
    }
    let facts = original::facts(&bytes, version, |_| recorded.clone())
        .map_err(|problem| problem.within(&place))?;
    let there =
        fs::read(&path).map_err(|error| Problem::new(format!("cannot read {name}: {error}")))?;
    if there == facts.text.as_bytes() {
        return Ok(());
    }
    let difference = first_difference(&committed, &facts.description.document, String::new());
    Err(Problem::new(match difference {
        Some(pointer) => format!("{name}: {pointer}: not what {place} gives"),
        None => {
            format!("{name}: the facts are right, but written in another form than the import's")
        }
    }))
}

/// The JSON pointer of the first place, in sorted order, at which two documents differ.
fn first_difference(left: &Value, right: &Value, pointer: String) -> Option<String> {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let mut keys: Vec<&String> = left.keys().chain(right.keys()).collect();
            keys.sort();
            keys.dedup();
            keys.into_iter().find_map(|key| {
                let pointer = format!("{pointer}/{}", escape(key));
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => first_difference(left, right, pointer),
                    _ => Some(pointer),
                }
            })
        }
        (Value::Array(left), Value::Array(right)) => {
            let differing =
                left.iter()
                    .zip(right)
                    .enumerate()
                    .find_map(|(index, (left, right))| {
                        first_difference(left, right, format!("{pointer}/{index}"))
                    });
            let shorter = left.len().min(right.len());
            differing
                .or_else(|| (left.len() != right.len()).then(|| format!("{pointer}/{shorter}")))
        }
        _ => (left != right).then_some(pointer),
    }
}
