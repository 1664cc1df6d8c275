//! From a corrected description to a document that generates well, and what the later steps must know besides.

pub mod all_of;
mod inline_extensions;
pub mod operations;
pub mod pagination;
pub mod required_ids;
mod schemas;
pub mod select;
pub mod time;
mod union;
pub mod usage;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub use crate::lower::operations::Prepared;
use crate::{
    error::Problem,
    lower::{
        required_ids::Resources,
        schemas::Schemas,
        usage::{Usage, Usages},
    },
    spec::{
        docs::Docs,
        load::Description,
        names::{Name, Names},
        version::Version,
    },
};

/// A description whose every type has a name and every operation one form.
pub struct Normalized {
    pub version: Version,
    pub operations: Vec<Prepared>,
    pub schemas: BTreeMap<String, Definition>,
}

/// What is known of an operation besides what the generator is told.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Intercom's own operation id.
    pub id: String,
    pub method: String,
    /// The path, its parameters named as their setters are.
    pub path: String,
    pub name: Name,
    /// Our sentence about it.
    pub doc: Option<String>,
    /// Header parameters, as they are written on the wire.
    pub headers: Vec<String>,
    pub body: Body,
    pub success: Success,
    /// The status of its success.
    pub status: u16,
    /// Whether sending it twice leaves the same behind as sending it once.
    pub safe_to_repeat: bool,
    pub has_quota: bool,
    /// The list that it answers with.
    pub list: Option<pagination::List>,
}

/// What an operation's request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    Json,
    Form,
    Multipart,
    /// Bytes of this content type.
    Bytes(String),
}

/// What an operation's success carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    Json,
    /// Bytes of this content type.
    Bytes(String),
    Empty,
}

/// A struct or an enum.
pub struct Definition {
    /// What the generator is told.
    pub schema: Value,
    pub kind: Kind,
    pub usage: Usage,
    /// Where the description has it.
    pub pointer: String,
}

/// What the generator is not told about a type.
#[derive(Clone, Debug)]
pub enum Kind {
    Struct {
        /// Properties that must be there when it is sent.
        required: BTreeSet<String>,
        /// Properties with one possible value.
        constants: BTreeMap<String, String>,
        /// Properties that may be sent as null.
        nullable: BTreeSet<String>,
        /// Properties that hold an instant, and how it is written.
        times: BTreeMap<String, time::Form>,
    },
    /// Variants by name and value.
    Enum(Vec<(String, String)>),
    /// The names of the variants.
    Union(Vec<String>),
    Tagged(Tag),
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug)]
pub struct Tag {
    pub property: String,
    /// Variants by name and value of the property.
    pub variants: Vec<(String, String)>,
}

/// Normalizes a whole description: what a type looks like must not depend on which resources are on.
pub fn normalize(
    mut description: Description,
    names: &Names,
    docs: &Docs,
) -> Result<Normalized, Problem> {
    inline_extensions::extend(&mut description.document);
    let usages = Usages::of(&description.document);
    let resources = Resources::of(&description.document);
    let none = serde_json::Map::new();
    let source = crate::spec::document::schemas(&description.document).unwrap_or(&none);
    let mut schemas = Schemas::new(source, &usages, &resources, docs);
    schemas.define_named()?;
    let mut operations = operations::prepare(&description, names, docs, &mut schemas)?;
    let schemas = schemas.defined;
    for prepared in &mut operations {
        prepared.operation.list = pagination::find(prepared, &schemas);
    }
    Ok(Normalized {
        version: description.version,
        operations,
        schemas,
    })
}

impl Normalized {
    /// The document for progenitor.
    pub fn document(&self) -> Value {
        let mut schemas: serde_json::Map<String, Value> = self
            .schemas
            .iter()
            .map(|(name, definition)| (name.clone(), definition.schema.clone()))
            .collect();
        schemas.insert(
            time::SCHEMA.to_owned(),
            serde_json::json!({ "type": "string" }),
        );
        serde_json::json!({
            "openapi": "3.0.3",
            "info": { "title": "Intercom", "version": self.version.as_str() },
            "paths": operations::paths(self.operations.iter()),
            "components": { "schemas": schemas },
        })
    }
}
