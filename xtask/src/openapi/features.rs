//! Adds to manifests the features that a version brings, and leaves every other byte of them alone.

use toml_edit::{Array, Decor, DocumentMut, Item, Key, Table, Value};

use intercom_client_codegen::{
    error::Problem,
    spec::{docs::TODO, version::Version},
};

/// Lists every resource, and stands before the features of single ones.
const ALL: &str = "all-resources";

/// What builds a body of several parts. Most versions have none, so only those that do ask for it.
const MULTIPART: &str = "reqwest/multipart";

/// A resource's feature and the sentence above it.
pub struct Resource<'a> {
    pub name: &'a str,
    pub sentence: String,
}

/// What the docs say of a resource; of a new one, nothing yet.
pub fn sentence(docs: &serde_json::Value, resource: &str) -> String {
    docs["resources"][resource]
        .as_str()
        .filter(|words| *words != TODO)
        .map_or_else(|| placeholder(resource), str::to_owned)
}

fn placeholder(resource: &str) -> String {
    format!("Operations of `{resource}`.")
}

/// The manifest with a feature for `version`, which may have bodies of several parts, and for each of `resources`.
pub fn add(
    manifest: &str,
    version: &Version,
    multipart: bool,
    resources: &[Resource<'_>],
) -> Result<String, Problem> {
    let mut document = parse(manifest)?;
    let features = table(&mut document)?;
    add_version(features, version);
    enable_multipart(features, &version.feature(), multipart)?;
    for resource in resources {
        add_resource(features, resource)?;
    }
    Ok(document.to_string())
}

/// The manifest of the conformance crate, with `version` among the features of the client that it turns on.
pub fn turn_on(manifest: &str, version: &Version) -> Result<String, Problem> {
    let mut document = parse(manifest)?;
    let client = document
        .get_mut("dependencies")
        .and_then(|dependencies| dependencies.get_mut("intercom-client"));
    let features = client.and_then(|client| client.get_mut("features")?.as_array_mut());
    let features = features.ok_or_else(|| {
        Problem::new("conformance/Cargo.toml: `intercom-client` has no list of features")
    })?;
    let feature = version.feature();
    if position(features, &feature).is_none() {
        let versions = features
            .iter()
            .map(|value| value.as_str().and_then(version_of));
        let versions: Vec<Option<Version>> = versions.collect();
        let is_older =
            |found: &Option<Version>| found.as_ref().is_some_and(|found| found < version);
        let index = match versions.iter().rposition(is_older) {
            Some(older) => older + 1,
            None => versions
                .iter()
                .position(Option::is_some)
                .unwrap_or(features.len()),
        };
        insert_value(features, index, &feature);
    }
    Ok(document.to_string())
}

/// Puts a value into a list, with the same space around it as the first has.
fn insert_value(list: &mut Array, index: usize, text: &str) {
    let mut value = Value::from(text);
    if let Some(neighbour) = list.get(0) {
        *value.decor_mut() = neighbour.decor().clone();
    }
    list.insert_formatted(index, value);
}

fn parse(manifest: &str) -> Result<DocumentMut, Problem> {
    manifest
        .parse()
        .map_err(|error| Problem::new(format!("Cargo.toml is not TOML: {error}")))
}

fn table(document: &mut DocumentMut) -> Result<&mut Table, Problem> {
    let features = document.get_mut("features").and_then(Item::as_table_mut);
    features.ok_or_else(|| Problem::new("Cargo.toml: there is no table [features]"))
}

/// What a feature of the manifest enables.
fn list<'a>(features: &'a mut Table, key: &str) -> Result<&'a mut Array, Problem> {
    let found = features.get_mut(key).and_then(Item::as_array_mut);
    found.ok_or_else(|| {
        Problem::new(format!(
            "Cargo.toml: there is no list `{key}` in [features]"
        ))
    })
}

/// A version that was here before may need it since its last import, or not need it any more.
fn enable_multipart(features: &mut Table, feature: &str, needed: bool) -> Result<(), Problem> {
    let enabled = list(features, feature)?;
    let place = position(enabled, MULTIPART);
    match (place, needed) {
        (None, true) => enabled.push(MULTIPART),
        (Some(place), false) => drop(enabled.remove(place)),
        _ => {}
    }
    Ok(())
}

fn position(list: &Array, name: &str) -> Option<usize> {
    list.iter().position(|value| value.as_str() == Some(name))
}

fn add_version(features: &mut Table, version: &Version) {
    let feature = version.feature();
    if features.contains_key(&feature) {
        return;
    }
    let known: Vec<(Version, String)> = features
        .iter()
        .filter_map(|(key, _)| Some((version_of(key)?, key.to_owned())))
        .collect();
    let which = match version.as_str() {
        "Preview" => "The preview version".to_owned(),
        number => format!("Version {number}"),
    };
    let comment = format!("## {which} of the API, as `Intercom::{feature}()`.\n");
    let older = known.iter().filter(|(found, _)| found < version).max();
    let place = match (older, known.iter().min()) {
        (Some((_, older)), _) => Position::After(older.clone()),
        (None, Some((_, oldest))) => Position::Before(oldest.clone()),
        (None, None) => Position::After("default".to_owned()),
    };
    insert(features, &feature, comment, &place);
}

/// The version of a feature like `v2_14`.
fn version_of(feature: &str) -> Option<Version> {
    let text = match feature.strip_prefix('v') {
        Some(number) => number.replace('_', "."),
        None if feature == "preview" => "Preview".to_owned(),
        None => return None,
    };
    text.parse().ok()
}

fn add_resource(features: &mut Table, resource: &Resource<'_>) -> Result<(), Problem> {
    let all = list(features, ALL)?;
    let names = |all: &Array| -> Vec<String> {
        all.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let known = names(all);
    if !known.iter().any(|name| name == resource.name) {
        let index = known
            .iter()
            .position(|name| name.as_str() > resource.name)
            .unwrap_or(known.len());
        insert_value(all, index, resource.name);
    }
    if !features.contains_key(resource.name) {
        let before = known
            .iter()
            .filter(|name| name.as_str() < resource.name && features.contains_key(name));
        let before = before.max().map_or(ALL, String::as_str).to_owned();
        let comment = format!("## {}\n", resource.sentence);
        insert(features, resource.name, comment, &Position::After(before));
    } else if let Some(mut key) = features.key_mut(resource.name) {
        // A person has written the sentence since.
        let decor = key.leaf_decor_mut();
        let described = prefix(decor).replace(&placeholder(resource.name), &resource.sentence);
        decor.set_prefix(described);
    }
    Ok(())
}

enum Position {
    After(String),
    Before(String),
}

/// Puts `key = []` with its comment into its place; a table has no insertion in the middle, so it is filled anew.
fn insert(table: &mut Table, key: &str, comment: String, place: &Position) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let mut entries: Vec<(Key, Item)> = keys
        .iter()
        .filter_map(|key| table.remove_entry(key))
        .collect();
    let position = |name: &str| entries.iter().position(|(key, _)| key.get() == name);
    let (index, comment) = match place {
        Position::After(name) => (
            position(name).map_or(entries.len(), |index| index + 1),
            comment,
        ),
        Position::Before(name) => {
            let index = position(name).unwrap_or(0);
            let heading = entries
                .get_mut(index)
                .map(|(key, _)| take_heading(key.leaf_decor_mut()));
            (index, heading.unwrap_or_default() + &comment)
        }
    };
    let mut new = Key::new(key);
    new.leaf_decor_mut().set_prefix(comment);
    new.leaf_decor_mut().set_suffix(" ");
    entries.insert(index, (new, Item::Value(Value::Array(Array::new()))));
    for (key, item) in entries {
        table.insert_formatted(&key, item);
    }
}

/// What stands above a key without being its own comment: the heading of those that follow.
fn take_heading(decor: &mut Decor) -> String {
    let prefix = prefix(decor);
    let own = prefix.find("## ").unwrap_or(prefix.len());
    decor.set_prefix(&prefix[own..]);
    prefix[..own].to_owned()
}

fn prefix(decor: &Decor) -> String {
    let prefix = decor.prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}
