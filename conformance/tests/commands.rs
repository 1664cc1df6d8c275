//! What the conformance commands do before and after the crate is called.

use std::path::Path;

use serde_json::{Value, json};

use conformance::{
    cases::Sample,
    known::{File, Finding, Suite},
    plan,
};
use intercom_client_codegen::spec::{
    document::operations, load::Description, names::Names, version::Version,
};
use xtask::{repo::Tree, write};

fn tree() -> Tree {
    Tree::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn finding(number: &str, example: &str, complaint: &str) -> Finding {
    Finding {
        version: version(number),
        operation: "PUT /things/{}".to_owned(),
        what: "body".to_owned(),
        example: example.to_owned(),
        complaint: complaint.to_owned(),
    }
}

fn known(entry: Value) -> Result<File, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("known.json");
    let file = json!({ "repairs": [], "known": [entry] });
    std::fs::write(&path, file.to_string()).unwrap();
    File::read(&path).map_err(|problem| problem.to_string())
}

/// Things that are no colour, found by `wire` in 9.1 and 9.2.
fn entry() -> Value {
    json!({
        "name": "not a colour", "suites": ["wire"], "operation": "PUT /things/{}", "what": "body",
        "example": "wrong", "complaint": "must be a colour", "why": "a test", "since": "9.1", "until": "9.2",
    })
}

#[test]
fn a_reason_explains_what_it_names_and_nothing_else() {
    let file = known(entry()).unwrap();
    let findings = vec![
        finding("9.1", "wrong", "body.colour must be a colour"),
        finding("9.2", "wrong", "body.colour must be a colour"),
        finding("9.1", "wrong", "body.shape must be a shape"),
        finding("9.1", "right", "body.colour must be a colour"),
        finding("9.3", "wrong", "body.colour must be a colour"),
    ];
    let versions = ["9.1", "9.2", "9.3"].map(version);
    let explained = file
        .explain(Suite::Wire, &versions, findings.clone())
        .unwrap();
    assert_eq!(explained.known, findings[..2]);
    assert_eq!(explained.open, findings[2..]);
    assert_eq!(explained.stale, Vec::<String>::new());
}

#[test]
fn a_reason_that_explains_nothing_in_a_version_it_claims_is_named() {
    let file = known(entry()).unwrap();
    let found = vec![finding("9.1", "wrong", "body.colour must be a colour")];
    let versions = ["9.1", "9.2", "9.3"].map(version);
    let explained = file.explain(Suite::Wire, &versions, found).unwrap();
    assert_eq!(
        explained.stale,
        ["known `not a colour` explains nothing in 9.2"]
    );
    // Another suite does not look for it.
    let explained = file
        .explain(Suite::Examples, &versions, Vec::new())
        .unwrap();
    assert_eq!(explained.stale, Vec::<String>::new());
}

#[test]
fn a_reason_for_everything_is_refused_by_its_name() {
    let mut broad = entry();
    for key in ["operation", "complaint"] {
        broad.as_object_mut().unwrap().remove(key);
    }
    let problem = known(broad).unwrap_err();
    assert_eq!(
        problem,
        "known `not a colour`: names neither an operation nor a complaint"
    );
    let mut misspelt = entry();
    misspelt["complain"] = json!("must be");
    assert!(known(misspelt).unwrap_err().contains("`complain`"));
}

#[test]
fn the_reasons_are_in_the_form_of_the_other_data() {
    let file = File::read(&tree().known()).unwrap();
    let text = std::fs::read_to_string(tree().known()).unwrap();
    assert!(write::json_as_declared(&file).unwrap() == text);
    let corrections = tree().read_corrections().unwrap();
    for repair in &file.repairs {
        let mut names = corrections.iter().map(|correction| &correction.name);
        assert!(
            names.any(|name| *name == repair.correction),
            "{}",
            repair.correction
        );
    }
}

/// Everybody installs from the registry that npm is set to.
#[test]
fn the_lockfile_of_prism_names_no_registry() {
    let lock = tree().conformance().join("package-lock.json");
    let lock: Value = serde_json::from_str(&std::fs::read_to_string(lock).unwrap()).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 100);
    for (name, package) in packages {
        assert!(package.get("resolved").is_none(), "{name}");
    }
}

/// A thing that is changed and listed, with parameters and responses of every kind.
fn description() -> Description {
    let thing = json!({ "type": "object", "required": ["colour"], "properties": {
        "colour": { "type": "string", "enum": ["red", "blue"] }, "made_at": { "type": "string", "format": "date" },
        "part": { "$ref": "#/components/schemas/thing" },
    } });
    let content = |examples: Value| json!({ "application/json": { "schema": { "$ref": "#/components/schemas/thing" }, "examples": examples } });
    let document = json!({
        "openapi": "3.0.1",
        "info": { "version": "9.1" },
        "paths": { "/things/{id}": {
            "parameters": [{ "name": "id", "in": "path", "schema": { "type": "integer", "example": 7 } }],
            "put": {
                "parameters": [
                    { "name": "depth", "in": "query", "schema": { "type": "integer" }, "example": "3" },
                    { "name": "since", "in": "query", "schema": { "type": "string", "format": "date" } },
                    { "name": "filter", "in": "query", "schema": { "oneOf": [
                        { "required": ["shade"], "properties": { "shade": { "type": "string", "example": "dark" } } },
                    ] } },
                    { "name": "Intercom-Version", "in": "header", "schema": { "type": "string" } },
                ],
                "requestBody": { "content": content(json!({ "paint": { "value": { "colour": "blue" } } })) },
                "responses": {
                    "200": { "content": content(json!({ "All done, thanks": { "value": { "colour": "blue" } } })) },
                    "404": { "content": { "application/json": { "example": { "errors": [{ "code": "not_found" }] } } } },
                    "default": { "$ref": "#/components/responses/trouble" },
                },
            },
        } },
        "components": { "schemas": { "thing": thing }, "responses": { "trouble": { "content": {} } } },
    });
    Description::from_document(document).unwrap()
}

fn names() -> Names {
    let name = json!({ "PUT /things/{}": { "resource": "things", "verb": "update", "path": ["thing_id"] } });
    serde_json::from_value(name).unwrap()
}

#[test]
fn parameters_are_those_the_original_shows_under_the_names_they_have_here() {
    let description = description();
    let found = operations(&description.document).next().unwrap();
    let names = names();
    let name = names.get(&found.key()).unwrap();
    let published = plan::parameters(&description.document, &found, name, true);
    let expected = json!({ "thing_id": "7", "depth": 3, "since": "2023-11-14", "shade": "dark" });
    assert_eq!(Value::Object(published), expected);
    let made_up = plan::parameters(&description.document, &found, name, false);
    assert_eq!(made_up["depth"], 1);
}

#[test]
fn every_published_body_is_sent_and_what_is_made_up_is_spare() {
    let description = description();
    let jobs = plan::jobs(&description, &names()).unwrap();
    assert_eq!(jobs[0].operation, "things.update");
    let requests = &jobs[0].requests;
    let sent: Vec<_> = requests
        .iter()
        .map(|request| {
            let prefer = request.prefer.as_deref().unwrap();
            (request.example.as_str(), request.spare, prefer)
        })
        .collect();
    assert_eq!(
        sent,
        [
            ("paint", false, "code=200"),
            ("made up", true, "code=200"),
            ("made up", true, "code=200"),
            ("made up", true, "code=200"),
        ]
    );
    assert_eq!(requests[0].body, Some(json!({ "colour": "blue" })));
    assert_eq!(requests[3].body, Some(json!({ "colour": "red" })));
}

/// Intercom writes so what one of is enough.
#[test]
fn a_made_up_body_has_what_the_first_alternative_requires() {
    let schema = json!({
        "type": "object", "required": ["name"],
        "properties": { "name": { "type": "string" }, "id": { "type": "string" }, "email": { "type": "string", "example": "x" } },
        "anyOf": [{ "required": ["email"] }, { "required": ["id"] }],
    });
    let sample = |published| {
        Sample {
            document: &Value::Null,
            full: false,
            published,
        }
        .of(&schema)
    };
    assert_eq!(sample(false), json!({ "name": "1", "email": "1" }));
    assert_eq!(sample(true), json!({ "name": "1", "email": "x" }));
}

/// Types that hold themselves would have no end.
#[test]
fn a_made_up_body_ends() {
    let description = description();
    let schema = json!({ "$ref": "#/components/schemas/thing" });
    let sample = Sample {
        document: &description.document,
        full: true,
        published: false,
    };
    let full = sample.of(&schema);
    assert_eq!(full["part"]["made_at"], "2023-11-14");
    assert!(full.to_string().matches("part").count() < 10);
}

#[test]
fn every_response_is_asked_for_by_status_and_name() {
    let description = description();
    let jobs = plan::jobs(&description, &names()).unwrap();
    let responses = &jobs[0].responses;
    let asked: Vec<_> = responses
        .iter()
        .map(|expected| (expected.what.as_str(), expected.prefer.as_str()))
        .collect();
    assert_eq!(
        asked,
        [
            ("200", "code=200, example=\"All done, thanks\""),
            ("404", "code=404"),
            ("200", "code=200, dynamic=true, seed=1"),
            ("200", "code=200, dynamic=true, seed=2"),
            ("200", "code=200, dynamic=true, seed=3"),
            ("default", "code=500"),
        ]
    );
    assert_eq!(responses[1].code.as_deref(), Some("not_found"));
    assert_eq!(responses[5].status, 500);
}
