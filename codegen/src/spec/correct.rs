//! Applies the corrections: particular mistakes of the descriptions, kept as data in `openapi/corrections.json`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    error::Problem,
    spec::{
        document::{self, operation_key},
        load::{self, Description},
        version::Version,
    },
};

/// One mistake: where it is, what stands there, what belongs there, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What the correction is called in messages.
    pub name: String,
    pub target: Target,
    /// Keys below the target, as in a JSON pointer; without it the target itself is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What the description says; absent if it says nothing.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub expect: Option<Value>,
    /// What it should say; absent if it should say nothing.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub put: Option<Value>,
    pub why: String,
    /// The first version with the mistake.
    pub since: String,
    /// The last version with the mistake, once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A place that keeps its name from version to version.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Target {
    /// A named schema, or a property of it (`a/b` below `a`, `a/[]` for the items of `a`).
    Schema {
        schema: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        property: Option<String>,
    },
    /// An operation, one of its parameters, or a property of its inline JSON body.
    Operation {
        operation: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parameter: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
}

/// An explicit `null` is a value, not an absence.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Reads the corrections.
pub fn read(path: &Path) -> Result<Vec<Correction>, Problem> {
    serde_json::from_value(load::json(path)?)
        .map_err(|error| Problem::new(format!("{}: {error}", path.display())))
}

/// Applies every correction that claims the description's version.
pub fn apply(corrections: &[Correction], description: &mut Description) -> Result<(), Problem> {
    for correction in corrections {
        if correction.claims(&description.version)? {
            correction.apply(description)?;
        }
    }
    Ok(())
}

impl Correction {
    /// Whether the mistake is said to be in `version`.
    pub fn claims(&self, version: &Version) -> Result<bool, Problem> {
        let named = |problem: Problem| problem.within(format_args!("correction `{}`", self.name));
        let since: Version = self.since.parse().map_err(named)?;
        let until: Option<Version> = self
            .until
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(named)?;
        Ok(since <= *version && until.is_none_or(|until| *version <= until))
    }

    /// Whether the mistake is there.
    pub fn holds(&self, description: &Description) -> bool {
        let mut document = description.document.clone();
        self.slot(&mut document)
            .is_ok_and(|slot| slot.get() == self.expect.as_ref())
    }

    /// Puts right what is wrong; that it is not wrong any more is a problem.
    pub fn apply(&self, description: &mut Description) -> Result<(), Problem> {
        let version = description.version.clone();
        let place = format!("correction `{}` no longer holds in {version}", self.name);
        let mut slot = self
            .slot(&mut description.document)
            .map_err(|problem| problem.within(&place))?;
        if slot.get() != self.expect.as_ref() {
            return Err(Problem::new(format!(
                "{place}: expected {}, found {}",
                shown(self.expect.as_ref()),
                shown(slot.get()),
            )));
        }
        slot.set(self.put.clone());
        Ok(())
    }

    fn slot<'a>(&self, document: &'a mut Value) -> Result<Slot<'a>, Problem> {
        let mut slot = self.target.slot(document)?;
        for key in self.keyword.iter().flat_map(|keys| keys.split('/')) {
            slot = slot.child(&document::unescape(key))?;
        }
        Ok(slot)
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or("nothing".to_owned(), Value::to_string)
}

/// A place in a document that may be filled or not.
enum Slot<'a> {
    Key(&'a mut Map<String, Value>, String),
    /// A parameter, found by its name.
    Parameter(&'a mut Vec<Value>, String),
}

impl<'a> Slot<'a> {
    fn get(&self) -> Option<&Value> {
        match self {
            Slot::Key(map, key) => map.get(key),
            Slot::Parameter(list, name) => list.iter().find(|item| item["name"] == **name),
        }
    }

    fn set(&mut self, value: Option<Value>) {
        match (self, value) {
            (Slot::Key(map, key), Some(value)) => drop(map.insert(key.clone(), value)),
            (Slot::Key(map, key), None) => drop(map.remove(key)),
            (Slot::Parameter(list, name), value) => {
                list.retain(|item| item["name"] != **name);
                list.extend(value);
            }
        }
    }

    fn value(self) -> Option<&'a mut Value> {
        match self {
            Slot::Key(map, key) => map.get_mut(&key),
            Slot::Parameter(list, name) => list.iter_mut().find(|item| item["name"] == *name),
        }
    }

    fn child(self, key: &str) -> Result<Slot<'a>, Problem> {
        self.value()
            .and_then(Value::as_object_mut)
            .map(|map| Slot::Key(map, key.to_owned()))
            .ok_or_else(|| Problem::new(format!("there is nothing that could hold `{key}`")))
    }

    /// A property by its path; `[]` stands for the items of an array.
    fn property(mut self, path: &str) -> Result<Slot<'a>, Problem> {
        for step in path.split('/') {
            self = match step {
                "[]" => self.child("items")?,
                name => self.child("properties")?.child(name)?,
            };
        }
        Ok(self)
    }
}

impl Target {
    fn slot<'a>(&self, document: &'a mut Value) -> Result<Slot<'a>, Problem> {
        match self {
            Target::Schema { schema, property } => {
                let slot = root(document, "components")?
                    .child("schemas")?
                    .child(schema)?;
                match property {
                    Some(path) => slot.property(path),
                    None => Ok(slot),
                }
            }
            Target::Operation {
                operation,
                parameter,
                body,
            } => {
                let slot = find_operation(document, operation)?;
                match (parameter, body) {
                    (None, None) => Ok(slot),
                    (Some(name), None) => parameter_slot(slot, name),
                    (None, Some(path)) => slot
                        .child("requestBody")?
                        .child("content")?
                        .child("application/json")?
                        .child("schema")?
                        .property(path),
                    (Some(_), Some(_)) => Err(Problem::new(
                        "a target is a parameter or a body property, not both",
                    )),
                }
            }
        }
    }
}

fn root<'a>(document: &'a mut Value, key: &str) -> Result<Slot<'a>, Problem> {
    document
        .as_object_mut()
        .map(|map| Slot::Key(map, key.to_owned()))
        .ok_or_else(|| Problem::new("the description is not an object"))
}

/// The place of an operation; a path without parameters that the description lacks is made room for.
fn find_operation<'a>(document: &'a mut Value, key: &str) -> Result<Slot<'a>, Problem> {
    let (method, shape) = key
        .split_once(' ')
        .ok_or_else(|| Problem::new(format!("`{key}` is not of the form `GET /path`")))?;
    let paths = root(document, "paths")?
        .value()
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Problem::new("the description has no paths"))?;
    let found = paths
        .keys()
        .find(|path| document::path_shape(path) == shape)
        .cloned();
    let path = match found {
        Some(path) => path,
        None if !shape.contains("{}") => {
            paths.insert(shape.to_owned(), Value::Object(Map::new()));
            shape.to_owned()
        }
        None => return Err(Problem::new(format!("there is no path {shape}"))),
    };
    debug_assert_eq!(operation_key(method, &path), key);
    Slot::Key(paths, path).child(&method.to_ascii_lowercase())
}

fn parameter_slot<'a>(operation: Slot<'a>, name: &str) -> Result<Slot<'a>, Problem> {
    let operation = operation
        .value()
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Problem::new("there is no such operation"))?;
    let parameters = operation
        .entry("parameters")
        .or_insert_with(|| Value::Array(Vec::new()));
    match parameters {
        Value::Array(list) => Ok(Slot::Parameter(list, name.to_owned())),
        _ => Err(Problem::new("`parameters` is not a list")),
    }
}
