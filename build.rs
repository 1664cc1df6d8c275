//! Generates the code of every enabled version of the API from its description in `openapi/`.

#[path = "build/mod.rs"]
mod pipeline;

use std::{collections::BTreeSet, env, path::Path, path::PathBuf, process::ExitCode};

use pipeline::{
    check, correct, docs::Docs, finish, generate, load, names::Names, normalize, problem::Problem,
    select::{self, Selection}, write,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Problem> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=openapi");
    let openapi = directory("CARGO_MANIFEST_DIR")?.join("openapi");
    let out = directory("OUT_DIR")?;
    let corrections = correct::read(&openapi.join("corrections.json"))?;
    let names = Names::read(&openapi.join("names.json"))?;
    let docs = Docs::read(&openapi.join("docs.json"))?;
    let mut mounted = Vec::new();
    for (version, path) in load::versions(&openapi)? {
        if is_on(&version.feature()) {
            generate_version(&path, &corrections, &names, &docs, &out).map_err(|problem| problem.within(&version))?;
            mounted.push(version);
        }
    }
    write::mount(&out, &mounted)
}

fn generate_version(
    path: &Path,
    corrections: &[correct::Correction],
    names: &Names,
    docs: &Docs,
    out: &Path,
) -> Result<(), Problem> {
    let mut description = load::description(path)?;
    correct::apply(corrections, &mut description)?;
    check::check(&description)?;
    let mut normalized = normalize::normalize(description, names, docs)?;
    select::select(&mut normalized, &selection(names));
    let generated = generate::generate(&normalized)?;
    let finished = finish::finish(generated, &normalized, docs)?;
    write::module(out, &normalized.version, &finished)
}

fn selection(names: &Names) -> Selection {
    if is_on("all-resources") {
        return Selection::All;
    }
    let resources: BTreeSet<String> = names.0.values().map(|name| name.resource.clone()).collect();
    Selection::Only(resources.into_iter().filter(|resource| is_on(resource)).collect())
}

fn is_on(feature: &str) -> bool {
    let name = feature.to_ascii_uppercase().replace('-', "_");
    env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}

fn directory(variable: &str) -> Result<PathBuf, Problem> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| Problem::new(format!("{variable} is not set; cargo sets it for build scripts")))
}
