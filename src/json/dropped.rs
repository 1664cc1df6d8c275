//! What a type would leave out.

use serde_json::{Map, Value};

/// The path of the first thing that was given and would not be sent.
pub(crate) fn lost(given: &Value, sent: &Value, path: String) -> Option<String> {
    match (given, sent) {
        (Value::Object(given), Value::Object(sent)) => given.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            match sent.get(key) {
                Some(sent) => lost(value, sent, path),
                None => (!says_nothing(value)).then_some(path),
            }
        }),
        (Value::Array(given), Value::Array(sent)) => {
            let mut pairs = given.iter().zip(sent).enumerate();
            pairs.find_map(|(index, (given, sent))| lost(given, sent, format!("{path}[{index}]")))
        }
        // Of an object in place of a list, its last list is what was read.
        (Value::Object(given), Value::Array(_)) => {
            match given.values().rfind(|value| value.is_array()) {
                Some(list) => lost(list, sent, path),
                None => (!given.is_empty()).then_some(path),
            }
        }
        _ => None,
    }
}

/// Whether a field of this value says as much as no field.
fn says_nothing(value: &Value) -> bool {
    value.is_null() || *value == Value::Array(Vec::new()) || *value == Value::Object(Map::new())
}
