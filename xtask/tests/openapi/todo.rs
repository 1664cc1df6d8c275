//! What an import leaves to a person, and how it is found again.

use crate::support::{Checkout, DESCRIPTION, MANIFEST};
use serde_json::{Value, json};

#[test]
fn what_needs_words_is_marked_once_and_listed_until_it_has_them() {
    let checkout = Checkout::with_1_0();
    let mut docs: Value = serde_json::from_str(&checkout.read("openapi/docs.json")).unwrap();
    assert_eq!(docs["operations"]["GET /boats/{}"], "todo");
    assert_eq!(docs["resources"], json!({ "boats": "todo" }));
    assert_eq!(docs["fields"]["page"], "todo");
    assert_eq!(docs["plain_json"], json!({ "boat.x-y": "todo" }));
    assert!(!checkout.read("Cargo.toml").contains("todo"));

    let listed = checkout.run(&["todo"]);
    assert!(listed.succeeded, "{}", listed.err);
    for line in [
        "docs.json: operations: GET /boats/{} (boats.get)\n",
        "docs.json: fields: title (boat.title, boats_create_request.title)\n",
    ] {
        assert!(listed.out.contains(line), "{}", listed.out);
    }
    let checked = checkout.run(&["todo", "--check"]);
    assert!(!checked.succeeded);

    // Words of a person stay when the version is imported again.
    for section in docs.as_object_mut().unwrap().values_mut() {
        for words in section.as_object_mut().unwrap().values_mut() {
            *words = "Words.".into();
        }
    }
    let mut written = serde_json::to_string_pretty(&docs).unwrap();
    written.push('\n');
    checkout.write("openapi/docs.json", &written);
    checkout.write("openapi/unreviewed.json", "[]\n");
    let manifest = MANIFEST.replace("## Boats.", "## Operations of `boats`.");
    checkout.write("Cargo.toml", &manifest);
    checkout.import("1.0", DESCRIPTION);
    assert_eq!(checkout.read("openapi/docs.json"), written);
    let manifest = MANIFEST.replace("## Boats.", "## Words.");
    assert_eq!(checkout.read("Cargo.toml"), manifest);
    let checked = checkout.run(&["todo", "--check"]);
    assert!(checked.succeeded, "{}{}", checked.out, checked.err);
    assert_eq!(checked.out, "nothing to do\n");
}

#[test]
fn a_todo_that_no_version_needs_is_listed_too() {
    let checkout = Checkout::with_1_0();
    let docs = checkout.read("openapi/docs.json");
    let docs = docs.replace("\"page\"", "\"pages\"");
    checkout.write("openapi/docs.json", &docs);
    let listed = checkout.run(&["todo"]).out;
    assert!(
        listed.contains("fields: pages (no version has it)\n"),
        "{listed}"
    );
    let missing = "docs.json: fields: boats.page is missing, which 1.0 has\n";
    assert!(listed.contains(missing), "{listed}");
}

#[test]
fn a_new_version_is_unreviewed_until_somebody_says_otherwise() {
    let checkout = Checkout::with_1_0();
    assert_eq!(
        checkout.read("openapi/unreviewed.json"),
        "[\n  \"1.0\"\n]\n"
    );
    let listed = checkout.run(&["todo"]).out;
    assert!(listed.contains("unreviewed.json: 1.0; "), "{listed}");

    checkout.write("openapi/unreviewed.json", "[]\n");
    checkout.import("1.0", DESCRIPTION);
    assert_eq!(checkout.read("openapi/unreviewed.json"), "[]\n");
    assert!(!checkout.run(&["todo"]).out.contains("unreviewed"));
}
