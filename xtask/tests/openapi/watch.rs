//! The scheduled import, with a folder in place of the download.

use crate::support::{Checkout, DESCRIPTION, Ran};

/// The command of `.github/workflows/spec-watch.yml`.
fn watch(checkout: &Checkout) -> (Ran, String) {
    let report = checkout.path("report.md");
    let originals = checkout.path("originals");
    let arguments = ["watch", "--report", report.to_str().unwrap()];
    let from = ["--from", originals.to_str().unwrap()];
    let ran = checkout.run(&[arguments.as_slice(), &from].concat());
    let report = checkout.read("report.md");
    (ran, report)
}

fn version(number: &str) -> String {
    DESCRIPTION.replace("version: 1.0", &format!("version: {number}"))
}

#[test]
fn what_is_not_new_changes_nothing() {
    let checkout = Checkout::with_1_0();
    // Older than all, or not finished: nobody asked for it.
    checkout.write("originals/0.9.yaml", &version("0.9"));
    checkout.write("originals/Preview.yaml", &version("Preview"));
    checkout.write("originals/README.yaml", "prose");
    let files = checkout.files();
    let (ran, report) = watch(&checkout);
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(report, "Nothing is new.\n");
    assert_eq!(checkout.files(), files);
}

#[test]
fn a_new_version_is_imported_and_reported_with_what_is_left_to_do() {
    let checkout = Checkout::with_1_0();
    let crew = "  /crew/{id}: {get: {tags: [Crew], responses: {}}}\ncomponents:";
    let original = version("1.1").replace("components:", crew);
    checkout.write("originals/1.1.yaml", &original);
    let (ran, report) = watch(&checkout);
    assert!(ran.succeeded, "{}", ran.err);
    for line in [
        "## 1.1 is new\n",
        "1.0 → 1.1\n+ GET /crew/{}: added (additive)\n",
        "named: GET /crew/{} is crew.get\n",
        "## Left to do\n",
        "docs.json: operations: GET /crew/{} (crew.get)\n",
        "unreviewed.json: 1.1; ",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
    assert!(!report.contains("## 1.0"), "{report}");
    assert!(checkout.read("Cargo.toml").contains("v1_1 = []"));

    let files = checkout.files();
    let (_, again) = watch(&checkout);
    assert_eq!(again, "Nothing is new.\n");
    assert_eq!(checkout.files(), files);
}

#[test]
fn an_original_that_changed_is_imported_again_and_compared_with_what_it_was() {
    let checkout = Checkout::with_1_0();
    let changed = DESCRIPTION.replace(
        "        flag:",
        "        colour: {type: string}\n        flag:",
    );
    checkout.write("originals/1.0.yaml", &changed);
    let (ran, report) = watch(&checkout);
    assert!(ran.succeeded, "{}", ran.err);
    let section =
        "## 1.0 is not what it was\n\n```text\n1.0 → 1.0\n+ boat.colour: added (additive)\n";
    assert!(report.starts_with(section), "{report}");
    assert!(checkout.read("openapi/1.0.json").contains("colour"));
}

#[test]
fn a_version_that_is_refused_keeps_no_other_from_being_imported_and_is_an_error() {
    let checkout = Checkout::with_1_0();
    checkout.write(
        "originals/1.1.yaml",
        &version("1.1").replace("3.0.1", "3.1.0"),
    );
    checkout.write("originals/1.2.yaml", &version("1.2"));
    let (ran, report) = watch(&checkout);
    assert!(!ran.succeeded);
    assert!(
        ran.err
            .contains("1 of the versions that are new cannot be imported"),
        "{}",
        ran.err
    );
    assert!(report.contains("## 1.1 is refused\n"), "{report}");
    assert!(
        report.contains("/openapi: expected OpenAPI 3.0, found 3.1.0"),
        "{report}"
    );
    assert!(report.contains("## 1.2 is new\n"), "{report}");
    assert!(checkout.path("openapi/1.2.json").exists());
    assert!(!checkout.path("openapi/1.1.json").exists());
}
