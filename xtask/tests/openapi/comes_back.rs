//! A version that is not there is imported to what it was, byte for byte.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use intercom_client_codegen::spec::{
    correct,
    document::operations,
    load::{self, Description},
    names::{Name, Names},
    version::Version,
};
use xtask::{openapi::naming::rule, write};

use crate::support::{CONFORMANCE, Checkout, DESCRIPTION, MANIFEST};

/// `DESCRIPTION` as another version and with more paths.
fn description(version: &str, paths: &[&str]) -> String {
    let paths: String = paths.iter().map(|path| format!("  {path}\n")).collect();
    DESCRIPTION
        .replace("version: 1.0", &format!("version: {version}"))
        .replace("components:", &format!("{paths}components:"))
}

const OARS: &str = "/oars: {get: {tags: [Oars], responses: {}}}";
const CREW: &str = "/crews/{id}: {get: {tags: [Crews], responses: {}}}";
const ANCHORS: &str = "/anchors: {get: {tags: [Anchors], responses: {}}}";
const DROP: &str = "/boats/{id}/drop: {post: {tags: [Boats], responses: {}}}";
const CHARTS: &str = "/charts: {post: {tags: [Charts], responses: {}, requestBody: {$ref: '#/components/requestBodies/chart'}}}";
const CHART: &str = "components:\n  requestBodies: {chart: {content: {multipart/form-data; boundary=x: {schema: {type: object}}}}}";

/// 1.1 is corrected to have the crew that 1.2 brings.
const CORRECTIONS: &str = r#"[
  {
    "name": "the crew is missing",
    "target": {
      "operation": "GET /crews"
    },
    "put": {
      "operationId": "listCrews",
      "responses": {},
      "tags": [
        "Crews"
      ]
    },
    "why": "Somebody sails the boats.",
    "since": "1.1",
    "until": "1.1"
  }
]
"#;

const CONFORMANCE_MANIFEST: &str = r#"[dependencies.intercom-client]
path = ".."
features = [
    "dynamic",
    "v1_1",
    "webhooks",
]
"#;

fn originals() -> [(&'static str, String); 4] {
    let list_crew = CREW.replace("/{id}", "");
    let preview = description("Preview", &[CREW, ANCHORS, CHARTS]);
    [
        ("1.0", description("1.0", &[OARS])),
        ("1.1", description("1.1", &[])),
        ("1.2", description("1.2", &[&list_crew, CREW, DROP])),
        ("Preview", preview.replace("components:", CHART)),
    ]
}

/// A checkout into which the versions of the above are imported in this order; 1.1 is the default.
fn checkout(versions: &[&str]) -> Checkout {
    let checkout = Checkout::new();
    let manifest = MANIFEST
        .replace(r#"default = ["v1_0"]"#, r#"default = ["v1_1"]"#)
        .replace(
            "## Version 1.0 of the API, as `Intercom::v1_0()`.\nv1_0 = []\n",
            "## Version 1.1 of the API, as `Intercom::v1_1()`.\nv1_1 = []\n",
        );
    checkout.write("Cargo.toml", &manifest);
    checkout.write("openapi/corrections.json", CORRECTIONS);
    let docs = r#"{"resources": {"boats": "Boats.", "crews": "Who sails."}}"#;
    checkout.write("openapi/docs.json", docs);
    fs::create_dir(checkout.path("conformance")).unwrap();
    checkout.write(CONFORMANCE, CONFORMANCE_MANIFEST);
    let originals = originals();
    for version in versions {
        let original = originals.iter().find(|(found, _)| found == version);
        let ran = checkout.import(version, &original.unwrap().1);
        assert!(ran.succeeded, "{}", ran.err);
    }
    checkout
}

#[test]
fn it_does_not_matter_which_version_is_imported_last() {
    let all = checkout(&["1.0", "1.1", "1.2", "Preview"]).contents();
    let turned_on =
        "\n    \"v1_0\",\n    \"v1_1\",\n    \"v1_2\",\n    \"preview\",\n    \"webhooks\",\n]\n";
    assert!(
        all[CONFORMANCE].ends_with(turned_on),
        "{}",
        all[CONFORMANCE]
    );
    assert!(all["Cargo.toml"].contains("\nv1_2 = []\n"));
    assert!(all["Cargo.toml"].contains("## Who sails.\ncrews = []\n"));
    for order in [
        ["1.1", "1.2", "Preview", "1.0"],
        ["1.0", "1.1", "Preview", "1.2"],
        ["1.0", "1.2", "Preview", "1.1"],
        ["Preview", "1.2", "1.1", "1.0"],
    ] {
        let before = checkout(&order[..3]).contents();
        assert!(before != all, "{order:?}");
        let name = format!("openapi/{}.json", order[3]);
        assert!(!before.contains_key(&name), "{order:?}");
        assert_eq!(checkout(&order).contents(), all, "{order:?}");
    }
}

#[test]
fn the_heading_of_the_versions_stays_above_the_first() {
    let manifest = checkout(&["1.1", "1.0"]).read("Cargo.toml");
    let versions = "default = [\"v1_1\"]\n
# Versions.
## Version 1.0 of the API, as `Intercom::v1_0()`.
v1_0 = []
## Version 1.1 of the API, as `Intercom::v1_1()`.
v1_1 = []
";
    assert!(manifest.contains(versions), "{manifest}");
}

/// Where Intercom's originals are: `INTERCOM_ORIGINALS`, else a directory beside the repository.
fn intercoms_originals() -> Option<PathBuf> {
    if let Some(given) = env::var_os("INTERCOM_ORIGINALS") {
        let given = PathBuf::from(given);
        assert!(
            fs::read_dir(&given).is_ok(),
            "INTERCOM_ORIGINALS is no directory that can be read: {}",
            given.display()
        );
        return Some(given);
    }
    let beside = repository().join("../shared/openapi");
    beside.is_dir().then_some(beside)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The keys of the operations that a description has once it is corrected.
fn keys(directory: &Path, version: &Version) -> BTreeSet<String> {
    corrected(directory, version, |description| {
        let found = operations(&description.document);
        found.map(|operation| operation.key()).collect()
    })
}

fn corrected<T>(directory: &Path, version: &Version, look: impl FnOnce(&Description) -> T) -> T {
    let corrections = correct::read(&directory.join("corrections.json")).unwrap();
    let mut description = load::description(&directory.join(format!("{version}.json"))).unwrap();
    correct::apply(&corrections, &mut description).unwrap();
    look(&description)
}

/// The manifest without a feature, its comment, and its place in `all-resources`.
fn without_feature(manifest: &str, feature: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in manifest.lines() {
        if line.starts_with(&format!("{feature} = ")) {
            kept.pop();
        } else if line != format!("    \"{feature}\",") {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}

/// Takes a version out of a checkout: its facts, its feature, and the names and features that only it needs. A name that
/// the rule would not give stays: somebody found a better one, which no import brings back.
fn take_out(checkout: &Checkout, version: &Version, others: &[Version]) {
    let openapi = checkout.path("openapi");
    let needed: BTreeSet<String> = others
        .iter()
        .flat_map(|other| keys(&openapi, other))
        .collect();
    let by_rule: Vec<(String, Name)> = corrected(&openapi, version, |description| {
        let found = operations(&description.document);
        let named = found.flat_map(|operation| {
            let names = rule::names(&description.document, &operation);
            names.into_iter().map(move |name| (operation.key(), name))
        });
        named.collect()
    });
    let names = Names::read(&openapi.join("names.json")).unwrap().0;
    let (gone, kept): (Vec<_>, Vec<_>) = names
        .into_iter()
        .partition(|named| !needed.contains(&named.0) && by_rule.contains(named));
    let mut manifest = without_feature(&checkout.read("Cargo.toml"), &version.feature());
    for (_, name) in &gone {
        if !kept
            .iter()
            .any(|(_, other)| other.resource == name.resource)
        {
            manifest = without_feature(&manifest, &name.resource);
        }
    }
    let names = Names(kept.into_iter().collect());
    checkout.write(
        "openapi/names.json",
        &write::json_as_declared(&names).unwrap(),
    );
    checkout.write("Cargo.toml", &manifest);
    let turned_on = without_feature(&checkout.read(CONFORMANCE), &version.feature());
    checkout.write(CONFORMANCE, &turned_on);
    fs::remove_file(openapi.join(format!("{version}.json"))).unwrap();
    assert!(!gone.is_empty(), "{version} has nothing of its own");
}

#[test]
fn the_newest_version_of_this_crate_comes_back_byte_for_byte() {
    let Some(originals) = intercoms_originals() else {
        println!("skipped: INTERCOM_ORIGINALS is not set, and there is no ../shared/openapi");
        return;
    };
    let checkout = Checkout::copy_of(&repository());
    let all = checkout.contents();
    let mut versions: Vec<Version> = load::versions(&checkout.path("openapi"))
        .unwrap()
        .into_iter()
        .map(|(version, _)| version)
        .collect();
    versions.sort();
    let newest = versions.pop().unwrap();
    let original = originals.join(format!("{newest}.yaml"));
    if !original.exists() {
        println!("skipped: there is no {}", original.display());
        return;
    }
    take_out(&checkout, &newest, &versions);
    for name in ["Cargo.toml", CONFORMANCE, "openapi/names.json"] {
        assert_ne!(checkout.read(name), all[name], "{name}");
    }
    assert!(!checkout.read("Cargo.toml").contains(&newest.feature()));
    let ran = checkout.run(&[
        "import",
        newest.as_str(),
        "--from",
        original.to_str().unwrap(),
    ]);
    assert!(ran.succeeded, "{}", ran.err);
    let mut again = checkout.contents();
    let unreviewed = again.remove("openapi/unreviewed.json").unwrap();
    assert!(unreviewed.contains(newest.as_str()), "{unreviewed}");
    assert_eq!(
        again.keys().collect::<Vec<_>>(),
        all.keys().collect::<Vec<_>>()
    );
    for (name, text) in &all {
        assert!(again[name] == *text, "{name} is not what it was");
    }
}
