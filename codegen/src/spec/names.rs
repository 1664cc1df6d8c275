//! Looks up what an operation is called: `openapi/names.json` pins resource, verb and path setters for good.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use crate::{error::Problem, spec::load};

/// What a request builder has besides the setters of its parameters.
pub const RESERVED: [&str; 6] = ["body", "body_map", "client", "new", "send", "stream"];

/// What one operation is called, in every version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The handle and the cargo feature it hangs off: `contacts`.
    pub resource: String,
    /// The method of the handle: `get`.
    pub verb: String,
    /// The setters of the path's parameters, in the path's order: `["contact_id"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
}

/// Names by operation key (`GET /contacts/{}`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, Name>);

impl Names {
    /// Reads the names.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        serde_json::from_value(load::json(path)?)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))
    }

    /// The name of one operation.
    pub fn get(&self, key: &str) -> Result<&Name, Problem> {
        self.0.get(key).ok_or_else(|| {
            Problem::new(format!(
                "`{key}` has no name in openapi/names.json; `cargo xtask openapi import` gives it one"
            ))
        })
    }
}
