//! Which alternative of a union a value is.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::dropped::lost;

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
