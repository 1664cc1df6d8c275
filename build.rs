//! Generates the code of every enabled version of the API from its description in `openapi/`.

use std::{collections::BTreeSet, env, process::ExitCode};

use intercom_client_codegen::{
    Features, Shared,
    emit::write,
    error::Problem,
    lower::select::Selection,
    spec::{load, names::Names},
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
    println!("cargo::rerun-if-changed=openapi");
    let openapi = write::directory("CARGO_MANIFEST_DIR")?.join("openapi");
    let out = write::directory("OUT_DIR")?;
    let shared = Shared::read(&openapi)?;
    let features = Features {
        dynamic: is_on("dynamic"),
        mock: is_on("mock"),
        schemars: is_on("schemars"),
    };
    let mut mounted = Vec::new();
    for (version, facts) in load::versions(&openapi)? {
        if is_on(&version.feature()) {
            let normalized = shared.normalized(&facts)?;
            let module = shared.module(normalized, &selection(&shared.names), features)?;
            write::module(&out, &version, &module)?;
            mounted.push(version);
        }
    }
    write::mount(&out, &mounted)?;
    // Tests that name types cannot know what a version calls them that was just imported.
    let unreviewed = load::unreviewed(&openapi)?;
    mounted.retain(|version| !unreviewed.contains(version));
    write::each_version(&out, &mounted)
}

/// The resources whose features are on.
fn selection(names: &Names) -> Selection {
    if is_on("all-resources") {
        return Selection::All;
    }
    let resources: BTreeSet<&String> = names.0.values().map(|name| &name.resource).collect();
    let on = resources.into_iter().filter(|resource| is_on(resource));
    Selection::Only(on.cloned().collect())
}

fn is_on(feature: &str) -> bool {
    let name = feature.to_ascii_uppercase().replace('-', "_");
    env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}
