//! What an import writes, and what it refuses.

use crate::support::{Checkout, DESCRIPTION};
use serde_json::{Value, json};

fn facts(checkout: &Checkout) -> Value {
    serde_json::from_str(&checkout.read("openapi/1.0.json")).unwrap()
}

#[test]
fn facts_stay_and_prose_goes() {
    let checkout = Checkout::with_1_0();
    let text = checkout.read("openapi/1.0.json");
    assert!(!text.to_lowercase().contains("prose"), "{text}");
    assert!(text.ends_with("}\n"));

    let facts = facts(&checkout);
    assert_eq!(facts["info"], json!({"version": "1.0"}));
    assert_eq!(
        facts["servers"],
        json!([{"url": "https://harbour.example"}])
    );
    assert_eq!(facts["tags"], json!([{"name": "Boats"}]));
    let schemas = &facts["components"]["schemas"];
    assert_eq!(schemas["x-boat"], json!({"type": "string"}));
    assert_eq!(
        schemas["boat"],
        json!({
            "type": "object",
            "discriminator": {"propertyName": "type", "mapping": {"sail": "#/components/schemas/x-boat"}},
            "properties": {
                "title": {"type": "string"},
                "description": {"type": "string", "nullable": true},
                "example": {"$ref": "#/components/schemas/x-boat"},
                "summary": {"type": "array", "items": {"type": "string"}},
                "x-y": {"type": "object", "additionalProperties": false},
                "flag": {"type": "string", "enum": ["no", "on", "2.10"], "default": "no"},
                "odd": {"type": "integer"},
            },
        })
    );
    assert_eq!(
        facts["paths"]["/boats/{id}"]["get"]["responses"],
        json!({"200": {
            "headers": {"x-rate": {"schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/boat"}}},
        }})
    );
    let created = &facts["paths"]["/boats"]["post"];
    assert_eq!(created["operationId"], "postBoats");
    assert!(created["requestBody"]["content"]["multipart/form-data"].is_object());
}

#[test]
fn what_is_odd_is_reported_and_accepted() {
    let ran = Checkout::new().import("1.0", DESCRIPTION);
    assert!(ran.succeeded, "{}", ran.err);
    assert!(
        ran.out
            .contains("note: /paths/~1boats/post: no operationId, called `postBoats`"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("note: `const` is no keyword of OpenAPI 3.0 here"),
        "{}",
        ran.out
    );
}

#[test]
fn provenance_is_recorded() {
    let source = facts(&Checkout::with_1_0())["x-source"].clone();
    let url = "https://raw.githubusercontent.com/harbour/OpenAPI/abc/descriptions/1.0/api.intercom.io.yaml";
    assert_eq!(source["url"], url);
    assert_eq!(source["commit"], "abc");
    assert_eq!(source["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn the_same_original_keeps_its_provenance() {
    let checkout = Checkout::with_1_0();
    let file = checkout.path("originals/1.0.yaml");
    let arguments = [
        "import",
        "1.0",
        "--commit",
        "def",
        "--from",
        file.to_str().unwrap(),
    ];
    checkout.run(&arguments);
    assert_eq!(facts(&checkout)["x-source"]["commit"], "abc");
    checkout.write("originals/1.0.yaml", &format!("{DESCRIPTION}# more\n"));
    checkout.run(&arguments);
    assert_eq!(facts(&checkout)["x-source"]["commit"], "def");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let checkout = Checkout::with_1_0();
    let files = checkout.files();
    let again = checkout.import("1.0", DESCRIPTION);
    assert!(!again.out.contains("written:"), "{}", again.out);
    assert_eq!(checkout.files(), files);
    assert_eq!(
        Checkout::with_1_0().read("openapi/1.0.json"),
        checkout.read("openapi/1.0.json")
    );
}

#[test]
fn facts_are_their_own_facts() {
    let checkout = Checkout::with_1_0();
    let files = checkout.files();
    let ran = checkout.import("1.0", &checkout.read("openapi/1.0.json"));
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(checkout.files(), files);
}

#[test]
fn rejected_descriptions_say_why_and_leave_everything_alone() {
    let checkout = Checkout::new();
    let files = checkout.files();
    let rejected = [
        ("1.0", "a: [".to_owned(), "/originals/1.0.yaml: not YAML: "),
        (
            "1.0",
            "{\"a\": ".to_owned(),
            "/originals/1.0.yaml: not JSON: ",
        ),
        (
            "1.0",
            DESCRIPTION.replace("3.0.1", "3.1.0"),
            "/originals/1.0.yaml: /openapi: expected OpenAPI 3.0, found 3.1.0",
        ),
        (
            "1.0",
            DESCRIPTION.replace("version: 1.0", "version: 1.0.1"),
            "/originals/1.0.yaml: /info/version: `1.0.1` is not a version",
        ),
        (
            "1.1",
            DESCRIPTION.to_owned(),
            "/originals/1.1.yaml: /info/version: expected 1.1, found 1.0",
        ),
        (
            "latest",
            DESCRIPTION.to_owned(),
            "`latest` is not a version: expected the form `2.14`, or `Preview`",
        ),
    ];
    for (version, description, sentence) in rejected {
        let ran = checkout.import(version, &description);
        assert!(!ran.succeeded);
        assert!(ran.err.contains(sentence), "{}", ran.err);
        assert_eq!(checkout.files(), files);
    }
}

#[test]
fn two_operations_of_one_name_are_refused() {
    let checkout = Checkout::new();
    let files = checkout.files();
    let twin = "  /ships/{id}: {get: {tags: [Boats], responses: {}}}\ncomponents:";
    let names = r#"{"GET /ships/{}": {"resource": "boats", "verb": "get", "path": ["ship_id"]},
        "GET /boats/{}": {"resource": "boats", "verb": "get", "path": ["boat_id"]}}"#;
    checkout.write("openapi/names.json", names);
    let ran = checkout.import("1.0", &DESCRIPTION.replace("components:", twin));
    let sentence = "`GET /boats/{}` and `GET /ships/{}` of 1.0 are both called `boats.get`";
    assert!(ran.err.contains(sentence), "{}", ran.err);
    assert!(!checkout.path("openapi/1.0.json").exists());

    checkout.write("openapi/names.json", "{}");
    let same = "  /boats/{name}: {get: {tags: [Boats], responses: {}}}\ncomponents:";
    let ran = checkout.import("1.0", &DESCRIPTION.replace("components:", same));
    assert!(ran.err.contains(
        "/paths/~1boats~1{id}/get and /paths/~1boats~1{name}/get are the same operation"
    ));

    checkout.write(
        "openapi/names.json",
        r#"{"GET /boats/{}": {"resource": "boats", "verb": "get", "path": ["page"]}}"#,
    );
    let ran = checkout.import("1.0", DESCRIPTION);
    let sentence = "openapi/names.json: `GET /boats/{}`: the setter `page` has a second meaning";
    assert!(ran.err.contains(sentence), "{}", ran.err);

    std::fs::remove_file(checkout.path("openapi/names.json")).unwrap();
    assert_eq!(checkout.files(), files);
}

#[test]
fn what_has_a_name_of_the_crates_own_gets_another_one() {
    let checkout = Checkout::new();
    let description = DESCRIPTION
        .replace("name: page", "name: stream")
        .replace("[Boats]", "[Webhooks]")
        .replace("/boats", "/webhooks")
        .replace(
            "components:",
            "  /webhooks/{id}/clone: {post: {tags: [Webhooks], responses: {}}}\ncomponents:",
        );
    let ran = checkout.import("1.0", &description);
    assert!(ran.succeeded, "{}", ran.err);
    for named in [
        "GET /webhooks/{} is webhooks_api.get\n",
        "POST /webhooks/{}/clone is webhooks_api.create_clone\n",
    ] {
        assert!(ran.out.contains(named), "{}", ran.out);
    }
}
