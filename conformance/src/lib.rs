//! `cargo xtask conformance`: what others published of the API, read and sent by the types of this crate.

pub mod cases;
mod drive;
mod examples;
pub mod known;
pub mod plan;
pub mod prism;
mod read;
mod recorded;
mod report;
pub mod versions;
mod wire;

use std::path::Path;

use serde_json::Value;

pub use self::{examples::examples, recorded::recorded, wire::wire};
use intercom_client_codegen::{
    error::Problem,
    spec::{load, version::Version},
};
use xtask::{
    repo::Tree,
    source::{self, Location},
    warnings::Notes,
    yaml,
};

/// Every version there is, oldest first.
fn versions(tree: &Tree) -> Result<Vec<Version>, Problem> {
    let versions = load::versions(&tree.openapi())?;
    Ok(versions.into_iter().map(|(version, _)| version).collect())
}

/// The original of a version.
fn original(path: &Path) -> Result<Value, Problem> {
    let bytes = source::fetch(&Location::File(path))?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| Problem::new(format!("{}: {error}", path.display())))?;
    yaml::parse(text, &mut Notes::default()).map_err(|problem| problem.within(path.display()))
}
