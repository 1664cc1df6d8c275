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

/// Reads the alternative that the value of a property selects, or, if it is missing, the only one that fits best.
pub(crate) fn tagged<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    property: &str,
    tags: &[&str],
    choose: fn(&Value, &str) -> Option<U>,
    keep: fn(Value) -> U,
) -> Result<Read<U>, D::Error> {
    let Some(value) = something(deserializer)? else {
        return Ok(Read::Nothing);
    };
    let tag = match value.get(property) {
        Some(Value::String(tag)) if !tag.trim().is_empty() => Some(tag.as_str()),
        Some(Value::Null | Value::String(_)) | None => untagged(&value, tags, choose),
        Some(_) => None,
    };
    let found = tag.and_then(|tag| choose(&value, tag));
    Ok(or_kept(found, value, keep))
}

/// Returns the tag of the only alternative that has its id and does not know the least.
#[cold]
fn untagged<'t, U>(
    value: &Value,
    tags: &[&'t str],
    choose: fn(&Value, &str) -> Option<U>,
) -> Option<&'t str> {
    let mut best = None;
    let mut is_only = false;
    for tag in tags {
        let reading = Reading::new(unread::mode());
        if choose(value, tag).is_none() || reading.own_missing().is_some() {
            continue;
        }
        let unknown = reading.unknown();
        match best {
            Some((least, _)) if unknown > least => {}
            Some((least, _)) if unknown == least => is_only = false,
            _ => {
                best = Some((unknown, *tag));
                is_only = true;
            }
        }
    }
    best.filter(|_| is_only).map(|(_, tag)| tag)
}

/// Reads any JSON but what stands for nothing.
fn something<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    let value = Token::read(deserializer)?.into_json();
    Ok((!is_nothing(&value)).then_some(value))
}

/// Whether a value stands for nothing: null, a blank text, an empty list.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
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
