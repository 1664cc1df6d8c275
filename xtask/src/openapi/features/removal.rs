//! Takes out of `Cargo.toml` what an import put there.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::{ALL, list, parse, position, prefix, table, take_heading};
use intercom_client_codegen::{error::Problem, spec::version::Version};

/// The kinds of targets, which may ask for features.
const TARGETS: [&str; 4] = ["bench", "bin", "example", "test"];

/// The manifest without the features of `version` and of `resources`, and which of them it had.
pub fn remove(
    manifest: &str,
    version: &Version,
    resources: &[&str],
) -> Result<(String, Vec<String>), Problem> {
    let mut document = parse(manifest)?;
    let features = table(&mut document)?;
    let feature = version.feature();
    let mut removed = Vec::new();
    if take(features, &feature) {
        removed.push(feature.clone());
    }
    for resource in resources {
        let all = list(features, ALL)?;
        if let Some(place) = position(all, resource) {
            all.remove(place);
        }
        if take(features, resource) {
            removed.push((*resource).to_owned());
        }
    }
    // Cargo refuses a manifest in which something enables a feature that is not there.
    for name in [feature.as_str()].iter().chain(resources) {
        if let Some(place) = enabled_by(&document, name) {
            return Err(Problem::new(format!(
                "{version} stays, because {place} in Cargo.toml enables `{name}`"
            )));
        }
    }
    Ok((document.to_string(), removed))
}

/// Takes a feature with its comment out; a heading above it stays above what follows.
fn take(features: &mut Table, feature: &str) -> bool {
    let Some(heading) = features
        .key_mut(feature)
        .map(|mut key| take_heading(key.leaf_decor_mut()))
    else {
        return false;
    };
    let keys = features.iter().map(|(key, _)| key);
    let next = keys.skip_while(|key| *key != feature).nth(1);
    let next = next.map(str::to_owned);
    features.remove(feature);
    if let Some(mut next) = next.and_then(|next| features.key_mut(&next)) {
        let decor = next.leaf_decor_mut();
        decor.set_prefix(heading + &prefix(decor));
    }
    true
}

/// What still enables a feature.
fn enabled_by(document: &DocumentMut, feature: &str) -> Option<String> {
    let holds = |item: &Item| {
        item.as_array()
            .is_some_and(|list| position(list, feature).is_some())
    };
    let features = document.get("features").and_then(Item::as_table);
    let mut features = features.into_iter().flatten();
    if let Some((key, _)) = features.find(|(_, item)| holds(item)) {
        return Some(format!("`{key}`"));
    }
    let docs = ["package", "metadata", "docs", "rs", "features"];
    let docs = docs
        .iter()
        .try_fold(document.as_item(), |item, key| item.get(key));
    if docs.is_some_and(holds) {
        return Some("[package.metadata.docs.rs]".to_owned());
    }
    let asks = |target: &Table| target.get("required-features").is_some_and(holds);
    let target = TARGETS.iter().find(|kind| {
        let targets = document.get(kind).and_then(Item::as_array_of_tables);
        targets.into_iter().flat_map(ArrayOfTables::iter).any(asks)
    });
    target.map(|kind| format!("a [[{kind}]]"))
}
