//! Lists every version there is, for the macros that do something with each.

use std::{env, path::PathBuf, process::ExitCode};

use intercom_client_codegen::{emit::write, error::Problem, spec::load};

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
    println!("cargo::rerun-if-changed=../openapi");
    let openapi = directory("CARGO_MANIFEST_DIR")?.join("../openapi");
    let versions: Vec<_> = load::versions(&openapi)?
        .into_iter()
        .map(|(version, _)| version)
        .collect();
    write::each_version(&directory("OUT_DIR")?, &versions)
}

fn directory(variable: &str) -> Result<PathBuf, Problem> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| {
        Problem::new(format!(
            "{variable} is not set; cargo sets it for build scripts"
        ))
    })
}
