//! Why a body could not be decoded, without the values in it.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::path::{Path, push_field};
use super::unread::{Mode, Reading, Unread};
use super::{raw, resume};

/// The position in a JSON document at which decoding stopped.
///
/// Messages of `serde_json` quote the value at that position; this does not.
#[derive(Debug)]
pub(crate) struct JsonError {
    path: String,
    is_missing: bool,
    line: usize,
    column: usize,
    category: Category,
}

impl JsonError {
    fn new(mut path: String, error: &serde_json::Error, category: Category) -> Self {
        let missing = missing(error);
        if let Some(field) = &missing {
            push_field(&mut path, field);
        }
        Self {
            path,
            is_missing: missing.is_some(),
            line: error.line(),
            column: error.column(),
            category,
        }
    }
}

impl JsonError {
    /// A required field is missing.
    pub(crate) fn missing(field: &str) -> Self {
        Self {
            is_missing: true,
            ..Self::unexpected(field)
        }
    }

    /// A field has a value of another type.
    pub(crate) fn unexpected(field: &str) -> Self {
        let mut path = String::new();
        push_field(&mut path, field);
        Self {
            path,
            is_missing: false,
            line: 0,
            column: 0,
            category: Category::Data,
        }
    }
}

#[allow(dead_code, reason = "a build may be without maps")]
impl JsonError {
    /// Leaves out the line and the column, of a text that nobody sees.
    pub(crate) fn without_position(self) -> Self {
        Self { line: 0, ..self }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.category {
            Category::Syntax => "invalid JSON",
            Category::Eof => "the JSON ends too early",
            Category::Data | Category::Io if self.is_missing => "a field is missing",
            Category::Data | Category::Io => "a value is not of the expected type",
        })?;
        if !self.path.is_empty() {
            write!(f, " at {}", self.path)?;
        }
        match self.line {
            // The whole document is wrong.
            0 => Ok(()),
            line => write!(f, " (line {line}, column {})", self.column),
        }
    }
}

impl std::error::Error for JsonError {}

/// A value, and what was left out of it.
pub(crate) struct Decoded<T> {
    pub(crate) value: T,
    pub(crate) unread: Vec<Unread>,
    /// Whether the list of an envelope was there.
    pub(crate) has_list: bool,
    /// The required field that the outermost object lacks.
    pub(crate) own_missing: Option<&'static str>,
}

/// Decodes a whole JSON document; of a duplicate key the last value counts.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    decode(body).map(|decoded| decoded.value)
}

/// Decodes a generated type like [`from_json`], and returns what was left out.
///
/// The first reading is streaming. If `serde_json` rejects something that is valid JSON, the second reads each item of a list from
/// its text, so that one unreadable item does not cost the others. What is not in a list makes the last one read each value
/// from its text.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<Decoded<T>, JsonError> {
    read(body, true)
}

/// Decodes any type, which may hold generated ones, like [`decode`].
///
/// Only the reading of each value from its text knows the position of a user's own types.
#[cfg(feature = "webhooks")]
pub(crate) fn decode_any<T: DeserializeOwned>(body: &[u8]) -> Result<Decoded<T>, JsonError> {
    read(body, false)
}

fn read<T: DeserializeOwned>(body: &[u8], is_generated: bool) -> Result<Decoded<T>, JsonError> {
    let body = body.strip_prefix(BOM).unwrap_or(body);
    // To check all of it once is faster than to check each of its texts.
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let stream = |mode| attempt::<T>(mode, || serde_json::from_str(&text));
    let is_placed = |decoded: &Decoded<T>| is_generated || decoded.unread.is_empty();
    // What is ambiguous is removed before the next reading.
    let first = match stream(Mode::Streaming) {
        (Ok(decoded), false) if is_placed(&decoded) => return Ok(decoded),
        (Err(error), false) => Some(error),
        _ => None,
    };
    match stream(Mode::ByItem) {
        (Ok(decoded), false) if is_placed(&decoded) => return Ok(decoded),
        _ => {}
    }
    let last = match attempt(Mode::ByText, || raw::document(&text)).0 {
        Ok(decoded) => return Ok(decoded),
        Err(error) => error,
    };
    let first = match first {
        Some(error) => error,
        // A user's own type may accept a number that was rounded, and not its text.
        None => match stream(Mode::Unasked).0 {
            Ok(decoded) => return Ok(decoded),
            Err(error) => error,
        },
    };
    if last.is_data() && !first.is_data() {
        return Err(JsonError::new(String::new(), &last, Category::Data));
    }
    // `serde_json` calls it a syntax error, too, that a number stands where an enum is expected.
    let is_valid = first.is_data() || serde_json::from_str::<&RawValue>(&text).is_ok();
    let category = if is_valid {
        Category::Data
    } else {
        first.classify()
    };
    let path = path(text.as_bytes(), &first, is_valid);
    Err(JsonError::new(path, &first, category))
}

/// The result of a reading, and whether it may differ from what was sent.
fn attempt<T>(
    mode: Mode,
    read: impl FnOnce() -> Result<T, serde_json::Error>,
) -> (Result<Decoded<T>, serde_json::Error>, bool) {
    let reading = Reading::new(mode);
    resume::begin(mode);
    let decoded = read().map(|value| Decoded {
        value,
        unread: reading.unread(),
        has_list: reading.has_list(),
        own_missing: reading.own_missing(),
    });
    (decoded, reading.is_suspect())
}

/// The byte order mark, which some servers send.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Returns the path of the value at which decoding stopped.
///
/// Tracking it would double the time for every body, so it is found afterwards: a second reading of the same bytes,
/// as plain JSON, stops at the same position.
fn path(body: &[u8], error: &serde_json::Error, is_valid: bool) -> String {
    let read = before(body, error.line(), error.column());
    let read = if is_valid {
        without_last_value(read)
    } else {
        read.to_owned()
    };
    let read = String::from_utf8_lossy(&read);
    let mut deserializer = serde_json::Deserializer::from_str(&read);
    match serde_path_to_error::deserialize::<_, Value>(&mut deserializer) {
        Ok(_) => String::new(),
        Err(error) => presentable(error.path()),
    }
}

/// Returns what comes before a line and column as `serde_json` counts them.
fn before(body: &[u8], line: usize, column: usize) -> &[u8] {
    let mut start = 0;
    let lines = body.split_inclusive(|byte| *byte == b'\n');
    for earlier in lines.take(line.saturating_sub(1)) {
        start += earlier.len();
    }
    &body[..(start + column).min(body.len())]
}

/// Cuts off the end of the last complete value, so that it is incomplete.
fn without_last_value(read: &[u8]) -> Vec<u8> {
    if let Some((b'"' | b']' | b'}', rest)) = read.split_last() {
        return rest.to_owned();
    }
    // A number, true, false or null may be complete wherever it is cut; an unterminated text is not.
    let is_literal = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let value = read
        .iter()
        .rposition(|byte| !is_literal(byte))
        .map_or(0, |before| before + 1);
    let mut cut = read[..value].to_owned();
    if value < read.len() {
        cut.push(b'"');
    }
    cut
}

fn presentable(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = Path::default();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_item(*index),
            Segment::Map { key } => text.push_field(key),
            Segment::Enum { variant } => text.push_field(variant),
            // A key is wrong; the path is that of its object.
            Segment::Unknown => {}
        }
    }
    text.into_text()
}

/// Returns the missing field, if that is what the error is about.
fn missing(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests;
