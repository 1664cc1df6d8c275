//! Reads and writes the generated structs.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::key::Key;
use super::path::Step;
use super::read::{Lenient, Place, Read, Seed, otherwise};
use super::token::{NUMBER, json_list, number};
use super::unknown::UnknownFields;
use super::unread::Since;
use super::write::{ToJson, Writer};
use super::{raw, unread};

/// The fields of a generated struct.
pub(crate) trait Fields: Default + 'static {
    /// Reads the value of one field; what it cannot hold goes into `rest`.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
        rest: &mut Rest,
    ) -> Result<(), A::Error>;

    /// Writes all fields that are not empty.
    fn write(&self, writer: &mut Writer);

    /// The fields that the type does not declare.
    fn unknown(&mut self) -> &mut UnknownFields;

    /// Accepts a list of objects without the object around it; `false` if no field holds such a list.
    fn read_list(&mut self, _list: &Value) -> bool {
        false
    }

    /// Accepts a URL in place of the object; `false` if no field holds it, or if it is not a URL.
    fn read_url(&mut self, _url: &str) -> bool {
        false
    }

    /// The required field that is missing.
    fn missing(&self) -> Option<&'static str> {
        None
    }
}

/// What is left of a field's value after it was read.
pub(crate) enum Rest {
    Nothing,
    /// The type has such a field, but could not read the value.
    Odd(Value),
    /// Like [`Odd`](Self::Odd), but noted otherwise.
    Noted(Value),
    /// The type has no such field.
    Unknown(Value),
}

impl<T: Fields> Lenient for T {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Read<Self>, D::Error> {
        let mut object = T::default();
        let read = deserializer.deserialize_any(ObjectVisitor(&mut object))?;
        Ok(read.map(|()| object))
    }

    fn fill<'de, D: Deserializer<'de>>(
        field: &mut Option<Self>,
        deserializer: D,
    ) -> Result<Read<()>, D::Error> {
        let object = field.insert(T::default());
        let read = deserializer.deserialize_any(ObjectVisitor(object))?;
        if !read.is_value() {
            *field = None;
        }
        Ok(read)
    }

    fn push<'de, D: Deserializer<'de>>(
        list: &mut Vec<Self>,
        deserializer: D,
    ) -> Result<Read<()>, D::Error> {
        let before = list.len();
        list.push(T::default());
        let read = deserializer.deserialize_any(ObjectVisitor(&mut list[before]));
        if !read.as_ref().is_ok_and(Read::is_value) {
            list.truncate(before);
        }
        read
    }
}

impl<T: Fields> ToJson for T {
    fn to_json(&self) -> Option<Value> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        Some(writer.finish())
    }
}

/// A struct within a struct of the same type.
impl<T: Fields> Fields for Box<T> {
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
        rest: &mut Rest,
    ) -> Result<(), A::Error> {
        (**self).read(name, map, rest)
    }

    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    fn unknown(&mut self) -> &mut UnknownFields {
        (**self).unknown()
    }

    fn read_list(&mut self, list: &Value) -> bool {
        (**self).read_list(list)
    }

    fn read_url(&mut self, url: &str) -> bool {
        (**self).read_url(url)
    }

    fn missing(&self) -> Option<&'static str> {
        (**self).missing()
    }
}

/// Fills an object in place: some are large, and a visitor's value is moved often.
struct ObjectVisitor<'o, T>(&'o mut T);

impl<T: Fields> ObjectVisitor<'_, T> {
    /// An object without its id is read all the same, and the missing id is noted.
    fn read(self) -> Read<()> {
        if let Some(field) = self.0.missing() {
            unread::missing(field);
        }
        Read::Value(())
    }
}

impl<'de, T: Fields> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = Read<()>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    otherwise!(());

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<()>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read<()>, A::Error> {
        let mut rest = Rest::Nothing;
        let start = Since::now();
        let (mut since, mut has_odd) = (start, false);
        while let Some(Key(name)) = map.next_key()? {
            self.0.read(&name, &mut map, &mut rest)?;
            if (has_odd || since != start) && !matches!(rest, Rest::Unknown(_)) {
                // Of a duplicate key the last value counts.
                self.0.unknown().remove(&name);
                since = start.forget(since, &name);
            }
            since.streamed(|| Step::Field(name.clone().into_owned()));
            if matches!(rest, Rest::Nothing) {
                continue;
            }
            match std::mem::replace(&mut rest, Rest::Nothing) {
                Rest::Nothing => {}
                Rest::Odd(json) => {
                    unread::field(&name, &json);
                    since = Since::now();
                    has_odd = true;
                    self.0.unknown().insert(&name, json);
                }
                Rest::Noted(json) => {
                    has_odd = true;
                    self.0.unknown().insert(&name, json);
                }
                Rest::Unknown(Value::String(text)) if name == NUMBER => {
                    return Ok(Read::Odd(number(&text)));
                }
                Rest::Unknown(json) => {
                    unread::unknown();
                    self.0.unknown().insert(&name, json);
                }
            }
        }
        Ok(self.read())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Read<()>, A::Error> {
        let json = json_list(list)?;
        Ok(match json.as_array().map(Vec::as_slice) {
            Some([]) => Read::Nothing,
            Some(items) if items.iter().any(Value::is_object) && self.0.read_list(&json) => {
                self.read()
            }
            _ => Read::Odd(json),
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read<()>, E> {
        Ok(match text.trim() {
            "" => Read::Nothing,
            _ if self.0.read_url(text) => self.read(),
            _ => Read::Odd(text.into()),
        })
    }
}

/// Reads the value of a field that may be `None`.
pub(crate) fn optional<'de, T: Lenient, A: MapAccess<'de>>(
    field: &mut Option<T>,
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    // Of a duplicate key the last value counts.
    match map.next_value_seed(Place(field))? {
        Read::Value(()) | Read::Unfit(()) | Read::Nothing => {}
        Read::Odd(json) => *rest = Rest::Odd(json),
        Read::Noted(json) => *rest = Rest::Noted(json),
    }
    Ok(())
}

/// Reads the value of a field that is empty if there is none: a list, a map, an id.
pub(crate) fn plain<'de, T: Lenient + Default, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    let mut read = None;
    optional(&mut read, map, rest)?;
    *field = read.unwrap_or_default();
    Ok(())
}

/// Reads the list of an envelope, which is required.
pub(crate) fn enveloped<'de, T: Lenient, A: MapAccess<'de>>(
    field: &mut Vec<T>,
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    plain(field, map, rest)?;
    if !matches!(rest, Rest::Odd(_)) {
        unread::list_seen();
    }
    Ok(())
}

fn is_no_id(id: &str) -> bool {
    id == "0" || id.trim_start().is_empty()
}

/// Reads the id of the resource itself; 0 and a blank text are none.
pub(crate) fn id<'de, A: MapAccess<'de>>(
    field: &mut String,
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    plain(field, map, rest)?;
    if is_no_id(field) {
        field.clear();
    }
    if let Rest::Odd(json) = rest {
        // That it is missing is noted once the object has been read.
        *rest = Rest::Noted(json.take());
    }
    Ok(())
}

/// Reads the id of another resource; 0 and a blank text are none.
pub(crate) fn reference<'de, A: MapAccess<'de>>(
    field: &mut Option<String>,
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    optional(field, map, rest)?;
    if field.as_deref().is_some_and(is_no_id) {
        *field = None;
    }
    Ok(())
}

/// Reads a list that came without the object around it.
pub(crate) fn listed<T: Lenient>(field: &mut Vec<T>, list: &Value) -> bool {
    match raw::read(&list.to_string()) {
        Ok(Read::Value(list)) => {
            *field = list;
            unread::list_seen();
            true
        }
        _ => false,
    }
}

/// Keeps the value of an unknown field.
pub(crate) fn unknown<'de, A: MapAccess<'de>>(
    map: &mut A,
    rest: &mut Rest,
) -> Result<(), A::Error> {
    let json = map.next_value_seed(Seed::<Value>::new())?.or_default();
    if !json.is_null() {
        *rest = Rest::Unknown(json);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
