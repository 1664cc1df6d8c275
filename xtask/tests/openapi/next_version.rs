//! The version after the newest one, made of it with what no description had so far: from its import to a build that passes.

mod description;
mod odd;

use std::{
    collections::BTreeSet,
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use intercom_client_codegen::spec::load;
use serde_json::Value;
use toml_edit::DocumentMut;

use self::description::description;
use crate::support::{CONFORMANCE, Checkout};

const NEXT: &str = "99.0";

/// What its new operations are called.
const NAMES: [&str; 30] = [
    "DELETE /buoys is buoys.delete_many",
    "DELETE /buoys/{} is buoys.delete",
    "GET /buoys is buoys.list",
    "GET /buoys/{} is buoys.get",
    "GET /buoys/{}/colour is buoys.get_colour",
    "GET /buoys/{}/depth is buoys.get_depth",
    "HEAD /buoys/{} is buoys.head",
    "PUT /buoys/{} is buoys.update",
    "GET /option is option_api.get",
    "GET /option/ is option_api.get_option",
    "GET /charts is charts.get",
    "POST /charts is charts.create",
    "POST /webhooks is webhooks_api.create",
    "GET /lanterns/{} is lanterns.get",
    "GET /lanterns/{}/{} is lanterns.get_by_lantern_id_and_colour",
    "PUT /lanterns/{} is lanterns.update",
    "GET /moorings/{}/moorings_metrics is moorings.get_metrics",
    "GET /moorings/{}/tides is moorings.list_tides",
    "POST /charts/{}/publish is charts.publish",
    "POST /moorings/search is moorings.search",
    "DELETE /vessels/{} is vessels.delete",
    "GET /vessels is vessels.list",
    "GET /vessels/{} is vessels.get",
    "GET /vessels/{}/log is vessels.download_log",
    "PATCH /vessels/{} is vessels.update",
    "POST /vessels is vessels.create",
    "POST /vessels/bulk is vessels.bulk",
    "POST /vessels/{}/clone is vessels.create_clone",
    "POST /vessels/{}/pictures is vessels.create_picture",
    "PUT /vessels/{}/log is vessels.update_log",
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The description of the newest version that somebody has looked through, which an import takes as it takes an original.
fn newest() -> Value {
    let openapi = repository().join("openapi");
    let unreviewed = load::unreviewed(&openapi).unwrap();
    let mut versions = load::versions(&openapi).unwrap();
    versions.retain(|(version, _)| !unreviewed.contains(version));
    let (_, facts) = versions.pop().unwrap();
    load::json(&facts).unwrap()
}

#[test]
fn the_next_version_is_imported_without_an_edit_by_hand() {
    let checkout = Checkout::copy_of(&repository());
    // Of what nobody has looked through, nothing is known that the rest could be compared with.
    for version in load::unreviewed(&checkout.path("openapi")).unwrap() {
        fs::remove_file(checkout.path(&format!("openapi/{version}.json"))).unwrap();
    }
    let before = checkout.contents();
    let original = description(&newest(), NEXT).to_string();
    let ran = checkout.import(NEXT, &original);
    assert!(ran.succeeded, "{}", ran.err);

    let after = checkout.contents();
    let is_changed = |name: &&String| before.get(*name) != after.get(*name);
    let changed: BTreeSet<&str> = after
        .keys()
        .filter(is_changed)
        .map(String::as_str)
        .collect();
    let expected = [
        "Cargo.toml",
        "conformance/Cargo.toml",
        "openapi/99.0.json",
        "openapi/corrections.json",
        "openapi/docs.json",
        "openapi/names.json",
        "openapi/unreviewed.json",
    ];
    assert_eq!(changed, BTreeSet::from(expected));
    for name in NAMES {
        let line = format!("named: {name}\n");
        assert!(ran.out.contains(&line), "{name}: {}", ran.out);
    }
    let note = "note: the schema `contact` is gone and `person` looks like it; ";
    assert!(ran.out.contains(note), "{}", ran.out);
    let todo = checkout.run(&["todo"]);
    assert!(todo.succeeded, "{}", todo.err);
    for line in [
        "docs.json: operations: POST /vessels/bulk (vessels.bulk; read this name: it may be no verb)\n",
        "docs.json: resources: webhooks_api\n",
        "docs.json: plain_json: vessel.length\n",
        "unreviewed.json: 99.0; ",
    ] {
        assert!(todo.out.contains(line), "{}", todo.out);
    }

    let again = checkout.import(NEXT, &original);
    assert!(again.succeeded, "{}", again.err);
    assert_eq!(checkout.contents(), after);
}

/// Takes the version through the build and the tests of every operation; with the newest of the others alone beside it.
#[test]
#[ignore = "builds the client and the conformance crate, which takes minutes; `just next-version` runs it"]
fn the_next_version_builds_and_passes_the_tests_of_every_operation() {
    let tree = tempfile::tempdir().unwrap();
    let root = tree.path();
    copy_tracked(root);
    renumber(root);
    let original = root.join("original.json");
    fs::write(&original, description(&newest(), NEXT).to_string()).unwrap();
    let import = ["openapi", "import", NEXT, "--from"].map(OsStr::new);
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.args(import).arg(&original).arg("--root").arg(root);
    timed("import", &mut xtask);

    // What is built besides has been built by others.
    let kept = format!("{NEXT}.json");
    for (version, facts) in load::versions(&root.join("openapi")).unwrap() {
        if version.as_str() != "2.14" && !facts.ends_with(&kept) {
            fs::remove_file(facts).unwrap();
        }
    }
    let manifest = fs::read_to_string(root.join(CONFORMANCE)).unwrap();
    let is_kept = |line: &&str| !line.starts_with("    \"v2_");
    let manifest: Vec<&str> = manifest.lines().filter(is_kept).collect();
    fs::write(root.join(CONFORMANCE), manifest.join("\n")).unwrap();

    let features = "rustls,all-resources,v99_0,dynamic,exports,mock,schemars,tracing,webhooks";
    let alone = ["--no-default-features", "--features", features];
    let mut check = cargo(root, "check", "intercom-client");
    let log = timed("check with every feature", check.args(alone));
    assert!(!log.contains("warning"), "{log}");
    let mut test = cargo(root, "test", "intercom-client");
    test.args(["--features", "v99_0"]);
    test.args([
        "--test",
        "user_lines",
        "--test",
        "models",
        "--test",
        "search",
    ]);
    timed("tests that name types", &mut test);
    let mut test = cargo(root, "test", "conformance");
    timed(
        "tests of every operation",
        test.args(["--test", "conformance"]),
    );
}

/// Gives the packages of a copy another version: in one target folder, cargo takes packages of one name and version in two checkouts for
/// the same, and would find fresh in the repository what was built of the copy.
fn renumber(root: &Path) {
    for manifest in ["", "codegen", "conformance", "xtask"] {
        let manifest = root.join(manifest).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let mut text: DocumentMut = text.parse().unwrap();
        text["package"]["version"] = toml_edit::value("99.0.0");
        if let Some(own) = text
            .get_mut("build-dependencies")
            .and_then(|all| all.get_mut("intercom-client-codegen"))
        {
            own.as_table_like_mut().unwrap().remove("version");
        }
        fs::write(manifest, text.to_string()).unwrap();
    }
}

fn cargo(root: &Path, command: &str, package: &str) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([command, "--quiet", "--package", package]);
    cargo.current_dir(root);
    // Its dependencies are those that are built already.
    let built = Path::new(env!("CARGO_BIN_EXE_xtask")).ancestors().nth(2);
    cargo.env("CARGO_TARGET_DIR", built.unwrap());
    cargo
}

/// Runs a step that has to succeed, prints how long it took, and returns what it wrote.
fn timed(step: &str, command: &mut Command) -> String {
    let start = Instant::now();
    let output = command.output().unwrap();
    println!("{step}: {:.0} s", start.elapsed().as_secs_f64());
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{step}: {text}");
    text
}

/// Copies the files of the repository that are under version control, as they are now.
fn copy_tracked(to: &Path) {
    let mut git = Command::new("git");
    let listed = git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let listed = listed.current_dir(repository()).output().unwrap();
    assert!(listed.status.success(), "git ls-files");
    let listed = String::from_utf8(listed.stdout).unwrap();
    for name in listed.split_terminator('\0') {
        let from = repository().join(name);
        if from.is_file() {
            fs::create_dir_all(to.join(name).parent().unwrap()).unwrap();
            fs::copy(from, to.join(name)).unwrap();
        }
    }
}
