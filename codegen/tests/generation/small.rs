//! Corrections, mistakes and what later versions may have, shown on a description of a few lines.

use serde_json::{Value, json};

use intercom_client_codegen::{
    Features, Shared,
    lower::{self, select::Selection},
    spec::{
        correct::{self, Correction},
        load::Description,
        names::Names,
    },
};

fn description(document: Value) -> Description {
    Description::from_document(document).unwrap()
}

fn small() -> Value {
    json!({
        "openapi": "3.0.1",
        "info": { "version": "9.1" },
        "paths": { "/things/{id}": { "get": { "operationId": "showThing", "responses": {
            "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/thing" } } } }
        } } } },
        "components": { "schemas": { "thing": {
            "type": "object", "properties": { "colour": { "type": "string" } }
        } } },
    })
}

fn names() -> Names {
    let name = json!({ "resource": "things", "verb": "get", "path": ["thing_id"] });
    let name = serde_json::from_value(name).unwrap();
    Names([("GET /things/{}".to_owned(), name)].into())
}

fn correction(value: Value) -> Correction {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_correction_that_no_longer_holds_is_an_error_with_its_name() {
    let wrong = correction(json!({
        "name": "colours are numbers", "target": { "schema": "thing", "property": "colour" },
        "keyword": "type", "expect": "integer", "put": "string", "why": "a test", "since": "9.0",
    }));
    let problem = correct::apply(&[wrong], &mut description(small())).unwrap_err();
    let text = problem.to_string();
    assert!(
        text.contains("`colours are numbers` no longer holds in 9.1"),
        "{text}"
    );
    assert!(
        text.contains("expected \"integer\", found \"string\""),
        "{text}"
    );
}

#[test]
fn a_correction_applies_from_its_first_to_its_last_version() {
    let put = |since: &str, until: Option<&str>| {
        let mut value = json!({
            "name": "no shade", "target": { "schema": "thing", "property": "shade" },
            "put": { "type": "string" }, "why": "a test", "since": since,
        });
        if let Some(until) = until {
            value["until"] = until.into();
        }
        let mut description = description(small());
        correct::apply(&[correction(value)], &mut description).unwrap();
        description
            .document
            .pointer("/components/schemas/thing/properties/shade")
            .is_some()
    };
    assert!(put("9.1", None));
    assert!(put("2.7", Some("9.1")));
    // Versions are numbers: 9.1 comes before 9.10.
    assert!(!put("9.10", None));
    assert!(!put("2.7", Some("9.0")));
}

#[test]
fn a_correction_finds_an_operation_however_its_parameters_are_called() {
    let add = correction(json!({
        "name": "no depth", "target": { "operation": "GET /things/{}", "parameter": "depth" },
        "put": { "name": "depth", "in": "query", "schema": { "type": "integer" } }, "why": "a test", "since": "9.1",
    }));
    let mut description = description(small());
    correct::apply(&[add], &mut description).unwrap();
    let parameter = description
        .document
        .pointer("/paths/~1things~1{id}/get/parameters/0/name");
    assert_eq!(parameter, Some(&json!("depth")));
}

/// The problem that a small description has after `change`.
fn problem(change: impl FnOnce(&mut Value)) -> String {
    let mut document = small();
    change(&mut document);
    let directory = tempfile::tempdir().unwrap();
    let facts = directory.path().join("9.1.json");
    std::fs::write(&facts, document.to_string()).unwrap();
    let shared = Shared {
        corrections: Vec::new(),
        names: names(),
        docs: Default::default(),
    };
    let features = Features {
        mock: true,
        ..Features::default()
    };
    let outcome = shared
        .normalized(&facts)
        .and_then(|normalized| shared.module(normalized, &Selection::All, features));
    match outcome {
        Ok(_) => "none".to_owned(),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn what_cannot_be_generated_is_one_sentence_with_its_place() {
    assert_eq!(problem(|_| {}), "none");
    let schema = "/components/schemas/thing";
    type Case = (fn(&mut Value), &'static str);
    let cases: [Case; 5] = [
        (
            |d| {
                d["components"]["schemas"]["thing"]["properties"]["colour"] =
                    json!({ "$ref": "#/components/schemas/colour" });
            },
            "9.1: /components/schemas/thing/properties/colour/$ref refers to #/components/schemas/colour, which does not exist",
        ),
        (
            |d| {
                d["paths"]["/things"] =
                    json!({ "get": { "operationId": "showThing", "responses": {} } });
            },
            "is the id of",
        ),
        (
            |d| {
                d["components"]["schemas"]["thing"]["properties"]["colour"] =
                    json!({ "type": "string", "enum": ["a", "%%"] });
            },
            "no variant can be named after `%%`",
        ),
        (
            |d| {
                d["components"]["schemas"]["thing"]["properties"]["colour"] =
                    json!({ "type": "colour" });
            },
            "`colour` is no type of OpenAPI 3.0",
        ),
        (
            |d| {
                d["paths"]["/others"] =
                    json!({ "get": { "operationId": "listOthers", "responses": {} } });
            },
            "`GET /others` has no name in openapi/names.json",
        ),
    ];
    for (change, expected) in cases {
        let text = problem(change);
        assert!(text.contains(expected), "{text}\n  lacks: {expected}");
        assert!(text.contains('/'), "{text} names no place below {schema}");
    }
}

#[test]
fn two_methods_of_one_name_are_one_sentence() {
    let text = problem(|d| {
        let name = json!({ "type": "string", "nullable": true });
        d["paths"]["/things/{id}"]["get"]["requestBody"] = json!({ "content": { "application/json": {
            "schema": { "type": "object", "properties": { "name": name, "clear_name": { "type": "boolean" } } } } } });
    });
    let expected = "9.1: `requests::ThingsGet` would have two methods `clear_name`; ";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn what_later_versions_may_have_is_generated() {
    let content = |d: &mut Value, code: &str, schema: Value| {
        d["paths"]["/things/{id}"]["get"]["responses"][code] =
            json!({ "content": { "application/json": { "schema": schema } } });
    };
    let several_successes = problem(|d| {
        content(
            d,
            "202",
            json!({ "type": "object", "properties": { "job": { "type": "string" } } }),
        );
    });
    assert_eq!(several_successes, "none");
    let multipart = problem(|d| {
        d["paths"]["/things/{id}"]["get"]["requestBody"] = json!({ "content": { "multipart/form-data": {
            "schema": { "type": "object", "properties": { "file": { "type": "string", "format": "binary" } } } } } });
    });
    assert_eq!(multipart, "none");
    let discriminator = problem(|d| {
        d["components"]["schemas"]["other"] =
            json!({ "type": "object", "properties": { "kind": { "type": "string" } } });
        let of = json!([{ "$ref": "#/components/schemas/thing" }, { "$ref": "#/components/schemas/other" }]);
        d["components"]["schemas"]["any_thing"] =
            json!({ "oneOf": of, "discriminator": { "propertyName": "kind" } });
        content(
            d,
            "200",
            json!({ "$ref": "#/components/schemas/any_thing" }),
        );
    });
    assert_eq!(discriminator, "none");
}

#[test]
fn a_resource_has_its_id_where_every_example_had_one() {
    let is_plain = |change: &dyn Fn(&mut Value)| {
        let mut document = small();
        let thing = &mut document["components"]["schemas"]["thing"];
        thing["properties"]["id"] = json!({ "type": "integer" });
        thing["x-id-in-every-example"] = json!(true);
        change(&mut document);
        let normalized = lower::normalize(description(document), &names(), &Default::default());
        let thing = &normalized.unwrap().schemas["thing"].schema;
        thing["required"] == json!(["id"]) && thing["properties"]["id"]["type"] == "string"
    };
    assert!(is_plain(&|_| {}));
    assert!(!is_plain(&|d| {
        d["components"]["schemas"]["thing"]["x-id-in-every-example"] = json!(false);
    }));
    assert!(!is_plain(&|d| {
        d["components"]["schemas"]["thing"]["properties"]["id"]["nullable"] = json!(true);
    }));
    // What a response only refers to may be gone.
    assert!(!is_plain(&|d| {
        let holder = json!({ "type": "object", "properties": { "thing": { "$ref": "#/components/schemas/thing" } } });
        d["paths"]["/things/{id}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] =
            holder;
    }));
}
