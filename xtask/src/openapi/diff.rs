//! `openapi diff`: what changed from one version to another, and whether code that uses it has to change too.
//!
//! Breaking is what makes a caller's code wrong who moves from the one version's module to the other's: an operation,
//! parameter or field that is gone, another type, a value or a null that requests may no longer hold, something that
//! requests newly have to hold. Everything else is additive. Responses are read leniently, so what they leave out or
//! newly say breaks nothing.

use std::{collections::BTreeSet, fmt, path::Path};

use crate::{
    openapi::{
        original,
        surface::{Item, Surface},
    },
    print::say,
    repo::Tree,
    source::{self, Source, Upstream},
};
use intercom_client_codegen::{
    error::Problem,
    spec::{
        load::{self, Description},
        version::Version,
    },
};

/// Compares two versions, committed, in `from` or downloaded, and prints the difference.
pub fn run(tree: &Tree, old: &Version, new: &Version, from: Option<&Path>) -> Result<(), Problem> {
    let old = description(tree, old, from)?;
    let new = description(tree, new, from)?;
    say(between(&old, &new));
    Ok(())
}

fn description(
    tree: &Tree,
    version: &Version,
    from: Option<&Path>,
) -> Result<Description, Problem> {
    let committed = tree.facts(version);
    if committed.exists() {
        return load::description(&committed);
    }
    let file = from.map(|directory| directory.join(format!("{version}.yaml")));
    let url = Upstream::read(&tree.upstream())?.url(version);
    let place = match &file {
        Some(path) => source::Location::File(path),
        None => source::Location::Url(&url),
    };
    let recorded = |sha256| Source {
        url: String::new(),
        commit: String::new(),
        sha256,
    };
    original::facts(&source::fetch(&place)?, version, recorded)
        .map(|facts| facts.description)
        .map_err(|problem| problem.within(&place))
}

/// One thing that is not as it was.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    sign: char,
    /// Operations come before what is part of them.
    is_operation: bool,
    place: String,
    what: String,
    breaking: bool,
}

/// The difference between two versions.
#[derive(Debug)]
pub struct Difference {
    old: Version,
    new: Version,
    changes: Vec<Change>,
}

/// Compares two descriptions.
pub fn between(old: &Description, new: &Description) -> Difference {
    let (before, after) = (Surface::of(&old.document), Surface::of(&new.document));
    let mut changes = Vec::new();
    // What is below one of these has changed with it.
    let mut whole = BTreeSet::new();
    let names: BTreeSet<&String> = before.0.keys().chain(after.0.keys()).collect();
    // In this order a part comes after its whole.
    for name in names {
        let (was, is) = (before.0.get(name), after.0.get(name));
        let parent = was.or(is).and_then(|place| place.parent.as_ref());
        if parent.is_some_and(|parent| whole.contains(parent)) {
            whole.insert(name);
            continue;
        }
        let (sign, parts) = match (was, is) {
            (Some(_), None) => ('-', vec![("removed".to_owned(), true)]),
            (None, Some(is)) => ('+', vec![added(is)]),
            (Some(was), Some(is)) => ('~', changed(was, is)),
            (None, None) => continue,
        };
        if sign != '~' || was.map(|place| &place.kind) != is.map(|place| &place.kind) {
            whole.insert(name);
        }
        let is_operation = was.or(is).is_some_and(|place| place.kind == "operation");
        changes.extend(parts.into_iter().map(|(what, breaking)| {
            let place = name.clone();
            Change {
                sign,
                is_operation,
                place,
                what,
                breaking,
            }
        }));
    }
    changes.sort_by_key(|change| !change.is_operation);
    Difference {
        old: old.version.clone(),
        new: new.version.clone(),
        changes,
    }
}

fn added(place: &Item) -> (String, bool) {
    let breaking = place.required && place.in_request;
    let what = if breaking {
        "added, and required"
    } else {
        "added"
    };
    (what.to_owned(), breaking)
}

fn changed(was: &Item, is: &Item) -> Vec<(String, bool)> {
    let in_request = was.in_request && is.in_request;
    let mut changes = Vec::new();
    let mut change = |what: String, breaking: bool| changes.push((what, breaking));
    let (old, new) = (was.alternatives(), is.alternatives());
    if old.len() > 1 && new.len() > 1 {
        // A union has room for one more.
        new.difference(&old)
            .for_each(|kind| change(format!("alternative {kind} added"), false));
        old.difference(&new)
            .for_each(|kind| change(format!("alternative {kind} removed"), true));
    } else if old != new {
        change(format!("{} became {}", was.kind, is.kind), true);
    }
    match (was.required, is.required) {
        (false, true) => change("now required".to_owned(), in_request),
        (true, false) => change("no longer required".to_owned(), false),
        _ => {}
    }
    match (was.nullable, is.nullable) {
        (true, false) => change("no longer nullable".to_owned(), in_request),
        (false, true) => change("now nullable".to_owned(), false),
        _ => {}
    }
    if was.kind == is.kind {
        let values = |more: &Item, fewer: &Item| {
            more.values
                .difference(&fewer.values)
                .cloned()
                .collect::<Vec<_>>()
        };
        values(is, was)
            .iter()
            .for_each(|value| change(format!("value `{value}` added"), false));
        values(was, is)
            .iter()
            .for_each(|value| change(format!("value `{value}` removed"), in_request));
    }
    changes
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} → {}", self.old, self.new)?;
        for change in &self.changes {
            let verdict = if change.breaking {
                "breaking"
            } else {
                "additive"
            };
            writeln!(
                f,
                "{} {}: {} ({verdict})",
                change.sign, change.place, change.what
            )?;
        }
        let all = self.changes.len();
        match self.changes.iter().filter(|change| change.breaking).count() {
            _ if all == 0 => writeln!(f, "verdict: no change"),
            0 => writeln!(f, "verdict: additive, {all} changes"),
            breaking => writeln!(f, "verdict: breaking, {breaking} of {all} changes"),
        }
    }
}
