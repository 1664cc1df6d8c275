//! What `cargo xtask conformance` has the crate do: `read FILE` or `wire FILE`, with a line of JSON for each thing to do.

mod read;
mod wire;

use std::{fs, process::ExitCode};

use intercom_client::Operation;

/// What is asked of a version.
pub struct Version {
    number: &'static str,
    read_answer: read::Read,
    read_body: read::Read,
    operations: &'static [&'static Operation],
    call: wire::Call,
}

macro_rules! each_version {
    ($($module:ident $number:literal;)*) => {
        /// Every version.
        const VERSIONS: &[Version] = &[$(Version {
            number: $number,
            read_answer: intercom_client::$module::Api::read_answer,
            read_body: intercom_client::$module::Api::read_body,
            operations: intercom_client::$module::OPERATIONS,
            call: |intercom, options, operation, parameters, body| {
                Box::pin(async move {
                    let api = intercom.$module().with(options);
                    api.call(&operation, parameters, body).await
                })
            },
        }),*];
    };
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let run = match arguments.first().map(String::as_str) {
        Some("read") => read::all,
        Some("wire") => wire::all,
        _ => {
            eprintln!("`cargo xtask conformance` runs this");
            return ExitCode::FAILURE;
        }
    };
    run(&fs::read_to_string(&arguments[1]).expect("what to do can be read"));
    ExitCode::SUCCESS
}
