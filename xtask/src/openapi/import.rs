//! `openapi import`: makes an original description a version of this crate.

use std::{collections::BTreeSet, path::Path};

use crate::{
    openapi::{
        diff,
        features::{self, Resource},
        multipart,
        naming::assign,
        original::{self, Facts},
        renamed,
        stale::{self, End},
        todo,
    },
    repo::{Tree, Writes},
    source::{self, Location, Source, Upstream},
    write,
};
use intercom_client_codegen::{
    Features, Shared,
    error::Problem,
    lower::{review, select::Selection},
    spec::{
        docs::Entry,
        load::{self, Description},
        names::Names,
        version::Version,
    },
};

/// What to import, and from where.
pub struct Request<'a> {
    pub version: Version,
    /// Instead of a download.
    pub from: Option<&'a Path>,
    /// Instead of the commit that `openapi/upstream.json` names.
    pub commit: Option<String>,
}

/// Imports a version and returns what that changed, a line each; nothing is written unless everything is right.
pub fn run(tree: &Tree, request: Request<'_>) -> Result<Vec<String>, Problem> {
    let version = &request.version;
    let facts = read(tree, &request)?;
    let mut report: Vec<String> = facts.notes.to_string().lines().map(str::to_owned).collect();

    let mut corrections = tree.read_corrections()?;
    let outcome = stale::apply(&corrections, &facts.description)?;
    let before = tree.before(version)?;
    let ends = stale::end(
        &mut corrections,
        &outcome,
        before.as_ref(),
        &later(tree, version)?,
    )?;

    let mut names = tree.read_names()?;
    let named = assign::complete(&mut names, &outcome.corrected)?;

    let mut writes = Writes::default();
    writes.add(tree.facts(version), facts.text);
    writes.add(tree.manifest(), manifest(tree, &outcome.corrected, &names)?);
    if let Some(manifest) = tree.read_conformance_manifest()? {
        let manifest = features::turn_on(&manifest, version)?;
        writes.add(tree.conformance_manifest(), manifest);
    }
    if !named.is_empty() {
        writes.add(tree.names(), write::json_as_declared(&names)?);
    }
    let missing = generate(tree, outcome.corrected, &names)?;
    if !missing.is_empty() {
        writes.add(tree.docs(), todo::docs(&tree.read_docs()?, &missing)?);
    }
    if !tree.facts(version).exists() {
        writes.add(tree.unreviewed(), todo::unreviewed(tree, version)?);
    }
    if ends.iter().any(|(_, end)| *end != End::Unclear) {
        writes.add(tree.corrections(), write::json_as_declared(&corrections)?);
    }

    let before = before.map(|before| load::description(&tree.facts(&before)));
    let before = before.transpose()?;
    let written = writes.commit()?;

    if let Some(before) = before {
        let difference = diff::between(&before, &facts.description).to_string();
        report.extend(difference.lines().map(str::to_owned));
        report.extend(renamed::notes(&before, &facts.description));
    }
    for key in &named {
        let name = names.get(key)?;
        report.push(format!("named: {key} is {}.{}", name.resource, name.verb));
    }
    report.extend(ends.iter().map(|(name, end)| match end {
        End::Ended(last) => format!("ended: correction `{name}`, last needed in {last}"),
        End::Unclear => format!(
            "note: correction `{name}` does not hold in {version}; its `since` and `until` need somebody's eyes"
        ),
    }));
    report.extend(
        missing
            .iter()
            .map(|entry| format!("todo: docs.json {entry}")),
    );
    report.extend(
        written
            .iter()
            .map(|path| format!("written: {}", path.display())),
    );
    Ok(report)
}

/// Generates all that a build may ask for, so that what cannot be generated is refused here; returns what has no words yet.
fn generate(tree: &Tree, corrected: Description, names: &Names) -> Result<Vec<Entry>, Problem> {
    let shared = Shared {
        names: names.clone(),
        ..tree.shared()?
    };
    let normalized = shared.normalize(corrected)?;
    let missing = review::missing(&normalized, &shared.docs);
    shared.module(normalized, &Selection::All, Features::ALL)?;
    Ok(missing)
}

/// The facts of the original; without a file it is downloaded.
fn read(tree: &Tree, request: &Request<'_>) -> Result<Facts, Problem> {
    let version = &request.version;
    let mut upstream = Upstream::read(&tree.upstream())?;
    if let Some(commit) = &request.commit {
        upstream.commit = commit.clone();
    }
    let url = upstream.url(version);
    let place = request.from.map_or(Location::Url(&url), Location::File);
    let bytes = source::fetch(&place)?;
    let committed = committed_source(tree, version)?;
    let recorded = |sha256: String| match committed {
        // The same original: where it was first taken from stays.
        Some(source) if source.sha256 == sha256 => source,
        _ => Source {
            url: url.clone(),
            commit: upstream.commit,
            sha256,
        },
    };
    original::facts(&bytes, version, recorded).map_err(|problem| problem.within(&place))
}

/// What the committed facts of a version were made of.
pub fn committed_source(tree: &Tree, version: &Version) -> Result<Option<Source>, Problem> {
    let path = tree.facts(version);
    if !path.exists() {
        return Ok(None);
    }
    Source::of(&load::json(&path)?).map_err(|problem| problem.within(path.display()))
}

/// The committed versions after `version`.
fn later(tree: &Tree, version: &Version) -> Result<Vec<Description>, Problem> {
    let versions = load::versions(&tree.openapi())?.into_iter();
    versions
        .filter(|(found, _)| found > version)
        .map(|(_, path)| load::description(&path))
        .collect()
}

/// `Cargo.toml` with the features of the version and of its resources.
pub fn manifest(tree: &Tree, description: &Description, names: &Names) -> Result<String, Problem> {
    let manifest = tree.read_manifest()?;
    let docs = tree.read_docs()?;
    let mut resources = BTreeSet::new();
    for operation in intercom_client_codegen::spec::document::operations(&description.document) {
        resources.insert(names.get(&operation.key())?.resource.as_str());
    }
    let resources: Vec<Resource<'_>> = resources
        .into_iter()
        .map(|name| Resource {
            sentence: features::sentence(&docs, name),
            name,
        })
        .collect();
    let multipart = multipart::is_sent(&description.document);
    features::add(&manifest, &description.version, multipart, &resources)
}
