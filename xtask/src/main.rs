//! `cargo xtask`: what maintainers of this crate do now and then.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{self, ExitCode},
};

use clap::{Parser, Subcommand};

use intercom_client_codegen::{error::Problem, spec::version::Version};
use xtask::{openapi, print::say, repo::Tree, tokens};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Maintains intercom-client")]
struct Arguments {
    /// Another checkout than the one this was built from
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Works on the descriptions in openapi/
    #[command(subcommand)]
    Openapi(Openapi),
    /// Reads what others published of the API with the types of this crate: `examples`, `recorded` or `wire`
    Conformance {
        /// What the binary of `conformance/` is given
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        arguments: Vec<OsString>,
    },
    /// Writes the tokens that are generated for each version, an item a line, to compare two commits
    Tokens {
        /// Where the files go
        directory: PathBuf,
        /// What another commit wrote, to compare with; codegen/renamed_paths.json says which paths were only renamed since
        #[arg(long, value_name = "DIR")]
        before: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Openapi {
    /// Makes Intercom's description of a version a version of this crate
    Import {
        /// `2.16`, or `Preview`
        version: Version,
        /// The description, instead of a download
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        /// The commit it is from, instead of the one in openapi/upstream.json
        #[arg(long, value_name = "SHA")]
        commit: Option<String>,
    },
    /// Imports every version that is new, or not what it was, and writes a report of it in Markdown
    Watch {
        /// Where the report goes
        #[arg(long, value_name = "FILE")]
        report: PathBuf,
        /// Where the originals are (`2.17.yaml`), instead of the newest commit of their repository
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
    /// Proves that every committed file is exactly what its original gives
    Check {
        /// Where the originals are (`2.16.yaml`), instead of downloads
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Only this version; may be repeated
        #[arg(long = "version", value_name = "VERSION")]
        versions: Vec<Version>,
    },
    /// Lists what a person still has to say about what imports brought
    Todo {
        /// Fail if there is anything, as a release does
        #[arg(long)]
        check: bool,
    },
    /// Shows what changed from one version to another
    Diff {
        old: Version,
        new: Version,
        /// Where the originals of versions are that are not in openapi/, instead of downloads
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let tree = Tree::at(arguments.root.unwrap_or_else(checkout));
    match run(&tree, arguments.command) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(tree: &Tree, command: Command) -> Result<ExitCode, Problem> {
    match command {
        Command::Openapi(command) => openapi(tree, command)?,
        Command::Tokens { directory, before } => {
            tokens::run(tree, &directory)?;
            if let Some(before) = before {
                tokens::compare(&before, &directory, &tree.renamed_paths())?;
            }
        }
        Command::Conformance { arguments } => return conformance(tree, &arguments),
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the crate in `conformance/`, which takes all versions of the client with it, and runs it; ends as it does.
fn conformance(tree: &Tree, arguments: &[OsString]) -> Result<ExitCode, Problem> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = process::Command::new(cargo)
        .args(["run", "--quiet", "--package", "conformance"])
        .arg("--manifest-path")
        .arg(tree.manifest())
        .arg("--")
        .args(arguments)
        .status()
        .map_err(|error| Problem::new(format!("cannot run cargo: {error}")))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn openapi(tree: &Tree, command: Openapi) -> Result<(), Problem> {
    match command {
        Openapi::Import {
            version,
            from,
            commit,
        } => {
            let request = openapi::import::Request {
                version,
                from: from.as_deref(),
                commit,
            };
            openapi::import::run(tree, request)?.iter().for_each(say);
            Ok(())
        }
        Openapi::Watch { report, from } => openapi::watch::run(tree, &report, from.as_deref()),
        Openapi::Check { from, versions } => openapi::check::run(tree, &versions, from.as_deref()),
        Openapi::Todo { check } => match openapi::todo::run(tree)? {
            left if check && left > 0 => {
                Err(Problem::new("a release waits until nothing is left to do"))
            }
            _ => Ok(()),
        },
        Openapi::Diff { old, new, from } => openapi::diff::run(tree, &old, &new, from.as_deref()),
    }
}

/// The checkout that cargo runs this for; of several copies of the project it is the one whose command was called.
fn checkout() -> PathBuf {
    let package =
        env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let package = Path::new(&package);
    package.parent().unwrap_or(package).to_owned()
}
