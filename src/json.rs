//! How the structs of the models are read and written: leniently in, exactly out.
//!
//! The API contradicts its descriptions in what may be null, in whether an id is a string and in how a time is written.
//! Each kind of value is read from every form it has been seen in; it is written in the form the description declares.

mod decode;
mod dropped;
mod id;
mod lenient;
pub(crate) mod open_enum;
#[cfg(feature = "schemars")]
pub(crate) mod schema;
pub(crate) mod tagged_union;
mod time;
mod union;

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};

pub(crate) use self::decode::{JsonError, answer, from_json};
pub(crate) use self::dropped::lost;
pub(crate) use self::id::{id, integer, integer_id, reference, without_ids};
pub(crate) use self::lenient::{Lenient, items};
pub(crate) use self::time::parse as instant;
pub(crate) use self::time::{iso, unix};
pub(crate) use self::union::{Fit, alternative, has_constants};

/// The fields of a generated struct.
pub(crate) trait Fields: Default {
    /// Reads the value of one field, or reads over it if there is no such field.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;

    /// Takes a list that came without the object around it; `false` if the object holds not exactly one.
    fn read_list<'de, A: SeqAccess<'de>>(&mut self, _list: A) -> Result<bool, A::Error> {
        Ok(false)
    }

    /// Takes a text that came in place of the object; `false` if no field says what it would be.
    fn read_text(&mut self, _text: &str) -> bool {
        false
    }

    /// The field that has to be there and is not.
    fn missing(&self) -> Option<&'static str> {
        None
    }
}

/// Reads a struct from an object.
pub(crate) fn read<'de, T: Fields, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut object = T::default();
    deserializer.deserialize_any(ObjectVisitor(&mut object))?;
    Ok(object)
}

/// Fills an object where it is: some are large, and a visitor's value is moved often.
struct ObjectVisitor<'o, T>(&'o mut T);

impl<'de, T: Fields> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(name)) = map.next_key()? {
            self.0.read(&name, &mut map)?;
        }
        id::check(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        match self.0.read_list(list)? {
            true => id::check(self.0),
            false => Err(de::Error::invalid_type(de::Unexpected::Seq, &self)),
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        match self.0.read_text(text) {
            true => id::check(self.0),
            false => Err(E::invalid_type(de::Unexpected::Str(text), &self)),
        }
    }
}

/// The name of a field, borrowed where the input allows it.
struct Key<'de>(Cow<'de, str>);

impl<'de> de::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }

            fn visit_string<E>(self, name: String) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name)))
            }
        }
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

/// Reads the value of a field.
pub(crate) fn field<'de, T: Lenient, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value_seed(lenient::Seed(PhantomData))?;
    Ok(())
}

/// Reads over the value of a field that the type does not have.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Writes the fields that say something.
pub(crate) fn write<S: Serializer>(
    serializer: S,
    fields: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    fields(&mut map)?;
    map.end()
}

/// Writes a field that is always there.
pub(crate) fn always<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    value: &impl Serialize,
) -> Result<(), M::Error> {
    map.serialize_entry(key, value)
}

/// Writes a field if it is set.
pub(crate) fn optional<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    value: &Option<impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, value),
        None => Ok(()),
    }
}

/// Writes a list or a map unless it is empty.
pub(crate) fn collection<'c, M: SerializeMap, C: Serialize>(
    map: &mut M,
    key: &'static str,
    value: &'c C,
) -> Result<(), M::Error>
where
    &'c C: IntoIterator,
{
    match value.into_iter().next() {
        Some(_) => map.serialize_entry(key, value),
        None => Ok(()),
    }
}

/// Whether a text from the server is a plain name, which may be shown.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
