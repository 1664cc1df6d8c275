//! Where originals come from, and what is recorded of it.

use std::{fmt, fs, path::Path};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use intercom_client_codegen::{
    error::Problem,
    spec::{load, version::Version},
};

/// Under which key a facts file says what it was made of.
pub const KEY: &str = "x-source";

/// Where GitHub says what is in repositories.
const API: &str = "https://api.github.com/repos";

/// The directory of what has no number yet.
const UNNUMBERED: &str = "0";

/// The repository in which Intercom publishes its descriptions, and the commit at which it is read.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    pub repository: String,
    pub commit: String,
}

impl Upstream {
    pub fn read(path: &Path) -> Result<Self, Problem> {
        serde_json::from_value(load::json(path)?)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))
    }

    /// The newest commit of the repository.
    pub fn newest(&self) -> Result<Self, Problem> {
        let url = format!("{API}/{}/commits/HEAD", self.repository);
        let commit = download(&url, "application/vnd.github.sha")?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        if commit.len() != 40 || !commit.chars().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(Problem::new(format!("{url} is no commit: {commit:.60}")));
        }
        Ok(Self {
            repository: self.repository.clone(),
            commit,
        })
    }

    /// The versions that have a description at the commit.
    pub fn versions(&self) -> Result<Vec<Version>, Problem> {
        let url = format!(
            "{API}/{}/contents/descriptions?ref={}",
            self.repository, self.commit
        );
        let listed = download(&url, "application/vnd.github+json")?;
        let listed: Vec<Value> = serde_json::from_slice(&listed)
            .map_err(|error| Problem::new(format!("{url} is no list: {error}")))?;
        let names = listed.iter().filter_map(|entry| entry["name"].as_str());
        let versions = names.map(|name| if name == UNNUMBERED { "Preview" } else { name });
        Ok(versions.filter_map(|name| name.parse().ok()).collect())
    }

    /// Where the description of a version is.
    pub fn url(&self, version: &Version) -> String {
        let directory = match version.as_str() {
            "Preview" => UNNUMBERED,
            number => number,
        };
        format!(
            "https://raw.githubusercontent.com/{}/{}/descriptions/{directory}/api.intercom.io.yaml",
            self.repository, self.commit
        )
    }
}

/// What a facts file was made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub url: String,
    pub commit: String,
    /// Of the original's bytes.
    pub sha256: String,
}

impl Source {
    /// What a document says it was made of; an original says nothing.
    pub fn of(document: &Value) -> Result<Option<Self>, Problem> {
        let source = document.get(KEY).cloned();
        source
            .map(serde_json::from_value)
            .transpose()
            .map_err(|error| Problem::new(format!("/{KEY}: {error}")))
    }

    pub fn to_value(&self) -> Value {
        json!({ "url": self.url, "commit": self.commit, "sha256": self.sha256 })
    }
}

/// The bytes of an original, from a file or from where it was published.
pub fn fetch(place: &Location<'_>) -> Result<Vec<u8>, Problem> {
    match place {
        Location::File(path) => fs::read(path)
            .map_err(|error| Problem::new(format!("cannot read {}: {error}", path.display()))),
        Location::Url(url) => download(url, "*/*"),
    }
}

/// What a URL leads to, in this form.
pub fn download(url: &str, accept: &str) -> Result<Vec<u8>, Problem> {
    let failed = |error| Problem::new(format!("cannot download {url}: {error}"));
    let request = ureq::get(url).header("accept", accept);
    let response = request.call().map_err(failed)?;
    let body = response.into_body().into_with_config().limit(LARGEST);
    body.read_to_vec().map_err(failed)
}

/// Far more than the largest description.
const LARGEST: u64 = 64 << 20;

/// Where an original is.
pub enum Location<'a> {
    File(&'a Path),
    Url(&'a str),
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::File(path) => path.display().fmt(f),
            Location::Url(url) => f.write_str(url),
        }
    }
}

/// The SHA-256 of `bytes` in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
