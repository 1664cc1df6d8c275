//! Which alternative of a union a value is.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// A value as an alternative has it.
pub(crate) enum Fit<T> {
    /// It takes everything there is.
    Exact(T),
    /// It leaves something out.
    Loose(T),
}

/// Whether a value has these constants.
pub(crate) fn has_constants(value: &Value, constants: &[(&str, &str)]) -> bool {
    let mut constants = constants.iter();
    constants.all(|(property, constant)| value[*property] == **constant)
}

/// Reads an alternative, if the value can be one.
pub(crate) fn alternative<T: DeserializeOwned + Serialize>(value: &Value) -> Option<Fit<T>> {
    let found = T::deserialize(value).ok()?;
    let written = serde_json::to_value(&found).ok();
    let is_exact = written.is_some_and(|written| lost(value, &written, String::new()).is_none());
    Some(if is_exact {
        Fit::Exact(found)
    } else {
        Fit::Loose(found)
    })
}

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
