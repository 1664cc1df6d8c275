//! What setters were given.

use serde_json::{Map, Value};

use super::field::{IntoField, Taken};
use super::id::Id;
use super::list::IntoList;
use super::map::IntoMap;
use crate::error::InvalidField;
use crate::json;

/// What a setter was given; the first failure of a request is kept in `error`.
pub(crate) fn taken<T>(
    field: &str,
    value: impl IntoField<T>,
    error: &mut Option<InvalidField>,
) -> Option<T> {
    or_kept(field, value.into_field(), error)
}

/// What the setter of a list was given.
pub(crate) fn taken_list<T>(
    field: &str,
    list: impl IntoList<T>,
    error: &mut Option<InvalidField>,
) -> Option<Vec<T>> {
    or_kept(field, list.into_list(), error)
}

/// What the setter of a map was given.
pub(crate) fn taken_map(
    field: &str,
    map: impl IntoMap,
    error: &mut Option<InvalidField>,
) -> Option<Map<String, Value>> {
    or_kept(field, map.into_map(), error)
}

/// What the setter of an id was given that is written as an integer.
pub(crate) fn taken_integer_id(
    field: &str,
    id: impl IntoField<Id>,
    error: &mut Option<InvalidField>,
) -> Option<Id> {
    let id = taken(field, id, error)?;
    is_integer(&id, field, error).then_some(id)
}

/// What the setter of ids was given that are written as integers.
pub(crate) fn taken_integer_ids(
    field: &str,
    ids: impl IntoList<Id>,
    error: &mut Option<InvalidField>,
) -> Option<Vec<Id>> {
    let ids = taken_list(field, ids, error)?;
    let mut all = ids.iter().enumerate();
    all.all(|(index, id)| is_integer(id, &format!("{field}[{index}]"), error))
        .then_some(ids)
}

fn or_kept<T>(field: &str, taken: Taken<T>, error: &mut Option<InvalidField>) -> Option<T> {
    taken.unwrap_or_else(|cause| {
        error.get_or_insert_with(|| cause.within(field));
        None
    })
}

fn is_integer(id: &Id, field: &str, error: &mut Option<InvalidField>) -> bool {
    let is_integer = json::integer(&id.0).is_some();
    if !is_integer {
        error.get_or_insert_with(|| InvalidField::new(field, "is not an integer"));
    }
    is_integer
}
