//! Why a body could not be decoded, without the values that are in it.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

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

/// Decodes a whole JSON document.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| JsonError::new(presentable(error.path()), error.inner()))?;
    deserializer
        .end()
        .map_err(|error| JsonError::new(String::new(), &error))?;
    Ok(value)
}

/// The path, with the keys of maps that look like data left out.
fn presentable(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => {
                text.push_str(&format!("[{index}]"));
                continue;
            }
            Segment::Map { key } => key,
            Segment::Enum { variant } => variant,
            Segment::Unknown => "?",
        };
        push(&mut text, name);
    }
    text
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(if super::is_identifier(name) {
        name
    } else {
        "?"
    });
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
}
