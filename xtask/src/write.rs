//! JSON in the one form in which every file of `openapi/` is kept.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use intercom_client_codegen::error::Problem;

/// JSON with sorted keys, two spaces of indentation and a newline at its end.
pub fn json(value: &impl Serialize) -> Result<String, Problem> {
    let value = serde_json::to_value(value).map_err(unwritable)?;
    json_as_declared(&Sorted(&value))
}

/// JSON in the same form, with the keys in the order in which the type declares its fields.
pub fn json_as_declared(value: &impl Serialize) -> Result<String, Problem> {
    let mut text = serde_json::to_string_pretty(value).map_err(unwritable)?;
    text.push('\n');
    Ok(text)
}

fn unwritable(error: serde_json::Error) -> Problem {
    Problem::new(format!("cannot be written as JSON: {error}"))
}

/// Sorts by itself: whether `serde_json` does depends on a feature that any crate of the build may turn on.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(map) => {
                let sorted: BTreeMap<_, _> = map
                    .iter()
                    .map(|(key, value)| (key, Sorted(value)))
                    .collect();
                serializer.collect_map(sorted)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            other => other.serialize(serializer),
        }
    }
}
