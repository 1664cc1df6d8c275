//! What the setter of a list accepts.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::field::{Converted, IntoField};
use crate::error::InvalidField;

/// What a list of `T` can be set to: a `Vec`, an array, a slice or a set of what [`IntoField<T>`] accepts. A list of structs or of any
/// JSON can be a `json!` array too.
///
/// Each is also accepted by reference and as an `Option`, of which `None` leaves the list as it is. Items that are `None` are left out. An iterator
/// has to be collected first.
#[diagnostic::on_unimplemented(
    message = "a list of `{T}` cannot be set to `{Self}`",
    note = "a list is taken as a `Vec`, an array, a slice or a set; collect an iterator first"
)]
pub trait IntoList<T> {
    #[doc(hidden)]
    fn into_list(self) -> Result<Option<Vec<T>>, InvalidField>;
}

fn items<T, V: IntoField<T>>(items: impl IntoIterator<Item = V>) -> Converted<Vec<T>> {
    let taken = items.into_iter().enumerate().filter_map(|(index, item)| {
        let item = item.into_field().map_err(|error| error.at(index));
        item.transpose()
    });
    taken.collect::<Result<_, _>>().map(Some)
}

impl<T, V: IntoField<T>> IntoList<T> for Vec<V> {
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<T, V: IntoField<T>, const N: usize> IntoList<T> for [V; N] {
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<'a, T, V> IntoList<T> for &'a [V]
where
    &'a V: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<'a, T, V> IntoList<T> for &'a Vec<V>
where
    &'a V: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<'a, T, V, const N: usize> IntoList<T> for &'a [V; N]
where
    &'a V: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<T, V: IntoField<T>, S> IntoList<T> for HashSet<V, S> {
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<'a, T, V, S> IntoList<T> for &'a HashSet<V, S>
where
    &'a V: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<T, V: IntoField<T>> IntoList<T> for BTreeSet<V> {
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<'a, T, V> IntoList<T> for &'a BTreeSet<V>
where
    &'a V: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        items(self)
    }
}

impl<T> IntoList<T> for Value
where
    Self: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        match self {
            Self::Array(list) => items(list),
            _ => Err(InvalidField::new("", "is not a list")),
        }
    }
}

impl<T> IntoList<T> for &Value
where
    Value: IntoField<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        self.clone().into_list()
    }
}

impl<T, L: IntoList<T>> IntoList<T> for Option<L> {
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        self.map_or(Ok(None), IntoList::into_list)
    }
}

impl<'a, T, L> IntoList<T> for &'a Option<L>
where
    &'a L: IntoList<T>,
{
    #[inline]
    fn into_list(self) -> Converted<Vec<T>> {
        self.as_ref().map_or(Ok(None), IntoList::into_list)
    }
}
