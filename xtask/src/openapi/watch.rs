//! `openapi watch`: imports what Intercom published since, and reports it for a pull request.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    openapi::{
        diff,
        import::{self, Request},
        todo,
    },
    print::say,
    repo::{Tree, Writes},
    source::{self, Location, Upstream},
    write,
};
use intercom_client_codegen::{
    error::Problem,
    spec::{load, version::Version},
};

/// Imports every version that is newer than all committed ones, and every committed one whose original is not what it was.
///
/// A version that is refused does not keep the others from being imported; it is an error at the end.
pub fn run(tree: &Tree, report: &Path, from: Option<&Path>) -> Result<(), Problem> {
    let upstream = Upstream::read(&tree.upstream())?;
    let published = match from {
        Some(directory) => Published::Directory(directory),
        None => Published::Repository(upstream.newest()?),
    };
    let committed = load::versions(&tree.openapi())?;
    let newest = committed.iter().map(|(version, _)| version);
    let newest = newest.filter(|version| version.as_str() != "Preview").max();
    let mut text = String::new();
    let mut refused = 0;
    for version in published.versions()? {
        let known = committed.iter().find(|(found, _)| *found == version);
        let is_new = known.is_none()
            && version.as_str() != "Preview"
            && newest.is_none_or(|newest| version > *newest);
        if known.is_none() && !is_new {
            continue;
        }
        match imported(
            tree,
            &published,
            &version,
            known.map(|(_, facts)| facts.as_path()),
        ) {
            Ok(None) => {}
            Ok(Some(section)) => text.push_str(&section),
            Err(problem) => {
                refused += 1;
                text.push_str(&format!("## {version} is refused\n\n{problem}\n\n"));
            }
        }
    }
    if let (Published::Repository(newest), false) = (&published, text.is_empty()) {
        let mut writes = Writes::default();
        writes.add(tree.upstream(), write::json_as_declared(newest)?);
        writes.commit()?;
    }
    let text = match text.as_str() {
        "" => "Nothing is new.\n".to_owned(),
        changes => format!("{changes}{}", left(tree)?),
    };
    fs::write(report, &text)
        .map_err(|error| Problem::new(format!("cannot write {}: {error}", report.display())))?;
    say(&text);
    match refused {
        0 => Ok(()),
        count => Err(Problem::new(format!(
            "{count} of the versions that are new cannot be imported; {} says why",
            report.display()
        ))),
    }
}

/// The section of a version that was imported; nothing where its original is what it was.
fn imported(
    tree: &Tree,
    published: &Published<'_>,
    version: &Version,
    facts: Option<&Path>,
) -> Result<Option<String>, Problem> {
    let before = facts.map(load::description).transpose()?;
    if before.is_some() {
        let original = published.original(version)?;
        let recorded = import::committed_source(tree, version)?;
        if recorded.is_some_and(|source| source.sha256 == source::sha256(&original)) {
            return Ok(None);
        }
    }
    let lines = import::run(
        tree,
        Request {
            version: version.clone(),
            from: published.file(version).as_deref(),
            commit: published.commit(),
        },
    )?;
    Ok(Some(match before {
        None => section(&format!("{version} is new"), &lines),
        Some(before) => {
            let now = load::description(&tree.facts(version))?;
            let difference = diff::between(&before, &now).to_string();
            let lines: Vec<String> = difference.lines().map(str::to_owned).collect();
            section(&format!("{version} is not what it was"), &lines)
        }
    }))
}

/// What is left to a person.
fn left(tree: &Tree) -> Result<String, Problem> {
    Ok(match todo::lines(tree)?.as_slice() {
        [] => String::new(),
        lines => section("Left to do", lines),
    })
}

fn section(title: &str, lines: &[String]) -> String {
    format!("## {title}\n\n```text\n{}\n```\n\n", lines.join("\n"))
}

/// Where the originals are.
enum Published<'a> {
    Directory(&'a Path),
    Repository(Upstream),
}

impl Published<'_> {
    /// Their versions, the oldest first.
    fn versions(&self) -> Result<Vec<Version>, Problem> {
        let mut versions = match self {
            Self::Repository(upstream) => upstream.versions()?,
            Self::Directory(directory) => {
                let failed =
                    |error| Problem::new(format!("cannot list {}: {error}", directory.display()));
                let mut versions = Vec::new();
                for entry in fs::read_dir(directory).map_err(failed)? {
                    let path = entry.map_err(failed)?.path();
                    let is_original = path
                        .extension()
                        .is_some_and(|extension| extension == "yaml");
                    let stem = path.file_stem().and_then(|stem| stem.to_str());
                    let version = stem.filter(|_| is_original).map(str::parse);
                    versions.extend(version.and_then(Result::ok));
                }
                versions
            }
        };
        versions.sort();
        Ok(versions)
    }

    fn file(&self, version: &Version) -> Option<PathBuf> {
        match self {
            Self::Directory(directory) => Some(file(directory, version)),
            Self::Repository(_) => None,
        }
    }

    fn original(&self, version: &Version) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Directory(directory) => source::fetch(&Location::File(&file(directory, version))),
            Self::Repository(upstream) => source::fetch(&Location::Url(&upstream.url(version))),
        }
    }

    fn commit(&self) -> Option<String> {
        match self {
            Self::Repository(upstream) => Some(upstream.commit.clone()),
            Self::Directory(_) => None,
        }
    }
}

fn file(directory: &Path, version: &Version) -> PathBuf {
    directory.join(format!("{version}.yaml"))
}
