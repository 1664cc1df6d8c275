//! Finds the fields that hold instants, whatever their descriptions call them.

use serde_json::{Map, Value};

pub use crate::spec::document::INSTANT as SCHEMA;
use crate::{lower::union, spec::document::schema_name};

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    UnixSeconds,
    Iso8601,
}

/// The form of the instant that a property holds, if it holds one.
pub fn form(property: &str, schema: &Value, schemas: &Map<String, Value>) -> Option<Form> {
    if let Some(name) = schema_name(schema) {
        return form(
            property,
            schemas
                .get(name)
                .filter(|target| schema_name(target).is_none())?,
            schemas,
        );
    }
    if let Some(alternatives) = union::alternatives(schema) {
        // A date or a number: the API takes and gives numbers.
        let is = |kind: &str| alternatives.iter().any(|one| one["type"] == kind);
        let dated = alternatives.iter().any(|one| one["format"] == "date-time");
        return (alternatives.len() == 2 && dated && is("integer") && is("string"))
            .then_some(Form::UnixSeconds);
    }
    let format = schema["format"].as_str();
    match schema["type"].as_str()? {
        "string" => (format == Some("date-time")).then_some(Form::Iso8601),
        "integer" | "number" => {
            let declared = matches!(format, Some("date-time" | "timestamp"));
            let named = ["_at", "_until"]
                .iter()
                .any(|ending| property.ends_with(ending));
            (declared || named).then_some(Form::UnixSeconds)
        }
        _ => None,
    }
}
