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
            (declared || is_named(property)).then_some(TimeFormat::UnixSeconds)
        }
        _ => None,
    }
}

/// Whether a number of this name is an instant: `created_at_after`, `start_time`. Others end in `_time` too and are durations.
pub fn is_named(property: &str) -> bool {
    let endings = ["_at", "_until", "_at_after", "_at_before", "_since"];
    endings.iter().any(|ending| property.ends_with(ending))
        || ["start_time", "end_time"].contains(&property)
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn an_instant_and_a_duration_differ_by_their_names() {
        for instant in [
            "created_at",
            "snoozed_until",
            "created_at_after",
            "updated_since",
            "start_time",
        ] {
            assert!(is_named(instant), "{instant}");
        }
        for other in ["handling_time", "time_to_admin_reply", "starting_after"] {
            assert!(!is_named(other), "{other}");
        }
    }
}
