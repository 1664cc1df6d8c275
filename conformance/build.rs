//! Lists every version there is, for the macros that do something with each.

use std::process::ExitCode;

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
    let openapi = write::directory("CARGO_MANIFEST_DIR")?.join("../openapi");
    let versions: Vec<_> = load::versions(&openapi)?
        .into_iter()
        .map(|(version, _)| version)
        .collect();
    write::each_version(&write::directory("OUT_DIR")?, &versions)
}
