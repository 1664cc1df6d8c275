//! The fields of a request, or of a part of one, that were set so far.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::field::{Converted, IntoField};
use super::item::Item;
use super::list::IntoList;
use super::map::IntoMap;
use super::pairs::pairs;
use super::shape::{Object, Shape};
use super::strict;
use crate::error::InvalidField;

/// The fields of an object that were set, in the form in which they are sent, and the first error.
#[derive(Clone)]
pub(crate) struct Fields {
    object: &'static Object,
    map: Map<String, Value>,
    invalid: Option<InvalidField>,
}

#[allow(
    dead_code,
    reason = "not every version, nor every resource, needs all of them"
)]
impl Fields {
    pub(crate) fn new(object: &'static Object) -> Self {
        Self {
            object,
            map: Map::new(),
            invalid: None,
        }
    }

    /// Reads JSON, and rejects what would be lost. Missing fields are found when it is sent.
    pub(crate) fn from_json(object: &'static Object, value: Value) -> Result<Self, InvalidField> {
        let Value::Object(map) = value else {
            return Err(InvalidField::new("", "is not an object"));
        };
        let map = strict::fields(object, map)?;
        Ok(Self {
            map,
            ..Self::new(object)
        })
    }

    /// Whether nothing was set, nor can be.
    pub(crate) fn has_none(&self) -> bool {
        self.object.fields.is_empty() && self.map.is_empty()
    }

    /// Sets a field to one value.
    pub(crate) fn set<T: Item>(&mut self, field: &'static str, value: impl IntoField<T>) {
        self.put(field, item(value));
    }

    /// Sets a field to a list.
    pub(crate) fn set_list<T: Item>(&mut self, field: &'static str, list: impl IntoList<T>) {
        self.put(field, items(list));
    }

    /// Sets a field to JSON that was checked already.
    pub(crate) fn set_checked(&mut self, field: &'static str, json: Converted<Value>) {
        self.put(field, json);
    }

    /// Adds entries to a map.
    pub(crate) fn add(&mut self, field: &'static str, entries: impl IntoMap) {
        match entries.into_map() {
            Ok(Some(entries)) => self.extend(field, entries),
            Ok(None) => {}
            Err(error) => self.reject(error.within(field)),
        }
    }

    /// Adds one entry to a map.
    pub(crate) fn add_entry(
        &mut self,
        field: &'static str,
        key: String,
        value: impl IntoField<Value>,
    ) {
        match value.into_field() {
            Ok(Some(value)) => self.extend(field, Map::from_iter([(key, value)])),
            Ok(None) => {}
            Err(error) => self.reject(error.within(&key).within(field)),
        }
    }

    /// Adds one entry to an object within a field, whose keys are data, such as a language.
    pub(crate) fn add_locale<T: Item>(
        &mut self,
        field: &'static str,
        locale: &str,
        value: impl IntoField<T>,
    ) {
        let declared = self.object.field(field).map(|field| field.shape);
        let Some(Shape::Object(declared)) = declared else {
            return;
        };
        match entry(declared, locale, value) {
            Ok(Some(value)) => self.extend(field, Map::from_iter([(locale.to_owned(), value)])),
            Ok(None) => {}
            Err(error) => self.reject(error.within(field)),
        }
    }

    /// Sets the field whose name is a locale.
    pub(crate) fn set_locale<T: Item>(&mut self, locale: &str, value: impl IntoField<T>) {
        match entry(self.object, locale, value) {
            Ok(Some(value)) => drop(self.map.insert(locale.to_owned(), value)),
            Ok(None) => {}
            Err(error) => self.reject(error),
        }
    }

    /// Sets a field to null.
    pub(crate) fn clear(&mut self, field: &'static str) {
        self.map.insert(field.to_owned(), Value::Null);
    }

    /// Sets a field that the version does not know.
    pub(crate) fn extra(&mut self, field: impl Into<String>, value: impl IntoField<Value>) {
        let field = field.into();
        match value.into_field() {
            Ok(Some(value)) => drop(self.map.insert(field, value)),
            Ok(None) => {}
            Err(error) => self.reject(error.within(&field)),
        }
    }

    /// Replaces all fields by those of another.
    pub(crate) fn replace(&mut self, fields: Result<Option<Self>, InvalidField>) {
        match fields {
            Ok(Some(fields)) => {
                self.map = fields.map;
                self.invalid = self.invalid.take().or(fields.invalid);
            }
            Ok(None) => {}
            Err(error) => self.reject(error),
        }
    }

    /// Clears all fields.
    pub(crate) fn reset(&mut self) {
        self.map.clear();
    }

    /// Copies the fields of the type that is read, each of which is one of this type.
    pub(crate) fn of_read(object: &'static Object, value: &impl Serialize) -> Self {
        let read = serde_json::to_value(value);
        let read = read.map_err(|_| InvalidField::new("", "cannot be written"));
        let fields = read.and_then(|value| Self::from_json(object, value));
        fields.unwrap_or_else(|error| Self {
            invalid: Some(error),
            ..Self::new(object)
        })
    }

    /// Sets fields from JSON, and rejects unknown ones.
    pub(crate) fn set_json(&mut self, values: Map<String, Value>) {
        match strict::fields(self.object, values) {
            Ok(values) => self.map.extend(values),
            Err(error) => self.reject(error),
        }
    }

    /// Records an error; the first one is reported.
    pub(crate) fn reject(&mut self, error: InvalidField) {
        self.invalid.get_or_insert(error);
    }

    /// Returns the fields that were set, without a check for missing ones.
    pub(crate) fn into_map(self) -> Result<Map<String, Value>, InvalidField> {
        match self.invalid {
            Some(error) => Err(error),
            None => Ok(self.map),
        }
    }

    /// Returns the whole object in the form in which it is sent.
    ///
    /// # Errors
    /// Names the first field that was set to a value it cannot hold, or that is required and not set.
    pub(crate) fn into_json(self) -> Result<Value, InvalidField> {
        let object = self.object;
        strict::complete(object, self.into_map()?)
    }

    /// Returns the fields as the parameters of a query or of headers.
    pub(crate) fn pairs(self) -> Result<Vec<(String, String)>, InvalidField> {
        let fields = self.object.fields;
        Ok(pairs(&self.into_json()?, fields))
    }

    /// Returns the fields that were set so far in the same form; missing ones are no error.
    pub(crate) fn partial_pairs(self) -> Result<Vec<(String, String)>, InvalidField> {
        let fields = self.object.fields;
        Ok(pairs(&Value::Object(self.into_map()?), fields))
    }

    fn put(&mut self, name: &'static str, value: Converted<Value>) {
        let shape = self
            .object
            .field(name)
            .map_or(Shape::Any, |field| field.shape);
        let checked = value.and_then(|value| {
            let checked = value.map(|value| strict::scalar(&shape, value));
            checked.transpose()
        });
        match checked {
            Ok(Some(value)) => drop(self.map.insert(name.to_owned(), value)),
            Ok(None) => {}
            Err(error) => self.reject(error.within(name)),
        }
    }

    /// Adds to the entries of a map; one that was to be sent as null starts empty.
    fn extend(&mut self, field: &str, entries: Map<String, Value>) {
        match self.map.get_mut(field) {
            Some(Value::Object(held)) => held.extend(entries),
            _ => drop(self.map.insert(field.to_owned(), Value::Object(entries))),
        }
    }
}

/// Converts what a setter was given to JSON.
pub(crate) fn item<T: Item>(value: impl IntoField<T>) -> Converted<Value> {
    value.into_field()?.map(Item::into_json).transpose()
}

/// Converts what the setter of a list was given to JSON.
pub(crate) fn items<T: Item>(list: impl IntoList<T>) -> Converted<Value> {
    let Some(items) = list.into_list()? else {
        return Ok(None);
    };
    let items = items.into_iter().enumerate();
    let items = items.map(|(index, item)| item.into_json().map_err(|error| error.at(index)));
    items
        .collect::<Result<_, _>>()
        .map(|items| Some(Value::Array(items)))
}

/// Returns the value of a field whose name is data.
fn entry<T: Item>(declared: &Object, name: &str, value: impl IntoField<T>) -> Converted<Value> {
    if declared.field(name).is_none() {
        return Err(strict::unknown(declared, name));
    }
    item(value).map_err(|error| error.within(name))
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        (&self.map, &self.invalid) == (&other.map, &other.invalid)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.object.name);
        for (name, value) in &self.map {
            shown.field(name, value);
        }
        match &self.invalid {
            Some(error) => shown.field("invalid", error).finish(),
            None => shown.finish(),
        }
    }
}
