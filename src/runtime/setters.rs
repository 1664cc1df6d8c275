//! Support for the setters of generated builders.

use std::fmt;

use crate::error::InvalidField;

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
