//! `openapi remove`: takes a version out of this crate again, with everything that only it needs.
//!
//! What people wrote (`docs.json`, `corrections.json`) stays: an import of the same version finds it again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{
    openapi::{features, naming::assign, stale},
    print::say,
    repo::{Tree, Writes},
    write,
};
use intercom_client_codegen::{
    error::Problem,
    spec::{
        document::operations,
        load::{self, Description},
        names::{Name, Names},
        version::Version,
    },
};

/// Removes a version and says what went with it; nothing is written unless everything is right.
pub fn run(tree: &Tree, version: &Version) -> Result<(), Problem> {
    let corrections = tree.read_corrections()?;
    let mut removed = None;
    let mut needed = BTreeSet::new();
    for (found, path) in load::versions(&tree.openapi())? {
        let corrected = stale::apply(&corrections, &load::description(&path)?)?.corrected;
        if found == *version {
            removed = Some(corrected);
        } else {
            needed.extend(keys(&corrected));
        }
    }
    let Some(description) = removed else {
        return Err(Problem::new(format!(
            "there is no openapi/{version}.json to remove"
        )));
    };

    let own: BTreeSet<String> = keys(&description)
        .filter(|key| !needed.contains(key))
        .collect();
    let (gone, kept): (BTreeMap<_, _>, BTreeMap<_, _>) = tree
        .read_names()?
        .0
        .into_iter()
        .partition(|(key, _)| own.contains(key));
    let kept = Names(kept);
    let resources = only_in(&gone, &kept);
    let (manifest, features) = features::remove(&tree.read_manifest()?, version, &resources)?;
    let notes = by_hand(&gone, &kept, &description);

    let mut writes = Writes::default();
    writes.add(tree.manifest(), manifest);
    if !gone.is_empty() {
        writes.add(tree.names(), write::json_as_declared(&kept)?);
    }
    let written = writes.commit()?;
    // Last: as long as it is there, the command can be repeated.
    let facts = tree.facts(version);
    fs::remove_file(&facts)
        .map_err(|error| Problem::new(format!("cannot remove {}: {error}", facts.display())))?;

    for (key, name) in &gone {
        say(format_args!("removed: the name {} of {key}", called(name)));
    }
    for feature in features {
        say(format_args!("removed: the feature `{feature}`"));
    }
    say(format_args!("removed: {}", facts.display()));
    for path in written {
        say(format_args!("written: {}", path.display()));
    }
    for note in notes {
        say(format_args!("note: {note}"));
    }
    Ok(())
}

fn keys(description: &Description) -> impl Iterator<Item = String> {
    operations(&description.document).map(|operation| operation.key())
}

/// The resources whose last name goes.
fn only_in<'a>(gone: &'a BTreeMap<String, Name>, kept: &'a Names) -> Vec<&'a str> {
    let kept: BTreeSet<&str> = kept.0.values().map(|name| name.resource.as_str()).collect();
    let gone: BTreeSet<&str> = gone.values().map(|name| name.resource.as_str()).collect();
    gone.difference(&kept).copied().collect()
}

/// Names that an import of the same version would not give again: somebody found better ones than the rule.
fn by_hand(gone: &BTreeMap<String, Name>, kept: &Names, description: &Description) -> Vec<String> {
    let mut again = kept.clone();
    if let Err(problem) = assign::complete(&mut again, description) {
        return vec![format!("an import would need names by hand: {problem}")];
    }
    let differing = gone.iter().filter_map(|(key, name)| {
        let ruled = again.0.get(key).filter(|ruled| *ruled != name)?;
        Some(format!(
            "{key} was named by hand; an import would call it {}, not {}",
            called(ruled),
            called(name)
        ))
    });
    differing.collect()
}

/// `contacts.get(contact_id)`.
fn called(name: &Name) -> String {
    format!("{}.{}({})", name.resource, name.verb, name.path.join(", "))
}
