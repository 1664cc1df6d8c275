//! Looks up what an operation is called: `openapi/names.json` pins resource, verb and path setters for good.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use crate::{casing, error::Problem, prelude::PRELUDE, spec::load};

/// What a request has, or is to have, besides the setters of its parameters, and what its methods call their own values.
pub const RESERVED: [&str; 22] = [
    "body",
    "call",
    "client",
    "clone",
    "extra",
    "header_map",
    "info",
    "into_future",
    "into_request",
    "new",
    "operation",
    "pages",
    "request",
    "response",
    "result",
    "send",
    "stream",
    "unknown_fields",
    "upsert",
    "url",
    "with_options",
    "with_request",
];

/// What every handle of a resource has besides a method for each operation.
const RESERVED_VERBS: [&str; 3] = ["client", "clone", "new"];

/// What the handles of exports have besides.
const RESERVED_VERBS_OF_EXPORTS: [&str; 2] = ["export", "resume"];
const EXPORTS: [&str; 2] = ["data_export", "reporting_data_export"];

/// What the entry to a version has besides a method for each resource, what stands in its module beside their handles, and
/// the cargo features that stand for no resource.
const RESERVED_RESOURCES: [&str; 22] = [
    "all_resources",
    "api",
    "call",
    "client",
    "clone",
    "default",
    "dynamic",
    "exports",
    "mock",
    "mock_server",
    "mock_server_ext",
    "native_tls",
    "new",
    "read_response",
    "read_body",
    "rustls",
    "rustls_no_provider",
    "rustls_ring",
    "schemars",
    "tracing",
    "webhooks",
    "with_options",
];

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
    /// Where its body is one of several things, a verb for each of them, by verb. That of the operation itself may be among
    /// them: it is what the setters of the request make then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alternatives: BTreeMap<String, Alternative>,
}

/// One of several things that a body may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Its schema, or what the variant of the body's type is called.
    pub of: String,
    /// Our sentence about its verb; that of the operation itself has one already.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// What its verb sets by itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<String, String>,
    /// What its fields default to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub defaults: BTreeMap<String, String>,
    /// What its verb takes as arguments, after those of the path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The fields of its schema that are for others of the alternatives: its verb has no setters of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

impl Name {
    /// Whether nothing of the crate's own has one of its names.
    pub fn is_free(&self) -> bool {
        self.check("").is_ok()
    }

    /// Refuses what would be a second method of its name.
    fn check(&self, key: &str) -> Result<(), Problem> {
        let Self {
            resource,
            verb,
            path,
            alternatives: _,
        } = self;
        let setter = path
            .iter()
            .find(|setter| RESERVED.contains(&setter.as_str()));
        let mut all = [resource, verb].into_iter().chain(path);
        let what = if let Some(name) = all.find(|name| !is_identifier(name)) {
            format!(
                "the name `{name}`, which is none in Rust; choose one of small letters, digits and `_`"
            )
        } else if let Some(setter) = setter {
            format!(
                "the setter `{setter}`, which is a name that every request has already; choose another one"
            )
        } else if RESERVED_RESOURCES.contains(&resource.as_str())
            || PRELUDE.contains(&casing::type_name(resource).as_str())
        {
            format!(
                "the resource `{resource}`, which is a name of the crate's own; call it something else"
            )
        } else if RESERVED_VERBS.contains(&verb.as_str())
            || EXPORTS.contains(&resource.as_str())
                && RESERVED_VERBS_OF_EXPORTS.contains(&verb.as_str())
        {
            format!(
                "the verb `{verb}`, which the handle of `{resource}` has already; choose another one"
            )
        } else {
            return Ok(());
        };
        Err(Problem::new(format!(
            "openapi/names.json: `{key}` has {what}"
        )))
    }
}

fn is_identifier(name: &str) -> bool {
    let is_of_names =
        |letter: char| letter == '_' || letter.is_ascii_digit() || letter.is_ascii_lowercase();
    name.chars().all(is_of_names) && name.contains(|letter: char| letter.is_ascii_lowercase())
}

/// The setter of a parameter of the query or of a header; where every request has that name already, it says where it goes.
pub fn setter(parameter: &str, place: &str) -> String {
    let name = casing::snake(parameter);
    if RESERVED.contains(&name.as_str()) {
        format!("{place}_{name}")
    } else {
        casing::identifier(name)
    }
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

    /// The name of one operation, which nothing else has.
    pub fn get(&self, key: &str) -> Result<&Name, Problem> {
        let name = self.0.get(key).ok_or_else(|| {
            Problem::new(format!(
                "`{key}` has no name in openapi/names.json; `cargo xtask openapi import` gives it one"
            ))
        })?;
        name.check(key)?;
        Ok(name)
    }
}
