//! `cargo xtask conformance`: hands the bodies that others published to `tests/conformance`, which reads them as the types do.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::{
    notes::Notes,
    pipeline::{
        document::{OperationRef, operation_key, operations},
        load::{self, Version},
        names::Names,
        problem::Problem,
    },
    places,
    source::{self, Place},
    tree::Tree,
    yaml,
};

/// Every example of every operation of every version, from the originals in a directory.
pub fn examples(tree: &Tree, from: &Path) -> Result<(), Problem> {
    let names = tree.read_names()?;
    let mut cases = Vec::new();
    for (version, _) in load::versions(&tree.openapi())? {
        let path = from.join(format!("{version}.yaml"));
        let place = Place::File(&path);
        let bytes = source::fetch(&place)?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))?;
        let document = yaml::parse(text, &mut Notes::default())
            .map_err(|problem| problem.within(path.display()))?;
        for found in operations(&document) {
            collect(&document, &found, &version, &names, &mut cases)?;
        }
    }
    drive(tree, &cases)
}

/// Every recorded answer of a success, each by its own version or by the nearest one there is.
pub fn recorded(tree: &Tree, from: &Path) -> Result<(), Problem> {
    let names = tree.read_names()?;
    let versions: Vec<Version> = load::versions(&tree.openapi())?
        .into_iter()
        .map(|(version, _)| version)
        .collect();
    let text = fs::read_to_string(from)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", from.display())))?;
    let mut cases = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let record: Value = serde_json::from_str(line)
            .map_err(|error| Problem::new(format!("{}:{}: {error}", from.display(), index + 1)))?;
        let status = record["status"].as_u64().unwrap_or(200);
        let (Some(path), "response", 200..=299) = (
            record["path"].as_str(),
            record["kind"].as_str().unwrap_or_default(),
            status,
        ) else {
            continue;
        };
        let key = operation_key(record["method"].as_str().unwrap_or("GET"), path);
        let Ok(name) = names.get(&key) else { continue };
        let wanted = record["version"]
            .as_str()
            .and_then(|version| version.parse::<Version>().ok());
        let nearest = versions
            .iter()
            .find(|version| wanted.as_ref().is_none_or(|wanted| *version >= wanted));
        let Some(version) = nearest.or(versions.last()) else {
            continue;
        };
        let place = format!("{key} {} (recorded of {})", record["id"], record["version"]);
        cases.push(case(
            version,
            &name.resource,
            &name.verb,
            "recorded",
            &place,
            status,
            &record["body"],
        ));
    }
    drive(tree, &cases)
}

fn collect(
    document: &Value,
    found: &OperationRef<'_>,
    version: &Version,
    names: &Names,
    cases: &mut Vec<Value>,
) -> Result<(), Problem> {
    let name = names
        .get(&found.key())
        .map_err(|problem| problem.within(version))?;
    let mut add = |kind: &str, what: &str, status: u64, holder: &Value| {
        for media in holder["content"]
            .as_object()
            .into_iter()
            .flat_map(|content| content.values())
        {
            let named = media["examples"].as_object().into_iter().flatten();
            let named = named.map(|(example, holder)| (example.as_str(), &holder["value"]));
            let single = media.get("example").map(|value| ("example", value));
            for (example, value) in named.chain(single).filter(|(_, value)| !value.is_null()) {
                let place = format!("{} {what} `{example}`", found.key());
                cases.push(case(
                    version,
                    &name.resource,
                    &name.verb,
                    kind,
                    &place,
                    status,
                    value,
                ));
            }
        }
    };
    for (code, response) in found.operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let status = code.parse::<u64>().unwrap_or(500);
        let kind = if (200..300).contains(&status) {
            "answer"
        } else {
            "error"
        };
        add(kind, code, status, places::resolve(document, response));
    }
    add(
        "body",
        "body",
        0,
        places::resolve(document, &found.operation["requestBody"]),
    );
    Ok(())
}

fn case(
    version: &Version,
    resource: &str,
    verb: &str,
    kind: &str,
    place: &str,
    status: u64,
    value: &Value,
) -> Value {
    json!({
        "version": version.as_str(), "operation": format!("{resource}.{verb}"), "kind": kind,
        "place": place, "status": status, "value": value,
    })
}

/// Runs `tests/conformance` with every version on.
fn drive(tree: &Tree, cases: &[Value]) -> Result<(), Problem> {
    let mut lines = String::new();
    for case in cases {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{case}");
    }
    let file: PathBuf = std::env::temp_dir().join(format!(
        "intercom-client-cases-{}.jsonl",
        std::process::id()
    ));
    let written = fs::write(&file, lines);
    written.map_err(|error| Problem::new(format!("cannot write {}: {error}", file.display())))?;
    let versions = load::versions(&tree.openapi())?;
    let features: Vec<String> = versions
        .iter()
        .map(|(version, _)| version.feature())
        .collect();
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(tree.manifest().parent().unwrap_or(Path::new(".")))
        .args([
            "test",
            "--quiet",
            "--features",
            &format!("dynamic,{}", features.join(",")),
        ])
        .args(["--test", "conformance", "--"])
        .arg(&file)
        .status()
        .map_err(|error| Problem::new(format!("cannot run cargo: {error}")));
    let removed = fs::remove_file(&file);
    removed.map_err(|error| Problem::new(format!("cannot remove {}: {error}", file.display())))?;
    match status?.success() {
        true => Ok(()),
        false => Err(Problem::new("some bodies do not agree with their types")),
    }
}
