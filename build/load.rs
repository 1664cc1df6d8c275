//! Reads a description's facts and says what it is not.

use std::{cmp::Ordering, fmt, fs, path::Path, str::FromStr};

use serde_json::Value;

use super::problem::Problem;

/// A version of the API as Intercom writes it: `2.14` or `Preview`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version(String);

impl Version {
    /// As Intercom writes it, which is what the `Intercom-Version` header carries.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the cargo feature, the module and the method: `v2_14` or `preview`.
    pub fn feature(&self) -> String {
        match self.numbers() {
            Some((major, minor)) => format!("v{major}_{minor}"),
            None => "preview".to_owned(),
        }
    }

    fn numbers(&self) -> Option<(u32, u32)> {
        let (major, minor) = self.0.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    }
}

impl FromStr for Version {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let version = Self(text.to_owned());
        // Written back, `2.07` or `+2.7` would name the same feature as `2.7`.
        let is_plain = |(major, minor)| format!("{major}.{minor}") == text;
        if text == "Preview" || version.numbers().is_some_and(is_plain) {
            Ok(version)
        } else {
            Err(Problem::new(format!(
                "`{text}` is not a version: expected the form `2.14`, or `Preview`"
            )))
        }
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        // `Preview` is what comes after every number.
        let rank = |version: &Self| version.numbers().unwrap_or((u32::MAX, u32::MAX));
        rank(self).cmp(&rank(other))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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
