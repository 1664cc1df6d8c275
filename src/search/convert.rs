//! Into the request types of a version, for generated code.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::query::Query;
use super::sort::Sort;
use crate::error::InvalidField;
use crate::json::lost;

/// A query that keeps to the limits, as a type of a version.
pub(crate) fn query<T: DeserializeOwned + Serialize>(query: &Query) -> Result<T, InvalidField> {
    query.validate()?;
    written(query)
}

/// An order, as a type of a version.
pub(crate) fn sort<T: DeserializeOwned + Serialize>(sort: &Sort) -> Result<T, InvalidField> {
    match sort.field.trim() {
        "" => Err(InvalidField::new("field", "is empty")),
        _ => written(sort),
    }
}

fn written<T: DeserializeOwned + Serialize>(value: &impl Serialize) -> Result<T, InvalidField> {
    json(serde_json::to_value(value).map_err(|_| unfit())?)
}

/// JSON as a type of a version; what that would not send is refused rather than dropped.
pub(crate) fn json<T: DeserializeOwned + Serialize>(value: Value) -> Result<T, InvalidField> {
    // The cause would quote the value.
    let typed = T::deserialize(&value).map_err(|_| unfit())?;
    let sent = serde_json::to_value(&typed).map_err(|_| unfit())?;
    match lost(&value, &sent, String::new()) {
        None => Ok(typed),
        Some(path) => {
            let reason = "this version has no such field";
            Err(InvalidField::new(path.trim_start_matches('.'), reason))
        }
    }
}

fn unfit() -> InvalidField {
    InvalidField::new("", "is not of the form that this version takes")
}
