//! Why a body could not be decoded, without the values that are in it.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::is_identifier;

/// How many steps of a path are shown.
const LONGEST: usize = 16;

/// The place in a JSON document at which decoding stopped.
///
/// The messages of `serde_json` quote the value that they stumble over; this does not.
#[derive(Debug)]
pub(crate) struct JsonError {
    path: String,
    is_missing: bool,
    line: usize,
    column: usize,
    category: Category,
}

impl JsonError {
    fn new(mut path: String, error: &serde_json::Error) -> Self {
        let missing = missing(error);
        if let Some(field) = &missing {
            push(&mut path, field);
        }
        Self {
            path,
            is_missing: missing.is_some(),
            line: error.line(),
            column: error.column(),
            category: error.classify(),
        }
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
        write!(f, " (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for JsonError {}

/// Decodes a whole JSON document; of a key that is there twice the last value counts.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    // To look at all of it once is faster than to look at each of its texts.
    let read = match std::str::from_utf8(body) {
        Ok(body) => serde_json::from_str(body),
        Err(_) => serde_json::from_slice(body),
    };
    read.map_err(|error| JsonError::new(path(body, &error), &error))
}

/// Decodes the answer of an operation: inside of it a text may stand for an object, but the whole of it is none.
pub(crate) fn answer<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    if body.trim_ascii_start().starts_with(b"\"") {
        from_json::<Map<String, Value>>(body)?;
    }
    from_json(body)
}

/// The path of the value at which decoding stopped.
///
/// Keeping track of it would double the time that every body takes, so it is found afterwards: reading as much once more,
/// as plain JSON, breaks off at the same place.
fn path(body: &[u8], error: &serde_json::Error) -> String {
    let mut read = before(body, error.line(), error.column()).to_vec();
    if error.is_data() {
        cut_last_value(&mut read);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(&read);
    match serde_path_to_error::deserialize::<_, Value>(&mut deserializer) {
        Ok(_) => String::new(),
        Err(error) => presentable(error.path()),
    }
}

/// What comes before a line and column as `serde_json` counts them.
fn before(body: &[u8], line: usize, column: usize) -> &[u8] {
    let earlier = body.split_inclusive(|byte| *byte == b'\n');
    let start: usize = earlier.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    &body[..(start + column).min(body.len())]
}

/// Takes away the end of the value that is last, and complete.
fn cut_last_value(read: &mut Vec<u8>) {
    if let Some(b'"' | b']' | b'}') = read.last() {
        read.pop();
        return;
    }
    // A number, true, false or null may be complete wherever it is cut; a text that only begins is not.
    let is_literal = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let value = read
        .iter()
        .rposition(|byte| !is_literal(byte))
        .map_or(0, |before| before + 1);
    if value < read.len() {
        read.truncate(value);
        read.push(b'"');
    }
}

/// The path, with the keys of maps that look like data left out, and no more of it than says where to look.
fn presentable(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = String::new();
    for (depth, segment) in path.iter().enumerate() {
        if depth == LONGEST {
            text.push_str(".…");
            break;
        }
        let name = match segment {
            Segment::Seq { index } => {
                text.push_str(&format!("[{index}]"));
                continue;
            }
            Segment::Map { key } => key,
            Segment::Enum { variant } => variant,
            // What is wrong is a key; the path is that of its object.
            Segment::Unknown => continue,
        };
        push(&mut text, name);
    }
    text
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(if is_identifier(name) { name } else { "?" });
}

/// The field that is missing, if that is what the error says.
fn missing(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::from_json;

    #[test]
    fn the_path_is_named_and_the_value_is_not() {
        let error = from_json::<HashMap<String, Vec<u8>>>(br#"{"ages": [1, "ada@example.com"]}"#)
            .unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("ages[1]"), "{text}");
        assert!(!text.contains("ada"), "{text}");
    }

    #[test]
    fn a_key_that_looks_like_data_is_left_out() {
        let error = from_json::<HashMap<String, u8>>(br#"{"ada@example.com": ""}"#).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("ada"));
    }

    #[test]
    fn what_follows_the_document_is_an_error() {
        assert!(from_json::<u8>(b"1 2").is_err());
        assert!(from_json::<u8>(b"1 \n").is_ok());
    }

    #[test]
    fn deep_nesting_and_a_cut_are_errors() {
        let deep = "[".repeat(100_000);
        assert!(from_json::<serde_json::Value>(deep.as_bytes()).is_err());
        let error = from_json::<serde_json::Value>(b"{\"a\":").unwrap_err();
        assert!(error.to_string().contains("too early"), "{error}");
    }

    #[test]
    fn the_path_leads_to_where_keeping_track_of_it_leads() {
        type Body = HashMap<String, Vec<HashMap<String, u8>>>;
        let body = br#"{"pages": [{"first": 1, "last": 12}, {"last": 3}], "more": [{"next": 4}]}"#;
        for place in 0..body.len() {
            for byte in *b"x1\"{}[],:t.-\\" {
                let mut broken = body.to_vec();
                broken[place] = byte;
                let Err(error) = from_json::<Body>(&broken) else {
                    continue;
                };
                let mut tracked = serde_json::Deserializer::from_slice(&broken);
                let expected = match serde_path_to_error::deserialize::<_, Body>(&mut tracked) {
                    Ok(_) => String::new(),
                    Err(error) => super::presentable(error.path()),
                };
                // A step less where a list has another list, or an object, in place of a value.
                let short = expected.strip_prefix(&error.path);
                assert!(
                    short.is_some_and(|rest| rest.is_empty() || rest == "[0]" || rest == "[1]"),
                    "{} is at {expected}, not {}",
                    String::from_utf8_lossy(&broken),
                    error.path
                );
            }
        }
    }
}
