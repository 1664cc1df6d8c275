//! What is known of a version once its description is lowered: what the generator is given, and what it cannot be given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    casing,
    lower::{ids, operations::Prepared, pagination, time, usage::Usage},
    spec::{docs::Entry, document::schema_name, names::Name, version::Version},
};

/// A description whose every type has a name and every operation one form.
#[derive(Clone)]
pub struct Normalized {
    pub version: Version,
    /// What the `Intercom-Version` header carries.
    pub header: String,
    pub operations: Vec<Prepared>,
    pub schemas: BTreeMap<String, Definition>,
    /// Schemas, fields and parameters that nobody has described yet.
    pub undescribed: BTreeSet<Entry>,
}

/// What is known of an operation besides what the generator is given.
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
    pub idempotent: bool,
    pub has_quota: bool,
    /// The list that it returns.
    pub list: Option<pagination::List>,
}

impl Operation {
    /// Whether it hands out a list that comes in pages.
    pub fn is_paged(&self) -> bool {
        let list = self.list.as_ref();
        list.is_some_and(|list| list.kind != pagination::PagingKind::Whole)
    }

    /// Whether it creates a contact, which gets an `upsert`.
    pub fn is_upsert(&self) -> bool {
        self.name.resource == "contacts" && self.name.verb == "create"
    }
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
#[derive(Clone)]
pub struct Definition {
    /// What the generator is given.
    pub schema: Value,
    pub kind: DefinitionKind,
    pub usage: Usage,
    /// Where the description has it.
    pub pointer: String,
}

/// What the generator does not know about a type.
#[derive(Clone, Debug)]
pub enum DefinitionKind {
    Struct {
        /// Properties that must be there when it is sent.
        required: BTreeSet<String>,
        /// Properties with one possible value.
        constants: BTreeMap<String, String>,
        /// Properties that may be sent as null.
        nullable: BTreeSet<String>,
        /// Properties that hold an instant, and how it is written.
        times: BTreeMap<String, time::TimeFormat>,
        /// Properties that hold ids, which are text in Rust, and how they are written.
        ids: BTreeMap<String, ids::IdFormat>,
        /// Of these, exactly one has to be there when it is sent.
        one_of: Vec<String>,
    },
    /// Variants by name and value.
    Enum(Vec<(String, String)>),
    /// The names of the variants.
    Union(Vec<String>),
    Tagged(Tag),
}

/// How the variants of a union differ.
#[derive(Clone, Debug)]
pub struct Tag {
    pub property: String,
    /// Variants by name and value of the property.
    pub variants: Vec<(String, String)>,
}

impl Normalized {
    /// Whether what a schema is has another within itself, rather than in a list or a map.
    pub fn holds(&self, schema: &str, other: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = vec![schema];
        while let Some(name) = next.pop() {
            if name == other {
                return true;
            }
            let definition = self.schemas.get(name).filter(|_| seen.insert(name));
            let schema = definition.map(|definition| &definition.schema);
            let properties = schema.and_then(|schema| schema["properties"].as_object());
            let alternatives = schema.and_then(|schema| schema["oneOf"].as_array());
            let fields = properties.into_iter().flatten().map(|(_, placed)| placed);
            let held = fields.chain(alternatives.into_iter().flatten());
            next.extend(held.filter_map(|placed| {
                schema_name(placed).or_else(|| schema_name(placed["allOf"].get(0)?))
            }));
        }
        false
    }

    /// The document for progenitor, which makes the types that are read; those that are written are our own.
    pub fn document(&self) -> Value {
        let mut schemas: Map<String, Value> = self
            .schemas
            .iter()
            .filter(|(_, definition)| definition.usage.read || definition.is_enum())
            .map(|(name, definition)| (name.clone(), definition.schema.clone()))
            .collect();
        schemas.insert(time::SCHEMA.to_owned(), json!({ "type": "string" }));
        json!({
            "openapi": "3.0.3",
            "info": { "title": "Intercom", "version": self.version.as_str() },
            "paths": paths(&self.operations),
            "components": { "schemas": schemas },
        })
    }
}

impl Definition {
    pub fn is_enum(&self) -> bool {
        matches!(self.kind, DefinitionKind::Enum(_))
    }
}

/// How bodies are declared to progenitor that are neither JSON nor forms of fields.
const BINARY: &str = "application/octet-stream";

/// Whether progenitor has another name for what sets a parameter, or one that it uses itself: its mocks have a matcher of our own.
pub fn has_own_matcher(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.[]$: ".contains(letter);
    let is_path = parameter["in"] == "path";
    let setter = casing::snake(name);
    let is_map = parameter["schema"]["type"] == "object";
    !is_path
        && (is_map
            || ["body", "clone", "into_inner", "new"].contains(&setter.as_str())
            || setter.starts_with(|first: char| first.is_ascii_digit())
            || !name.chars().all(is_plain))
}

/// The paths of a document for progenitor.
fn paths(operations: &[Prepared]) -> Map<String, Value> {
    let mut paths = Map::new();
    for prepared in operations {
        let item = paths
            .entry(prepared.path.clone())
            .or_insert_with(|| json!({}));
        let mut operation = prepared.item.clone();
        // Lists, which our own requests and mocks write as they are sent, are text to progenitor.
        let mut parameters = operation["parameters"].as_array_mut();
        if let Some(parameters) = &mut parameters {
            parameters.retain(|parameter| !has_own_matcher(parameter));
        }
        for parameter in parameters.into_iter().flatten() {
            if parameter["schema"]["type"] == "array" {
                parameter["schema"] = json!({ "type": "string" });
            }
        }
        let content = operation.pointer_mut("/requestBody/content");
        for media in content.and_then(Value::as_object_mut).into_iter().flatten() {
            // Any JSON: what it has to be is known to our own types.
            if media.0 != BINARY {
                *media.1 = json!({ "schema": {} });
            }
        }
        item[&prepared.method] = operation;
    }
    paths
}
