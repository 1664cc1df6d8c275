//! Reads a description's facts and says what it is not.

use std::{fs, path::Path};

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
