//! `cargo xtask conformance`: what others published of the API, read and sent by the types of this crate.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use xtask::repo::Tree;

#[derive(Parser)]
#[command(
    name = "cargo xtask conformance",
    about = "Reads what others published of the API with the types of this crate"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every example of the descriptions, read and written again
    Examples {
        /// Where the originals are (`2.14.yaml`)
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
    /// Every recorded response, read
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

fn main() -> ExitCode {
    let tree = Tree::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let outcome = match Arguments::parse().command {
        Command::Examples { from } => conformance::examples(&tree, &from),
        Command::Recorded { from } => conformance::recorded(&tree, &from),
        Command::Wire { from } => conformance::wire(&tree, &from),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
