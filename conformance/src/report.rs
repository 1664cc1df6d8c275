//! Has bodies read, and reports what came of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    known::{Explained, File, Finding, Suite},
    read::{self, Body, BodyKind},
};
use intercom_client_codegen::{error::Problem, spec::version::Version};
use xtask::{print::say, repo::Tree};

/// Has the bodies read, and prints what disagrees and a table.
pub fn compare(
    tree: &Tree,
    known: &File,
    suite: Suite,
    versions: &[Version],
    bodies: &[Body],
) -> Result<(), Problem> {
    if bodies.is_empty() {
        return Err(Problem::new("there is no body to read"));
    }
    let outcomes = read::all(tree, bodies)?;
    let mut rows: BTreeMap<(Version, BodyKind), Row> = BTreeMap::new();
    let mut disagreeing = BTreeMap::new();
    let mut findings = Vec::new();
    for (body, complaints) in bodies.iter().zip(outcomes) {
        let row = (body.version.clone(), body.kind);
        rows.entry(row.clone()).or_default().bodies += 1;
        for complaint in complaints {
            let finding = Finding {
                version: body.version.clone(),
                operation: body.operation.clone(),
                what: body.what.clone(),
                example: body.example.clone(),
                complaint,
            };
            disagreeing.insert(place(&finding), row.clone());
            findings.push(finding);
        }
    }
    let explained = known.explain(suite, versions, findings)?;
    let failed: BTreeSet<FindingKey> = explained.open.iter().map(place).collect();
    for (place, row) in disagreeing {
        let row = rows.entry(row).or_default();
        row.disagree += 1;
        row.failed += usize::from(failed.contains(&place));
    }
    say(format!(
        "{:<8} {:<9} {:>6} {:>6} {:>6}",
        "version", "kind", "agree", "known", "fail"
    ));
    for ((version, kind), row) in rows {
        let kind = format!("{kind:?}");
        let (agree, known) = (row.bodies - row.disagree, row.disagree - row.failed);
        say(format!(
            "{:<8} {kind:<9} {agree:>6} {known:>6} {:>6}",
            version.as_str(),
            row.failed
        ));
    }
    verdict(&explained)
}

#[derive(Default)]
struct Row {
    bodies: usize,
    disagree: usize,
    failed: usize,
}

/// Of one body there may be several findings.
type FindingKey = (Version, String, String, String);

fn place(finding: &Finding) -> FindingKey {
    let finding = finding.clone();
    (
        finding.version,
        finding.operation,
        finding.what,
        finding.example,
    )
}

/// Prints what has no reason and the reasons that explain nothing; either is a failure.
pub fn verdict(explained: &Explained) -> Result<(), Problem> {
    for finding in &explained.todo {
        say(format_args!("todo: {finding}"));
    }
    for finding in &explained.open {
        say(finding);
    }
    for sentence in &explained.stale {
        say(sentence);
    }
    match (explained.open.len(), explained.stale.len()) {
        (0, 0) => Ok(()),
        (open, stale) => Err(Problem::new(format!(
            "{open} disagreements have no reason in conformance/known.json, and {stale} reasons there explain nothing"
        ))),
    }
}
