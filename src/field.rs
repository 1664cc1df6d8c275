//! Support for the generated builders of request bodies.

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
    fn enclosing<E: fmt::Display>(field: &str, error: &E) -> Self {
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

/// Converts the items that a setter was given; the first failure of a builder is kept in `error`.
pub(crate) fn convert_list<T, V>(
    field: &'static str,
    values: V,
    error: &mut Option<InvalidField>,
) -> Option<Vec<T>>
where
    V: IntoIterator,
    V::Item: TryInto<T, Error: fmt::Display>,
{
    let mut list = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        match value.try_into() {
            Ok(value) => list.push(value),
            Err(cause) => {
                let field = format!("{field}[{index}]");
                error.get_or_insert_with(|| InvalidField::enclosing(&field, &cause));
                return None;
            }
        }
    }
    Some(list)
}

/// Converts what a setter was given; the first failure of a builder is kept in `error`.
pub(crate) fn convert<T, V>(
    field: &'static str,
    value: V,
    error: &mut Option<InvalidField>,
) -> Option<T>
where
    V: TryInto<T>,
    V::Error: fmt::Display,
{
    match value.try_into() {
        Ok(value) => Some(value),
        Err(cause) => {
            error.get_or_insert_with(|| InvalidField::enclosing(field, &cause));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Unset;

    impl TryFrom<Unset> for String {
        type Error = InvalidField;

        fn try_from(_: Unset) -> Result<Self, InvalidField> {
            Err(InvalidField::missing("id"))
        }
    }

    #[test]
    fn a_nested_field_is_named_with_what_encloses_it() {
        let mut error = None;
        assert_eq!(convert::<String, _>("from", Unset, &mut error), None);
        let error = error.unwrap();
        assert_eq!(error.path(), "from.id");
        assert_eq!(error.to_string(), "from.id: is required and was not set");
    }

    #[test]
    fn the_first_error_is_kept() {
        let mut error = None;
        convert::<u8, i32>("first", -1, &mut error);
        convert::<u8, i32>("second", -1, &mut error);
        assert_eq!(error.unwrap().path(), "first");
    }

    #[test]
    fn a_good_value_leaves_no_error() {
        let mut error = None;
        assert_eq!(
            convert::<String, _>("name", "Ada", &mut error).as_deref(),
            Some("Ada")
        );
        assert_eq!(error, None);
    }
}
