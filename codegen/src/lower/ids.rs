//! Finds the fields that hold ids, which are text in Rust, whatever their descriptions call them.

use serde_json::{Map, Value};

use crate::{lower::union, spec::document::schema_name};

/// How an id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdFormat {
    Text,
    Integer,
}

/// An id, or a list of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    One(IdFormat),
    Many(IdFormat),
}

/// The format of the id or ids that a property holds, if it holds any: a scalar called `id`, `…_id` or `…_ids`.
pub fn of(property: &str, schema: &Value, schemas: &Map<String, Value>) -> Option<Ids> {
    if property == "id" || property.ends_with("_id") {
        scalar(schema, schemas).map(Ids::One)
    } else if property.ends_with("_ids") || property == "ids" {
        let items = resolved(schema, schemas).get("items")?;
        scalar(items, schemas).map(Ids::Many)
    } else {
        None
    }
}

/// Ids that a workspace gives to its own things, among which there may be a zero.
const OWN: [&str; 3] = ["external_id", "user_id", "company_id"];

/// Whether a property that holds an id holds that of another resource, which is 0 where there is none.
pub fn is_reference(property: &str) -> bool {
    property.ends_with("_id") && !OWN.contains(&property)
}

/// An object, such as the text in a language called `id`, is no id; nor is what has no type.
fn scalar(schema: &Value, schemas: &Map<String, Value>) -> Option<IdFormat> {
    let schema = resolved(schema, schemas);
    if let Some(alternatives) = union::alternatives(schema) {
        let mut formats = alternatives.iter().map(|one| scalar(one, schemas));
        // What may be text is written as text.
        return formats
            .try_fold(IdFormat::Integer, |format, one| match one? {
                IdFormat::Integer => Some(format),
                IdFormat::Text => Some(IdFormat::Text),
            })
            .filter(|_| !alternatives.is_empty());
    }
    match schema["type"].as_str()? {
        "string" => Some(IdFormat::Text),
        "integer" | "number" => Some(IdFormat::Integer),
        _ => None,
    }
}

fn resolved<'s>(schema: &'s Value, schemas: &'s Map<String, Value>) -> &'s Value {
    let target = schema_name(schema).and_then(|name| schemas.get(name));
    target.unwrap_or(schema)
}
