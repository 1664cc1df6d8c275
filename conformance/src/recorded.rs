//! `cargo xtask conformance recorded`: responses that were recorded, read.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    known::{File, Suite},
    read::{Body, BodyKind},
    report::compare,
    versions,
};
use intercom_client_codegen::{
    error::Problem,
    spec::{document::operation_key, version::Version},
};
use xtask::repo::Tree;

/// Every recorded response of a success, each by its own version or by the nearest one there is.
pub fn recorded(tree: &Tree, from: &Path) -> Result<(), Problem> {
    let known = File::in_tree(tree)?;
    let names = tree.read_names()?;
    let versions = versions(tree)?;
    let text = fs::read_to_string(from)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", from.display())))?;
    let mut bodies = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let record: Value = serde_json::from_str(line)
            .map_err(|error| Problem::new(format!("{}:{}: {error}", from.display(), index + 1)))?;
        let status = record["status"].as_u64().unwrap_or(200);
        let (Some(path), "response", 200..=299) = (
            record["path"].as_str(),
            record["kind"].as_str().unwrap_or_default(),
            status,
        ) else {
            continue;
        };
        let key = operation_key(record["method"].as_str().unwrap_or("GET"), path);
        let (Ok(name), Some(version)) = (names.get(&key), nearest(&versions, &record["version"]))
        else {
            continue;
        };
        let is_its_own = record["version"] == version.as_str();
        bodies.push(Body {
            version: version.clone(),
            name: name.clone(),
            operation: key,
            kind: if is_its_own {
                BodyKind::Recorded
            } else {
                BodyKind::Nearest
            },
            what: status.to_string(),
            example: format!("{}, recorded of {}", record["id"], record["version"]),
            value: record["body"].clone(),
        });
    }
    compare(tree, &known, Suite::Recorded, &versions, &bodies)
}

/// The version itself, else the next later one, else the newest.
fn nearest<'v>(versions: &'v [Version], recorded: &Value) -> Option<&'v Version> {
    let wanted: Option<Version> = recorded.as_str().and_then(|version| version.parse().ok());
    let is_near = |version: &&Version| wanted.as_ref().is_none_or(|wanted| *version >= wanted);
    versions.iter().find(is_near).or(versions.last())
}
