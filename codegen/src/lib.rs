//! From the facts of a published description to the Rust code of one version.
//!
//! `spec` (load, correct, check) → `lower` (description → what is known of operations and types; select) → `rewrite` (progenitor, and
//! what is done to its code) → `emit` (our own code, and the module): each folder imports what stands before it only.
//! Selecting comes after lowering, so that a type looks the same whichever resources are on.
//! The build script runs all steps; `cargo xtask` and the tests use some on their own.

pub mod casing;
pub mod emit;
pub mod error;
pub mod lower;
pub mod prelude;
pub mod rewrite;
pub mod spec;

use std::path::Path;

use syn::File;

pub use crate::emit::Features;
use crate::{
    error::Problem,
    lower::{Normalized, select::Selection},
    rewrite::progenitor,
    spec::{
        check,
        correct::{self, Correction},
        docs::Docs,
        load::{self, Description},
        names::Names,
    },
};

/// What all versions share.
pub struct Shared {
    pub corrections: Vec<Correction>,
    pub names: Names,
    pub docs: Docs,
}

impl Shared {
    /// Reads it from `openapi/`.
    pub fn read(openapi: &Path) -> Result<Self, Problem> {
        Ok(Self {
            corrections: correct::read(&openapi.join("corrections.json"))?,
            names: Names::read(&openapi.join("names.json"))?,
            docs: Docs::read(&openapi.join("docs.json"))?,
        })
    }

    /// The normalized description of the facts in a file.
    pub fn normalized(&self, facts: &Path) -> Result<Normalized, Problem> {
        let mut description = load::description(facts)?;
        let version = description.version.clone();
        let named = |problem: Problem| problem.within(&version);
        correct::apply(&self.corrections, &mut description).map_err(named)?;
        self.normalize(description)
    }

    /// The same of a description that is corrected already.
    pub fn normalize(&self, corrected: Description) -> Result<Normalized, Problem> {
        let version = corrected.version.clone();
        let named = |problem: Problem| problem.within(&version);
        check::check(&corrected).map_err(named)?;
        lower::normalize(corrected, &self.names, &self.docs).map_err(named)
    }

    /// The module of a version, cut down to what is selected.
    pub fn module(
        &self,
        mut normalized: Normalized,
        selection: &Selection,
        features: Features,
    ) -> Result<File, Problem> {
        lower::select::select(&mut normalized, selection);
        let named = |problem: Problem| problem.within(&normalized.version);
        let generated = progenitor::generate(&normalized).map_err(named)?;
        let mocks = features.mock.then(|| progenitor::mocks(&normalized));
        let mocks = mocks.transpose().map_err(named)?;
        let module = emit::module(generated, mocks, &normalized, &self.docs, features);
        let module = module.map_err(named)?;
        emit::unique::check(&module).map_err(named)?;
        Ok(module)
    }
}
