//! Conversions into the request types of a version, for generated code.

use serde::Serialize;

use super::query::Query;
use super::sort::Sort;
use crate::error::InvalidField;
use crate::input::Input;

/// A query within the limits, as a type of a version.
pub(crate) fn query<T: Input>(query: &Query) -> Result<T, InvalidField> {
    query.validate()?;
    written(query)
}

/// A sort order, as a type of a version.
pub(crate) fn sort<T: Input>(sort: &Sort) -> Result<T, InvalidField> {
    match sort.field.trim() {
        "" => Err(InvalidField::new("field", "is empty")),
        _ => written(sort),
    }
}

fn written<T: Input>(value: &impl Serialize) -> Result<T, InvalidField> {
    let value =
        serde_json::to_value(value).map_err(|_| InvalidField::new("", "cannot be written"))?;
    T::from_json(value)
}
