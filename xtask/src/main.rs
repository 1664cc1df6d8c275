//! `cargo xtask`: what maintainers of this crate do now and then.

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use intercom_client_codegen::{error::Problem, spec::version::Version};
use xtask::{conformance, openapi, repo::Tree, tokens};

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
    /// Reads what others published of the API with the types of this crate
    #[command(subcommand)]
    Conformance(Conformance),
    /// Writes the tokens that are generated for each version, an item a line, to compare two commits
    Tokens {
        /// Where the files go
        directory: PathBuf,
    },
}

#[derive(Subcommand)]
enum Conformance {
    /// Every example of the descriptions, read and written again
    Examples {
        /// Where the originals are (`2.14.yaml`)
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
    /// Every recorded answer, read
    Recorded {
        /// A record a line
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Every operation, driven against Stoplight Prism on the originals; needs Node.js with npm
    Wire {
        /// Where the originals are (`2.14.yaml`)
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
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
    /// Proves that every committed file is exactly what its original gives
    Check {
        /// Where the originals are (`2.16.yaml`), instead of downloads
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Only this version; may be repeated
        #[arg(long = "version", value_name = "VERSION")]
        versions: Vec<Version>,
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
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(tree: &Tree, command: Command) -> Result<(), Problem> {
    let command = match command {
        Command::Openapi(command) => command,
        Command::Tokens { directory } => return tokens::run(tree, &directory),
        Command::Conformance(Conformance::Examples { from }) => {
            return conformance::examples(tree, &from);
        }
        Command::Conformance(Conformance::Recorded { from }) => {
            return conformance::recorded(tree, &from);
        }
        Command::Conformance(Conformance::Wire { from }) => {
            return conformance::wire(tree, &from);
        }
    };
    match command {
        Openapi::Import {
            version,
            from,
            commit,
        } => {
            let from = from.as_deref();
            openapi::import::run(
                tree,
                openapi::import::Request {
                    version,
                    from,
                    commit,
                },
            )
        }
        Openapi::Check { from, versions } => openapi::check::run(tree, &versions, from.as_deref()),
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
