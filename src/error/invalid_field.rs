//! Invalid fields of requests.

use std::fmt;

/// A field of a request with a value that cannot be sent.
///
/// It is found before anything is sent, by `to_json` of the structs that requests carry or by the request itself.
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

    /// Adds the field that encloses it.
    pub(crate) fn within(mut self, field: &str) -> Self {
        self.path = match self.path.as_str() {
            "" => field.to_owned(),
            // The position of a filter, or of an item, follows the field without a dot.
            path if path.starts_with('[') => format!("{field}{path}"),
            path if path.starts_with('(') => format!("{field} {path}"),
            path => format!("{field}.{path}"),
        };
        self
    }

    /// Adds its position in the list that holds it.
    pub(crate) fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// Creates it from a path and a reason, neither of which quotes a value. An empty path is that of what encloses it.
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: Reason::Other(reason.into()),
        }
    }

    /// Returns the path of the field, for example `from.id`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong with the field.
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
