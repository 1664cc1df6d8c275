//! Reads value by value from the text of each, so that nothing that is valid JSON is rejected.
//!
//! The lexer of `serde_json` rejects `1e400`, lone surrogates and deep nesting before a visitor is called, and rounds
//! long integers.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::Error;
use serde_json::value::RawValue;

use super::path::Step;
use super::read::{Lenient, Read};
use super::unread::{self, Mode, Reading, Since};

/// The deepest nesting that is read; no body of the API is as deep.
const DEEPEST: usize = 128;

/// Reads a whole document.
pub(super) fn document<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let raw: &RawValue = serde_json::from_str(text)?;
    T::deserialize(Raw::new(raw, 0))
}

/// Reads a value within a document.
pub(super) fn read<T: Lenient>(text: &str) -> Result<Read<T>, Error> {
    let raw: &RawValue = serde_json::from_str(text)?;
    value(raw)
}

/// Reads an item of a list, faster if nothing in it needs its text.
pub(super) fn item<T: Lenient>(list: &mut Vec<T>, raw: &RawValue) -> Result<Read<()>, Error> {
    let before = list.len();
    let reading = Reading::new(Mode::Streaming);
    let read = T::push(list, &mut serde_json::Deserializer::from_str(raw.get()));
    if read.is_ok() && !reading.is_suspect() {
        reading.join();
        return read;
    }
    drop(reading);
    list.truncate(before);
    let read = value(raw)?;
    Ok(read.map(|item| list.push(item)))
}

fn value<T: Lenient>(raw: &RawValue) -> Result<Read<T>, Error> {
    let reading = Reading::new(Mode::ByText);
    let read = T::lenient(Raw::new(raw, 0));
    reading.join();
    read
}

/// A value as its text.
struct Raw<'de> {
    text: &'de str,
    depth: usize,
}

impl<'de> Raw<'de> {
    fn new(raw: &'de RawValue, depth: usize) -> Self {
        Self {
            text: raw.get().trim(),
            depth,
        }
    }

    fn plain(&self) -> serde_json::Deserializer<serde_json::de::StrRead<'de>> {
        serde_json::Deserializer::from_str(self.text)
    }
}

/// A number, in the first type that has all of its digits.
enum Number {
    Unsigned(u64),
    Signed(i64),
    LongUnsigned(u128),
    LongSigned(i128),
    Float(f64),
    /// No type has all of them.
    Text,
}

impl Number {
    fn parse(text: &str) -> Self {
        if let Ok(number) = text.parse() {
            return Self::Unsigned(number);
        }
        if let Ok(number) = text.parse() {
            return Self::Signed(number);
        }
        let digits = text.trim_start_matches('-');
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return match (text.parse(), text.parse()) {
                (Ok(number), _) => Self::LongUnsigned(number),
                (_, Ok(number)) => Self::LongSigned(number),
                _ => Self::Text,
            };
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Self::Float(number),
            _ => Self::Text,
        }
    }
}

impl<'de> Deserializer<'de> for Raw<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text.as_bytes().first() {
            Some(b'{' | b'[') if self.depth >= DEEPEST => {
                unread::here(&self.text.into());
                visitor.visit_unit()
            }
            Some(b'{') => {
                let Entries(entries) = Deserialize::deserialize(&mut self.plain())?;
                visitor.visit_map(Map {
                    entries: entries.into_iter(),
                    value: None,
                    depth: self.depth + 1,
                })
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = Deserialize::deserialize(&mut self.plain())?;
                visitor.visit_seq(List {
                    items: items.into_iter().enumerate(),
                    depth: self.depth + 1,
                })
            }
            Some(b'"') => match Text::deserialize(&mut self.plain())?.0 {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b't') => visitor.visit_bool(true),
            Some(b'f') => visitor.visit_bool(false),
            Some(b'n') => visitor.visit_unit(),
            Some(_) => match Number::parse(self.text) {
                Number::Unsigned(number) => visitor.visit_u64(number),
                Number::Signed(number) => visitor.visit_i64(number),
                Number::LongUnsigned(number) => visitor.visit_u128(number),
                Number::LongSigned(number) => visitor.visit_i128(number),
                Number::Float(number) => visitor.visit_f64(number),
                Number::Text => visitor.visit_borrowed_str(self.text),
            },
            None => Err(Error::custom("there is no JSON")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text {
            "null" => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        // A `RawValue` of a user's own type.
        if name.starts_with("$serde_json::private") {
            return self.plain().deserialize_newtype_struct(name, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.plain().deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A field of an object, and its text.
pub(super) type Entry<'de> = (Cow<'de, str>, &'de RawValue);

/// The entries of an object, in their order.
pub(super) struct Entries<'de>(pub(super) Vec<Entry<'de>>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((Text(name), value)) = map.next_entry()? {
                    entries.push((name, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

/// Reads a text; a lone surrogate in it becomes U+FFFD.
pub(super) struct Text<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_bytes<E>(self, text: &'de [u8]) -> Result<Text<'de>, E> {
                Ok(Text(String::from_utf8_lossy(text)))
            }

            fn visit_bytes<E>(self, text: &[u8]) -> Result<Text<'de>, E> {
                let mut text = text.to_owned();
                // A surrogate comes as three bytes, as many as the mark has.
                for start in 0..text.len().saturating_sub(2) {
                    if let [0xed, 0xa0..=0xbf, _] = text[start..start + 3] {
                        text[start..start + 3].copy_from_slice("\u{fffd}".as_bytes());
                    }
                }
                Ok(Text(String::from_utf8_lossy(&text).into_owned().into()))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(text.to_owned().into()))
            }
        }
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct Map<'de> {
    entries: std::vec::IntoIter<Entry<'de>>,
    value: Option<Entry<'de>>,
    depth: usize,
}

impl<'de> MapAccess<'de> for Map<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.value = self.entries.next();
        let Some((name, _)) = &self.value else {
            return Ok(None);
        };
        match name {
            Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => {
                let name: StringDeserializer<Error> = name.clone().into_deserializer();
                seed.deserialize(name)
            }
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, value) = self
            .value
            .take()
            .ok_or_else(|| Error::custom("a value was asked for before its key"))?;
        let since = Since::now();
        let read = seed.deserialize(Raw::new(value, self.depth));
        since.below(|| Step::Field(name.clone().into_owned()));
        read
    }
}

struct List<'de> {
    items: std::iter::Enumerate<std::vec::IntoIter<&'de RawValue>>,
    depth: usize,
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((index, value)) = self.items.next() else {
            return Ok(None);
        };
        let since = Since::now();
        let read = seed.deserialize(Raw::new(value, self.depth));
        since.below(|| Step::Item(index));
        read.map(Some)
    }
}
