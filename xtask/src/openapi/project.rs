//! What has to be true of the files in this repository, so that an import changes nothing but what is new.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::{
    openapi::{
        features, import,
        naming::{assign, rule},
        stale,
    },
    repo::Tree,
    write,
};
use intercom_client_codegen::spec::{
    correct,
    document::{operations, path_parameters},
    load::{self, Description},
    names::Names,
};

fn tree() -> Tree {
    Tree::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn corrected() -> Vec<Description> {
    let corrections = correct::read(&tree().corrections()).unwrap();
    let versions = load::versions(&tree().openapi()).unwrap();
    let each = versions.iter().map(|(_, path)| {
        let description = load::description(path).unwrap();
        let outcome = stale::apply(&corrections, &description).unwrap();
        let failed: Vec<_> = outcome
            .failed
            .iter()
            .map(|&index| &corrections[index].name)
            .collect();
        assert!(failed.is_empty(), "{}: {failed:?}", description.version);
        outcome.corrected
    });
    each.collect()
}

#[test]
fn facts_are_in_the_form_the_import_writes() {
    for (version, path) in load::versions(&tree().openapi()).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(write::json(&value).unwrap() == text, "{version}");
    }
}

#[test]
fn names_and_corrections_are_in_the_form_the_import_writes() {
    let names = Names::read(&tree().names()).unwrap();
    let text = std::fs::read_to_string(tree().names()).unwrap();
    assert!(write::json_as_declared(&names).unwrap() == text);
    let corrections = correct::read(&tree().corrections()).unwrap();
    let text = std::fs::read_to_string(tree().corrections()).unwrap();
    assert!(write::json_as_declared(&corrections).unwrap() == text);
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let mut names = Names::read(&tree().names()).unwrap();
    for description in corrected() {
        let new = assign::complete(&mut names, &description).unwrap();
        assert_eq!(new, Vec::<String>::new(), "{}", description.version);
    }
}

#[test]
fn no_setter_is_a_bare_id() {
    let names = Names::read(&tree().names()).unwrap();
    for (key, name) in &names.0 {
        assert!(name.path.iter().all(|setter| setter != "id"), "{key}");
        assert_eq!(name.path.len(), path_parameters(key).len(), "{key}");
    }
}

/// Else an import of 2.15 would not bring back the names that were taken out together with it.
#[test]
fn operations_that_came_with_2_15_are_named_by_the_rule() {
    let names = Names::read(&tree().names()).unwrap();
    let mut descriptions = corrected();
    let place = descriptions
        .iter()
        .position(|description| description.version.as_str() == "2.15");
    // It may just be taken out.
    let Some(place) = place else { return };
    let newest = descriptions.remove(place);
    descriptions.retain(|description| description.version < newest.version);
    let older: Vec<String> = descriptions
        .iter()
        .flat_map(|description| operations(&description.document).map(|operation| operation.key()))
        .collect();
    for operation in operations(&newest.document) {
        let key = operation.key();
        if !older.contains(&key) {
            let by_rule = rule::names(&newest.document, &operation);
            assert_eq!(names.0[&key], by_rule[0], "{key}");
        }
    }
}

#[test]
fn importing_a_version_again_leaves_the_manifest_alone() {
    let names = tree().read_names().unwrap();
    let manifest = tree().read_manifest().unwrap();
    for description in corrected() {
        let again = import::manifest(&tree(), &description, &names).unwrap();
        assert_eq!(again, manifest, "{}", description.version);
    }
    let manifest = tree().read_conformance_manifest().unwrap().unwrap();
    for description in corrected() {
        let again = features::turn_on(&manifest, &description.version).unwrap();
        assert_eq!(again, manifest, "{}", description.version);
    }
}

/// Else an import would bring a resource's feature back under another comment.
#[test]
fn resource_features_have_the_sentences_of_the_docs() {
    let manifest = std::fs::read_to_string(tree().manifest()).unwrap();
    let docs = load::json(&tree().docs()).unwrap();
    let lines: Vec<&str> = manifest.lines().collect();
    let features: BTreeMap<&str, &str> = lines
        .windows(2)
        .filter_map(|pair| Some((pair[1].strip_suffix(" = []")?, pair[0])))
        .collect();
    for name in Names::read(&tree().names()).unwrap().0.into_values() {
        let sentence = features::sentence(&docs, &name.resource);
        assert_eq!(features[name.resource.as_str()], format!("## {sentence}"));
    }
}
