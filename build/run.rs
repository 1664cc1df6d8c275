//! The steps in order, for one version.

use std::path::Path;

use syn::File;

use super::{
    check,
    correct::{self, Correction},
    docs::Docs,
    finish::{self, Extras},
    generate, load,
    names::Names,
    normalize::{self, Normalized},
    problem::Problem,
    select::{self, Selection},
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
        check::check(&description).map_err(named)?;
        normalize::normalize(description, &self.names, &self.docs).map_err(named)
    }

    /// The module of a version, cut down to what is selected.
    pub fn module(
        &self,
        mut normalized: Normalized,
        selection: &Selection,
        extras: Extras,
    ) -> Result<File, Problem> {
        select::select(&mut normalized, selection);
        let named = |problem: Problem| problem.within(&normalized.version);
        let generated = generate::generate(&normalized).map_err(named)?;
        let mocks = extras.mock.then(|| generate::mocks(&normalized));
        let mocks = mocks.transpose().map_err(named)?;
        finish::finish(generated, mocks, &normalized, &self.docs, extras).map_err(named)
    }
}
