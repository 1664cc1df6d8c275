//! What is wrong with a field of a request.

use std::any::type_name;
use std::fmt;

const REQUIRED: &str = "is required and was not set";

/// A field of a request body that was given no usable value.
///
/// The error of a body builder, found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidField {
    path: String,
    reason: String,
}

impl InvalidField {
    pub(crate) fn missing(field: &'static str) -> Self {
        Self {
            path: field.to_owned(),
            reason: REQUIRED.to_owned(),
        }
    }

    /// A field, and what is wrong with it; neither quotes a value. Without a path it is what encloses it that is wrong.
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// The field that is required, if that is what the text of another error says.
    #[cfg(feature = "dynamic")]
    pub(crate) fn required(text: &str) -> Option<&str> {
        text.strip_suffix(REQUIRED)?.strip_suffix(": ")
    }

    /// The field, with the fields that enclose it: `from.id`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// `error` as the trouble of `field`; the path grows by one step where it has a path already.
    pub(crate) fn enclosing<E: fmt::Display>(field: &str, error: &E) -> Self {
        let text = error.to_string();
        // A downcast would need `E: 'static`, which the setters cannot promise; a wrong guess costs a dot.
        let nested = type_name::<E>() == type_name::<Self>();
        match text.split_once(": ").filter(|_| nested) {
            Some((path, reason)) => Self {
                // The name of a filter is put beside its place.
                path: match path.starts_with('(') {
                    true => format!("{field} {path}"),
                    false => format!("{field}.{path}"),
                },
                reason: reason.to_owned(),
            },
            None => Self {
                path: field.to_owned(),
                reason: text,
            },
        }
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.reason),
            path => write!(f, "{path}: {}", self.reason),
        }
    }
}

impl std::error::Error for InvalidField {}
