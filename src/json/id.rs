//! The ids of resources, which have to be there.

use std::{cell::Cell, marker::PhantomData};

use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;
use serde_json::Value;

use super::{
    Fields,
    lenient::{Lenient, Seed},
};

/// Reads an id; null is as good as none.
pub(crate) fn id<'de, A: MapAccess<'de>>(field: &mut String, map: &mut A) -> Result<(), A::Error> {
    if let Some(id) = map.next_value_seed(Seed::<Option<String>>(PhantomData))? {
        *field = id;
    }
    Ok(())
}

/// Reads the id of another resource; nothing, 0 and no text are none.
pub(crate) fn reference<'de, A: MapAccess<'de>>(
    field: &mut Option<String>,
    map: &mut A,
) -> Result<(), A::Error> {
    let id = map.next_value_seed(Seed::<Option<String>>(PhantomData))?;
    *field = id.filter(|id| !matches!(id.as_str(), "" | "0"));
    Ok(())
}

/// An id, or ids, or none of these, that a field holds.
pub(crate) trait Ids {
    fn to_json(&self) -> Option<Value>;
}

impl Ids for String {
    fn to_json(&self) -> Option<Value> {
        Some(integer(self).unwrap_or_else(|| self.as_str().into()))
    }
}

/// The integer that a text is.
pub(crate) fn integer(text: &str) -> Option<Value> {
    let signed = text.parse::<i64>().map(Value::from);
    signed
        .or_else(|_| text.parse::<u64>().map(Value::from))
        .ok()
}

impl<I: Ids> Ids for Vec<I> {
    fn to_json(&self) -> Option<Value> {
        Some(self.iter().filter_map(Ids::to_json).collect())
    }
}

impl Ids for Option<String> {
    fn to_json(&self) -> Option<Value> {
        self.as_ref()?.to_json()
    }
}

impl Ids for Option<Vec<String>> {
    fn to_json(&self) -> Option<Value> {
        self.as_ref()?.to_json()
    }
}

/// Writes ids as the integers that the description declares.
pub(crate) fn integer_id<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    ids: &impl Ids,
) -> Result<(), M::Error> {
    match ids.to_json() {
        Some(json) => map.serialize_entry(key, &json),
        None => Ok(()),
    }
}

thread_local! {
    /// Whether a resource may come without its id, for as long as what could be read of a body is looked at.
    static WITHOUT_IDS: Cell<bool> = const { Cell::new(false) };
}

/// Reads something in which resources may lack their ids.
pub(crate) fn without_ids<T>(read: impl FnOnce() -> T) -> T {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            WITHOUT_IDS.set(false);
        }
    }
    let _reset = Reset;
    WITHOUT_IDS.set(true);
    read()
}

/// An error if the object lacks its id.
pub(super) fn check<T: Fields, E: Error>(object: &T) -> Result<(), E> {
    match object.missing() {
        Some(field) if !WITHOUT_IDS.get() => Err(E::missing_field(field)),
        _ => Ok(()),
    }
}
