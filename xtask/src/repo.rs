//! The files of the project that the commands read and write.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

use intercom_client_codegen::{
    Shared,
    error::Problem,
    spec::{
        correct::{self, Correction},
        docs::Docs,
        load,
        names::Names,
        version::Version,
    },
};

/// A checkout of the project.
#[derive(Clone, Debug)]
pub struct Tree(PathBuf);

impl Tree {
    pub fn at(root: PathBuf) -> Self {
        Self(root)
    }

    pub fn manifest(&self) -> PathBuf {
        self.0.join("Cargo.toml")
    }

    pub fn openapi(&self) -> PathBuf {
        self.0.join("openapi")
    }

    pub fn facts(&self, version: &Version) -> PathBuf {
        self.openapi().join(format!("{version}.json"))
    }

    pub fn corrections(&self) -> PathBuf {
        self.openapi().join("corrections.json")
    }

    pub fn docs(&self) -> PathBuf {
        self.openapi().join("docs.json")
    }

    pub fn unreviewed(&self) -> PathBuf {
        self.openapi().join(load::UNREVIEWED)
    }

    pub fn names(&self) -> PathBuf {
        self.openapi().join("names.json")
    }

    /// What the conformance commands need.
    pub fn conformance(&self) -> PathBuf {
        self.0.join("conformance")
    }

    /// Which turns on every version of the client.
    pub fn conformance_manifest(&self) -> PathBuf {
        self.conformance().join("Cargo.toml")
    }

    pub fn known(&self) -> PathBuf {
        self.conformance().join("known.json")
    }

    /// Paths of emitted code that mean the same under another name.
    pub fn renamed_paths(&self) -> PathBuf {
        self.0.join("codegen/renamed_paths.json")
    }

    pub fn upstream(&self) -> PathBuf {
        self.openapi().join("upstream.json")
    }

    pub fn read_manifest(&self) -> Result<String, Problem> {
        text(&self.manifest())
    }

    /// The manifest of the conformance crate; that there is none is no problem.
    pub fn read_conformance_manifest(&self) -> Result<Option<String>, Problem> {
        match self.conformance_manifest() {
            path if path.exists() => text(&path).map(Some),
            _ => Ok(None),
        }
    }

    /// The corrections; that there are none yet is no problem.
    pub fn read_corrections(&self) -> Result<Vec<Correction>, Problem> {
        match self.corrections() {
            path if path.exists() => correct::read(&path),
            _ => Ok(Vec::new()),
        }
    }

    /// The names; that there are none yet is no problem.
    pub fn read_names(&self) -> Result<Names, Problem> {
        match self.names() {
            path if path.exists() => Names::read(&path),
            _ => Ok(Names::default()),
        }
    }

    /// The docs as they are written; that there are none yet is no problem.
    pub fn read_docs(&self) -> Result<Value, Problem> {
        match self.docs() {
            path if path.exists() => load::json(&path),
            _ => Ok(Value::Object(Map::new())),
        }
    }

    /// What all versions share, as far as it is there.
    pub fn shared(&self) -> Result<Shared, Problem> {
        Ok(Shared {
            corrections: self.read_corrections()?,
            names: self.read_names()?,
            docs: match self.docs() {
                path if path.exists() => Docs::read(&path)?,
                _ => Docs::default(),
            },
        })
    }

    /// The committed version before `version`.
    pub fn before(&self, version: &Version) -> Result<Option<Version>, Problem> {
        let versions = load::versions(&self.openapi())?.into_iter();
        Ok(versions
            .map(|(found, _)| found)
            .filter(|found| found < version)
            .max())
    }
}

fn text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", path.display())))
}

/// Files to be written once everything is known to be right.
#[derive(Debug, Default)]
pub struct Writes(Vec<(PathBuf, String)>);

impl Writes {
    pub fn add(&mut self, path: PathBuf, text: String) {
        self.0.push((path, text));
    }

    /// Writes what differs from what is there and returns those paths.
    pub fn commit(self) -> Result<Vec<PathBuf>, Problem> {
        let mut written = Vec::new();
        for (path, text) in self.0 {
            if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
                continue;
            }
            replace(&path, &text).map_err(|error| {
                Problem::new(format!("cannot write {}: {error}", path.display()))
            })?;
            written.push(path);
        }
        Ok(written)
    }
}

/// Never leaves half a file behind.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
