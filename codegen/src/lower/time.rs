//! Finds the fields that hold instants, whatever their descriptions call them.

use serde_json::{Map, Value};

pub use crate::spec::document::INSTANT as SCHEMA;
use crate::{lower::union, spec::document::schema_name};

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    UnixSeconds,
    Iso8601,
}

/// The format of the instant that a property holds, if it holds one.
pub fn of(property: &str, schema: &Value, schemas: &Map<String, Value>) -> Option<TimeFormat> {
    if let Some(name) = schema_name(schema) {
        return of(
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
            .then_some(TimeFormat::UnixSeconds);
    }
    let format = schema["format"].as_str();
    match schema["type"].as_str()? {
        "string" => (format == Some("date-time")).then_some(TimeFormat::Iso8601),
        "integer" | "number" => {
            let declared = matches!(format, Some("date-time" | "timestamp"));
            let named = ["_at", "_until"]
                .iter()
                .any(|ending| property.ends_with(ending));
            (declared || named).then_some(TimeFormat::UnixSeconds)
        }
        _ => None,
    }
}
