//! What `check` finds and `diff` says.

use crate::support::{Checkout, DESCRIPTION, Ran};

fn check(checkout: &Checkout) -> Ran {
    let originals = checkout.path("originals");
    checkout.run(&["check", "--from", originals.to_str().unwrap()])
}

#[test]
fn what_the_original_gives_passes() {
    let ran = check(&Checkout::with_1_0());
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, "1.0: what its original gives\n");
}

#[test]
fn a_changed_fact_is_found() {
    let checkout = Checkout::with_1_0();
    let facts = checkout.read("openapi/1.0.json");
    checkout.write("openapi/1.0.json", &facts.replace("\"motor\"", "\"steam\""));
    let ran = check(&checkout);
    assert!(!ran.succeeded);
    let place =
        "/paths/~1boats/post/requestBody/content/application~1json/schema/properties/kind/enum/1";
    assert_eq!(
        ran.out,
        format!("1.0: openapi/1.0.json: {place}: not what /originals/1.0.yaml gives\n")
    );
    assert_eq!(
        ran.err,
        "error: 1 of the checked versions are not what their originals give\n"
    );

    checkout.write("openapi/1.0.json", &format!("{facts}\n"));
    let ran = check(&checkout);
    assert!(!ran.succeeded);
    assert!(
        ran.out
            .contains("written in another form than the import's"),
        "{}",
        ran.out
    );
}

#[test]
fn a_changed_original_is_found() {
    let checkout = Checkout::with_1_0();
    checkout.write("originals/1.0.yaml", &format!("{DESCRIPTION}# more\n"));
    let ran = check(&checkout);
    assert!(!ran.succeeded);
    assert!(
        ran.out
            .starts_with("1.0: openapi/1.0.json: /x-source/sha256: "),
        "{}",
        ran.out
    );
}

#[test]
fn a_missing_version_or_original_is_named() {
    let checkout = Checkout::with_1_0();
    let ran = checkout.run(&["check", "--version", "1.1"]);
    assert_eq!(ran.err, "error: there is no openapi/1.1.json to check\n");
    let ran = checkout.run(&["check", "--version", "1.0", "--from", "/nowhere"]);
    assert!(
        ran.out.starts_with("1.0: cannot read /nowhere/1.0.yaml: "),
        "{}",
        ran.out
    );
    let ran = checkout.run(&["diff", "1.0", "1.1", "--from", "/nowhere"]);
    assert!(
        ran.err
            .starts_with("error: cannot read /nowhere/1.1.yaml: "),
        "{}",
        ran.err
    );
}

/// What `diff` prints after 1.0 with these replacements became 1.1.
fn diff(replacements: &[(&str, &str)]) -> String {
    let checkout = Checkout::with_1_0();
    let mut newer = DESCRIPTION.replace("version: 1.0", "version: 1.1");
    for (old, new) in replacements {
        assert!(newer.contains(old), "{old}");
        newer = newer.replace(old, new);
    }
    checkout.write("originals/1.1.yaml", &newer);
    let originals = checkout.path("originals");
    let ran = checkout.run(&["diff", "1.0", "1.1", "--from", originals.to_str().unwrap()]);
    assert!(ran.succeeded, "{}", ran.err);
    assert!(ran.out.starts_with("1.0 → 1.1\n"));
    ran.out["1.0 → 1.1\n".len()..].to_owned()
}

#[test]
fn no_difference_is_no_change() {
    assert_eq!(
        diff(&[("Prose", "Poetry"), ("/boats/{id}", "/boats/{boat_id}")]),
        "verdict: no change\n"
    );
}

#[test]
fn additions_are_additive() {
    let out = diff(&[
        (
            "components:",
            "  /anchors: {get: {tags: [Anchors], responses: {}}}\ncomponents:",
        ),
        ("enum: [sail, motor]", "enum: [sail, motor, steam]"),
        (
            "        odd:",
            "        colour: {type: string}\n        odd:",
        ),
        ("required: [title]", "required: []"),
    ]);
    assert_eq!(
        out,
        "+ GET /anchors: added (additive)\n\
         ~ POST /boats body.kind: value `steam` added (additive)\n\
         ~ POST /boats body.title: no longer required (additive)\n\
         + boat.colour: added (additive)\n\
         verdict: additive, 4 changes\n"
    );
}

#[test]
fn what_requests_must_newly_say_or_no_longer_may_is_breaking() {
    let out = diff(&[
        ("required: [title]", "required: [title, kind, sails]"),
        (
            "{title: {type: string}, kind",
            "{title: {type: integer}, sails: {type: integer}, kind",
        ),
        ("enum: [sail, motor]", "enum: [sail]"),
        (
            "      - name: page\n        in: query\n        schema: {type: integer, default: 1}\n",
            "",
        ),
    ]);
    assert_eq!(
        out,
        "- GET /boats/{} ?page: removed (breaking)\n\
         ~ POST /boats body.kind: now required (breaking)\n\
         ~ POST /boats body.kind: value `motor` removed (breaking)\n\
         + POST /boats body.sails: added, and required (breaking)\n\
         ~ POST /boats body.title: string became integer (breaking)\n\
         verdict: breaking, 5 of 5 changes\n"
    );
}

#[test]
fn responses_may_say_less_but_not_otherwise() {
    let out = diff(&[
        (
            "type: string, nullable: true, description",
            "type: string, description",
        ),
        ("enum: [no, on, 2.10]", "enum: [no, on]"),
        (
            "items: {type: string, description: Prose.}",
            "items: {type: integer}",
        ),
        ("        odd: {type: integer, const: 3}\n", ""),
    ]);
    assert_eq!(
        out,
        "~ boat.description: no longer nullable (additive)\n\
         ~ boat.flag: value `2.10` removed (additive)\n\
         - boat.odd: removed (breaking)\n\
         ~ boat.summary: list of string became list of integer (breaking)\n\
         verdict: breaking, 2 of 4 changes\n"
    );
}

#[test]
fn the_whole_stands_for_its_parts() {
    let start = DESCRIPTION.find("  /boats:\n").unwrap();
    let end = DESCRIPTION.find("components:").unwrap();
    let out = diff(&[(&DESCRIPTION[start..end], "")]);
    assert_eq!(
        out,
        "- POST /boats: removed (breaking)\nverdict: breaking, 1 of 1 changes\n"
    );
}
