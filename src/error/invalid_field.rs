//! What is wrong with a field of a request.

use std::fmt;

/// A field of a request body that was given no usable value.
///
/// Found before anything is sent, by `to_json` of the structs that requests carry or by the request itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidField {
    path: String,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Required,
    Other(String),
}

impl InvalidField {
    pub(crate) fn missing(field: &'static str) -> Self {
        Self {
            path: field.to_owned(),
            reason: Reason::Required,
        }
    }

    /// The same, with the field that encloses it.
    pub(crate) fn within(mut self, field: &str) -> Self {
        self.path = match self.path.as_str() {
            "" => field.to_owned(),
            // The place of a filter, or of an item, is put beside what holds it.
            path if path.starts_with('[') => format!("{field}{path}"),
            path if path.starts_with('(') => format!("{field} {path}"),
            path => format!("{field}.{path}"),
        };
        self
    }

    /// The same, with the place in the list that holds it.
    pub(crate) fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// A field, and what is wrong with it; neither quotes a value. Without a path it is what encloses it that is wrong.
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: Reason::Other(reason.into()),
        }
    }

    /// The field, with the fields that enclose it: `from.id`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        match &self.reason {
            Reason::Required => "is required",
            Reason::Other(reason) => reason,
        }
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, reason) = (self.path.as_str(), self.reason());
        match &self.reason {
            _ if path.is_empty() => f.write_str(reason),
            Reason::Required => write!(f, "`{path}` {reason}"),
            Reason::Other(_) => write!(f, "{path}: {reason}"),
        }
    }
}

impl std::error::Error for InvalidField {}
