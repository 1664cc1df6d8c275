//! What the setter of a map accepts.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::{Map, Value};

use super::field::{Converted, IntoField};
use super::text::IntoText;
use crate::error::InvalidField;

/// What can be added to a map: `json!` of an object, a `HashMap`, a `BTreeMap`, or pairs in an array, a slice or a `Vec`.
///
/// Keys are text. Values are what a field of any JSON accepts, see [`IntoField`]: entries that are `None` are left out, and
/// `json!(null)` is sent as null. Each is also accepted by reference, and as an `Option`, of which `None` adds
/// nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put into a map",
    note = "take `json!({{ … }})`, a `HashMap`, a `BTreeMap`, or pairs in an array or a `Vec`; a struct of your own goes through `…_from(&value)?`"
)]
pub trait IntoMap {
    #[doc(hidden)]
    fn into_map(self) -> Result<Option<Map<String, Value>>, InvalidField>;
}

fn pairs<K: IntoText, V: IntoField<Value>>(
    entries: impl IntoIterator<Item = (K, V)>,
) -> Converted<Map<String, Value>> {
    let mut map = Map::new();
    for (key, value) in entries {
        let key = key.into_text();
        match value.into_field() {
            Ok(Some(value)) => drop(map.insert(key, value)),
            Ok(None) => {}
            Err(error) => return Err(error.within(&key)),
        }
    }
    Ok(Some(map))
}

fn object(value: Value) -> Converted<Map<String, Value>> {
    match value {
        Value::Object(map) => Ok(Some(map)),
        _ => Err(InvalidField::new("", "is not an object")),
    }
}

impl IntoMap for Value {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        object(self)
    }
}

impl IntoMap for Map<String, Value> {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        Ok(Some(self))
    }
}

impl<K: IntoText, V: IntoField<Value>, S> IntoMap for HashMap<K, V, S> {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        pairs(self)
    }
}

impl<K: IntoText, V: IntoField<Value>> IntoMap for BTreeMap<K, V> {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        pairs(self)
    }
}

impl<K: IntoText, V: IntoField<Value>> IntoMap for Vec<(K, V)> {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        pairs(self)
    }
}

impl<K: IntoText, V: IntoField<Value>, const N: usize> IntoMap for [(K, V); N] {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        pairs(self)
    }
}

impl<K: IntoText + Clone, V: IntoField<Value> + Clone> IntoMap for &[(K, V)] {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        pairs(self.iter().cloned())
    }
}

impl<M: IntoMap> IntoMap for Option<M> {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        self.map_or(Ok(None), IntoMap::into_map)
    }
}

impl<M: IntoMap + Clone> IntoMap for &M {
    #[inline]
    fn into_map(self) -> Converted<Map<String, Value>> {
        self.clone().into_map()
    }
}

/// Converts a value to JSON, which has to be an object; a `None` has no entries.
pub(crate) fn entries(field: &str, value: impl Serialize) -> Converted<Map<String, Value>> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => Ok(Some(map)),
        Ok(Value::Null) => Ok(None),
        // The cause of an error might quote the value.
        Ok(_) | Err(_) => Err(InvalidField::new(field, "is not an object in JSON")),
    }
}
