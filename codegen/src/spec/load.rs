//! Reads a description's facts and says what it is not.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::{error::Problem, spec::version::Version};

/// An OpenAPI 3.0 description of one version.
#[derive(Clone, Debug)]
pub struct Description {
    pub version: Version,
    pub document: Value,
}

impl Description {
    /// Takes a document for a description if it is OpenAPI 3.0 and names its version.
    pub fn from_document(document: Value) -> Result<Self, Problem> {
        let openapi = document.get("openapi").and_then(Value::as_str);
        match openapi {
            Some(text) if text.starts_with("3.0.") => {}
            Some(text) => {
                return Err(Problem::new(format!(
                    "/openapi: expected OpenAPI 3.0, found {text}"
                )));
            }
            None => {
                return Err(Problem::new(
                    "/openapi: missing; this is no OpenAPI 3.0 description",
                ));
            }
        }
        let version = document
            .pointer("/info/version")
            .and_then(Value::as_str)
            .ok_or_else(|| Problem::new("/info/version: missing, or not a string"))?
            .parse::<Version>()
            .map_err(|problem| problem.within("/info/version"))?;
        Ok(Self { version, document })
    }
}

/// The file that lists the versions which nobody has looked through.
pub const UNREVIEWED: &str = "unreviewed.json";

/// Reads a file of JSON.
pub fn json(path: &Path) -> Result<Value, Problem> {
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", path.display())))?;
    serde_json::from_str(&text)
        .map_err(|error| Problem::new(format!("{} is not JSON: {error}", path.display())))
}

/// Reads the facts of one version.
pub fn description(path: &Path) -> Result<Description, Problem> {
    Description::from_document(json(path)?).map_err(|problem| problem.within(path.display()))
}

/// Every version whose facts lie in `directory`, oldest first, with the path of its file.
pub fn versions(directory: &Path) -> Result<Vec<(Version, std::path::PathBuf)>, Problem> {
    let unreadable = |error| Problem::new(format!("cannot list {}: {error}", directory.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && let Some(Ok(version)) = stem.map(str::parse::<Version>)
        {
            found.push((version, path));
        }
    }
    found.sort();
    Ok(found)
}

/// The versions, listed in `unreviewed.json`, that were imported and that nobody has looked through since.
pub fn unreviewed(directory: &Path) -> Result<BTreeSet<Version>, Problem> {
    let path = directory.join(UNREVIEWED);
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let named = |problem: Problem| problem.within(path.display());
    let listed = json(&path)?;
    let listed = listed
        .as_array()
        .ok_or_else(|| named(Problem::new("not a list of versions")))?;
    let versions = listed.iter().map(|version| {
        let version = version.as_str().unwrap_or_default();
        version.parse().map_err(named)
    });
    versions.collect()
}
