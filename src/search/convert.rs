//! Conversions into the request types of a version, for generated code.

use super::query::Query;
use super::sort::Sort;
use crate::error::InvalidField;
use crate::input::Input;

/// A query within the limits, as a type of a version.
pub(crate) fn query<T: Input>(query: &Query) -> Result<T, InvalidField> {
    query.validate()?;
    T::from_json(query.to_json())
}

/// A sort order, as a type of a version.
pub(crate) fn sort<T: Input>(sort: &Sort) -> Result<T, InvalidField> {
    match sort.field.trim() {
        "" => Err(InvalidField::new("field", "is empty")),
        _ => T::from_json(sort.to_json()),
    }
}
