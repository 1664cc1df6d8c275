//! Values that may be one of several things.

use serde::Deserializer;
use serde_json::Value;

use super::raw;
use super::read::{Lenient, Read};
use super::token::Token;
use super::unread::{self, Reading};

/// One of the alternatives of a union.
pub(crate) struct Alternative<U> {
    /// The properties that have a constant value in it.
    pub(crate) constants: &'static [(&'static str, &'static str)],
    /// Reads it as the union.
    pub(crate) read: fn(&Value) -> Option<U>,
}

/// Reads a value as one alternative.
pub(crate) fn alternative<T: Lenient, U>(value: &Value, wrap: fn(T) -> U) -> Option<U> {
    match raw::read::<T>(&value.to_string()) {
        Ok(Read::Value(found) | Read::Unfit(found)) => Some(wrap(found)),
        Ok(Read::Nothing | Read::Odd(_) | Read::Noted(_)) | Err(_) => None,
    }
}

/// Reads the best alternative: by its constants, then by how little it leaves out, then by how little it does not know.
pub(crate) fn lenient<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    alternatives: &[Alternative<U>],
    keep: fn(Value) -> U,
) -> Result<Read<U>, D::Error> {
    let Some(value) = something(deserializer)? else {
        return Ok(Read::Nothing);
    };
    let misfit = |alternative: &Alternative<U>| {
        let reading = Reading::new(unread::mode());
        (alternative.read)(&value)?;
        let contradicted = alternative.constants.iter().filter(|(property, constant)| {
            let found = value.get(property);
            found.is_none_or(|found| found != constant)
        });
        Some((contradicted.count(), reading.odd(), reading.unknown()))
    };
    let fitting = alternatives
        .iter()
        .filter_map(|alternative| Some((misfit(alternative)?, alternative)));
    let best = fitting.min_by_key(|(misfit, _)| *misfit);
    let found = best.and_then(|(_, best)| (best.read)(&value));
    Ok(or_kept(found, value, keep))
}

/// Reads the alternative that the value of a property selects.
pub(crate) fn tagged<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    property: &str,
    choose: fn(&Value, &str) -> Option<U>,
    keep: fn(Value) -> U,
) -> Result<Read<U>, D::Error> {
    let Some(value) = something(deserializer)? else {
        return Ok(Read::Nothing);
    };
    let tag = value.get(property).and_then(Value::as_str);
    let found = tag.and_then(|tag| choose(&value, tag));
    Ok(or_kept(found, value, keep))
}

/// Reads any JSON but what stands for nothing.
fn something<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    let value = Token::read(deserializer)?.into_json();
    let is_nothing = match &value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    Ok((!is_nothing).then_some(value))
}

/// Returns what was found, or the value as it came, which is noted.
fn or_kept<U>(found: Option<U>, value: Value, keep: fn(Value) -> U) -> Read<U> {
    found.map_or_else(
        || {
            unread::here(&value);
            Read::Unfit(keep(value))
        },
        Read::Value,
    )
}
