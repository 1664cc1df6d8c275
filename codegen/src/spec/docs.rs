//! Our own words for operations, resources, schemas and fields, from `openapi/docs.json`.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::{error::Problem, spec::load};

/// One sentence each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Docs {
    /// By operation key.
    pub operations: BTreeMap<String, String>,
    /// By resource.
    pub resources: BTreeMap<String, String>,
    /// By schema name.
    pub schemas: BTreeMap<String, String>,
    /// By property name, or `schema.property` where a schema needs its own words.
    pub fields: BTreeMap<String, String>,
    /// Why an operation that answers with a list has no stream, by operation key.
    pub not_streamed: BTreeMap<String, String>,
}

impl Docs {
    /// Reads the sentences.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        serde_json::from_value(load::json(path)?)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))
    }

    /// What a property, or a parameter, means: in the words of the first owner that has some, else in everybody's.
    pub fn field<const N: usize>(&self, owners: [&str; N], property: &str) -> Option<&str> {
        let owned = |owner: &str| self.fields.get(&format!("{owner}.{property}"));
        owners
            .into_iter()
            .find_map(owned)
            .or_else(|| self.fields.get(property))
            .map(String::as_str)
    }
}
