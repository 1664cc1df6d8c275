//! What taking a version out removes, and that an import brings it back.

use crate::support::{Checkout, DESCRIPTION, MANIFEST};

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
      "tags": [
        "Crews"
      ],
      "responses": {}
    },
    "why": "Somebody sails the boats.",
    "since": "1.1",
    "until": "1.1"
  }
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

/// All versions of the above; 1.1 is the default.
fn checkout() -> Checkout {
    let checkout = Checkout::new();
    let manifest = MANIFEST.replace(r#"default = ["v1_0"]"#, r#"default = ["v1_1"]"#);
    checkout.write("Cargo.toml", &manifest);
    checkout.write("openapi/corrections.json", CORRECTIONS);
    let docs = r#"{"resources": {"boats": "Boats.", "crews": "Who sails."}}"#;
    checkout.write("openapi/docs.json", docs);
    for (version, original) in originals() {
        let ran = checkout.import(version, &original);
        assert!(ran.succeeded, "{}", ran.err);
    }
    checkout
}

#[test]
fn what_was_removed_comes_back_byte_for_byte() {
    let checkout = checkout();
    let all = checkout.files();
    for (version, original) in originals() {
        if version == "1.1" {
            continue;
        }
        let ran = checkout.run(&["remove", version]);
        assert!(ran.succeeded, "{}", ran.err);
        assert!(!checkout.path(&format!("openapi/{version}.json")).exists());
        assert_ne!(
            checkout.read("Cargo.toml"),
            all[&checkout.path("Cargo.toml")]
        );
        let ran = checkout.import(version, &original);
        assert!(ran.succeeded, "{}", ran.err);
        assert_eq!(checkout.files(), all, "{version}");
    }
    for version in ["1.2", "1.0", "Preview"] {
        let ran = checkout.run(&["remove", version]);
        assert!(ran.succeeded, "{}", ran.err);
    }
    for (version, original) in originals().iter().rev() {
        checkout.import(version, original);
    }
    assert_eq!(checkout.files(), all);
}

#[test]
fn only_what_no_other_version_needs_goes() {
    let checkout = checkout();
    let before = checkout.files();
    let ran = checkout.run(&["remove", "1.2"]);
    // 1.1 is corrected to list the crew, the preview gets one of them.
    let said = "removed: the name boats.drop(boat_id) of POST /boats/{}/drop
removed: the feature `v1_2`
removed: /openapi/1.2.json
written: /Cargo.toml
written: /openapi/names.json
";
    assert_eq!(ran.out, said);

    let ran = checkout.run(&["remove", "Preview"]);
    let said = "removed: the name anchors.list() of GET /anchors
removed: the name crews.get(crew_id) of GET /crews/{}
removed: the name charts.create() of POST /charts
removed: the feature `preview`
removed: the feature `anchors`
removed: the feature `charts`
removed: /openapi/Preview.json
written: /Cargo.toml
written: /openapi/names.json
";
    assert_eq!(ran.out, said);
    let manifest = checkout.read("Cargo.toml");
    assert!(manifest.contains("    \"boats\",\n    \"crews\",\n    \"oars\",\n]\n"));
    assert!(
        manifest.contains("## Who sails.\ncrews = []\n"),
        "{manifest}"
    );
    for file in ["openapi/docs.json", "openapi/corrections.json"] {
        let path = checkout.path(file);
        assert_eq!(checkout.read(file), before[&path]);
    }
}

#[test]
fn the_heading_of_the_versions_stays() {
    let checkout = checkout();
    checkout.run(&["remove", "1.0"]);
    let manifest = checkout.read("Cargo.toml");
    let versions = "default = [\"v1_1\"]\n
# Versions.
## Version 1.1 of the API, as `Intercom::v1_1()`.
v1_1 = []
";
    assert!(manifest.contains(versions), "{manifest}");
}

#[test]
fn a_name_that_the_rule_does_not_give_is_pointed_out() {
    let checkout = checkout();
    let names = checkout.read("openapi/names.json");
    assert!(names.contains("\"verb\": \"drop\""), "{names}");
    let better = names.replace("\"verb\": \"drop\"", "\"verb\": \"launch\"");
    checkout.write("openapi/names.json", &better);
    let ran = checkout.run(&["remove", "1.2"]);
    let note = "note: POST /boats/{}/drop was named by hand; an import would call it boats.drop(boat_id), not boats.launch(boat_id)";
    assert!(ran.out.contains(note), "{}", ran.out);
}

#[test]
fn what_stays_is_said_in_one_sentence() {
    let checkout = checkout();
    let plain = checkout.read("Cargo.toml");
    let docs = format!("{plain}\n[package.metadata.docs.rs]\nfeatures = [\"v1_2\"]\n");
    let target = format!("{plain}\n[[example]]\nname = \"a\"\nrequired-features = [\"anchors\"]\n");
    let refusals = [
        (
            "1.1",
            &plain,
            "1.1 stays, because `default` in Cargo.toml enables `v1_1`",
        ),
        (
            "1.2",
            &docs,
            "1.2 stays, because [package.metadata.docs.rs] in Cargo.toml enables `v1_2`",
        ),
        (
            "Preview",
            &target,
            "Preview stays, because a [[example]] in Cargo.toml enables `anchors`",
        ),
        ("1.3", &plain, "there is no openapi/1.3.json to remove"),
    ];
    for (version, manifest, sentence) in refusals {
        checkout.write("Cargo.toml", manifest);
        let files = checkout.files();
        let ran = checkout.run(&["remove", version]);
        assert!(!ran.succeeded);
        assert_eq!(ran.err, format!("error: {sentence}\n"));
        assert_eq!(checkout.files(), files);
    }
}
