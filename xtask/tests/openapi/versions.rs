//! Imports of one version after the other.

use crate::support::{Checkout, DESCRIPTION, MANIFEST};

#[test]
fn a_version_that_was_taken_out_comes_back_byte_for_byte() {
    let newer = |version: &str| {
        let crew = "  /crew/{id}: {get: {tags: [Crew], responses: {}}}\n  /anchors: {get: {tags: [Anchors], responses: {}}}\ncomponents:";
        DESCRIPTION
            .replace("version: 1.0", &format!("version: {version}"))
            .replace("components:", crew)
    };
    let checkout = Checkout::new();
    checkout.write(
        "openapi/docs.json",
        r#"{"resources": {"crew": "Who sails."}}"#,
    );
    let ran = checkout.import("1.0", DESCRIPTION);
    assert!(ran.succeeded, "{}", ran.err);
    let before = checkout.files();
    assert_eq!(
        checkout.read("Cargo.toml"),
        MANIFEST,
        "1.0 has its features already"
    );
    for version in ["1.1", "Preview", "1.2"] {
        let ran = checkout.import(version, &newer(version));
        assert!(ran.succeeded, "{}", ran.err);
    }
    let features = checkout.read("Cargo.toml");
    let expected = r#"# Versions.
## Version 1.0 of the API, as `Intercom::v1_0()`.
v1_0 = []
## Version 1.1 of the API, as `Intercom::v1_1()`.
v1_1 = []
## Version 1.2 of the API, as `Intercom::v1_2()`.
v1_2 = []
## The preview version of the API, as `Intercom::preview()`.
preview = []

# Resources.
## Every resource.
all-resources = [
    "anchors",
    "boats",
    "crew",
]
## Operations of `anchors`.
anchors = []
## Boats.
boats = []
## Who sails.
crew = []

# TLS.
rustls = []
"#;
    assert!(features.ends_with(expected), "{features}");

    let all = checkout.files();
    for (path, text) in &before {
        std::fs::write(path, text).unwrap();
    }
    for version in ["1.1", "1.2", "Preview"] {
        std::fs::remove_file(checkout.path(&format!("openapi/{version}.json"))).unwrap();
    }
    for version in ["Preview", "1.2", "1.1"] {
        checkout.import(version, &newer(version));
    }
    assert_eq!(checkout.files(), all);
    // The oldest one, below the heading.
    checkout.write(
        "Cargo.toml",
        &features.replace(
            "## Version 1.0 of the API, as `Intercom::v1_0()`.\nv1_0 = []\n",
            "",
        ),
    );
    checkout.import("1.0", DESCRIPTION);
    assert_eq!(checkout.files(), all);
}

#[test]
fn a_correction_that_is_not_needed_any_more_ends() {
    let checkout = Checkout::with_1_0();
    let corrections = r#"[
  {
    "name": "boats have no flag",
    "target": {
      "schema": "boat",
      "property": "colour"
    },
    "put": {
      "type": "string"
    },
    "why": "They have.",
    "since": "1.0"
  }
]
"#;
    checkout.write("openapi/corrections.json", corrections);
    let fixed = DESCRIPTION.replace("version: 1.0", "version: 1.1").replace(
        "        odd:",
        "        colour: {type: string}\n        odd:",
    );
    let ran = checkout.import("1.1", &fixed);
    assert!(
        ran.out
            .contains("ended: correction `boats have no flag`, last needed in 1.0"),
        "{}",
        ran.out
    );
    let ended = corrections.replace(
        "\"since\": \"1.0\"",
        "\"since\": \"1.0\",\n    \"until\": \"1.0\"",
    );
    assert_eq!(checkout.read("openapi/corrections.json"), ended);
    // Nothing of it is claimed for 1.1 now.
    let again = checkout.import("1.1", &fixed);
    assert!(!again.out.contains("correction"), "{}", again.out);

    // An older version without the mistake ends nothing that a newer one still needs.
    checkout.write("openapi/corrections.json", corrections);
    checkout.import("1.1", &DESCRIPTION.replace("version: 1.0", "version: 1.1"));
    let ran = checkout.import("1.0", &fixed.replace("version: 1.1", "version: 1.0"));
    assert!(
        ran.out
            .contains("note: correction `boats have no flag` does not hold in 1.0"),
        "{}",
        ran.out
    );
    assert_eq!(checkout.read("openapi/corrections.json"), corrections);
}

#[test]
fn bodies_of_several_parts_ask_for_what_builds_them() {
    // The body of `POST /boats` is JSON or several parts.
    let (before, json) = DESCRIPTION
        .rsplit_once("          application/json:")
        .unwrap();
    let with = |kind: &str| format!("{before}          {kind}:{json}");
    let checkout = Checkout::new();
    for (kind, enabled) in [
        ("application/json; charset=utf-8", "[]"),
        ("text/plain", "[\"reqwest/multipart\"]"),
        // A later original of the same version may not need it any more.
        ("application/x-www-form-urlencoded", "[]"),
    ] {
        let ran = checkout.import("1.0", &with(kind));
        assert!(ran.succeeded, "{}", ran.err);
        let manifest = MANIFEST.replace("v1_0 = []", &format!("v1_0 = {enabled}"));
        assert_eq!(checkout.read("Cargo.toml"), manifest, "{kind}");
    }
    // A body that several operations share.
    let shared = with("text/plain")
        .replace("      requestBody:\n", "      requestBody: {$ref: '#/components/requestBodies/boat'}\n      x-body:\n")
        .replace("components:\n", "components:\n  requestBodies: {boat: {content: {multipart/form-data: {schema: {type: object}}}}}\n");
    let ran = checkout.import("1.0", &shared);
    assert!(ran.succeeded, "{}", ran.err);
    let manifest = checkout.read("Cargo.toml");
    assert!(
        manifest.contains("v1_0 = [\"reqwest/multipart\"]\n"),
        "{manifest}"
    );
}
