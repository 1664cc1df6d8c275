//! Reads values from every form in which the API writes them.

use std::{fmt, marker::PhantomData};

use chrono::{DateTime, Utc};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::path::Step;
use super::read::{Lenient, Read, otherwise};
use super::resume::{self, Items};
use super::token::{Token, json_list};
use super::unread::{Mode, Since};
use super::{elements, raw, unread};

/// Each scalar has its own visitor, so that what is known of a value is not checked twice.
macro_rules! scalars {
    ($($kind:ty: $read:ident;)*) => {$(
        impl Lenient for $kind {
            fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Read<Self>, D::Error> {
                struct ScalarVisitor;
                impl<'de> Visitor<'de> for ScalarVisitor {
                    type Value = Read<$kind>;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("any JSON")
                    }

                    fn visit_unit<E>(self) -> Result<Self::Value, E> {
                        Ok(Read::Nothing)
                    }

                    fn visit_none<E>(self) -> Result<Self::Value, E> {
                        Ok(Read::Nothing)
                    }

                    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                        deserializer.deserialize_any(self)
                    }

                    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                        Ok(Token::Bool(value).$read())
                    }

                    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                        Ok(Token::Signed(number).$read())
                    }

                    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                        Ok(Token::unsigned(number).$read())
                    }

                    fn visit_i128<E>(self, number: i128) -> Result<Self::Value, E> {
                        Ok(Token::Long(number.to_string()).$read())
                    }

                    fn visit_u128<E>(self, number: u128) -> Result<Self::Value, E> {
                        Ok(Token::Long(number.to_string()).$read())
                    }

                    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                        Ok(Token::Float(number).$read())
                    }

                    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                        Ok(Token::Text(text.into()).$read())
                    }

                    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                        Ok(Token::Text(text.into()).$read())
                    }

                    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                        Ok(Token::Json(json_list(list)?).$read())
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                        Ok(Token::object(map)?.$read())
                    }
                }
                deserializer.deserialize_any(ScalarVisitor)
            }
        }
    )*};
}
scalars! {
    String: text;
    i64: integer;
    f64: float;
    bool: truth;
    DateTime<Utc>: time;
    Map<String, Value>: map;
    Value: json;
}

/// Reads a list, or an object in its place: an envelope, an object whose keys are numbers, or the only item.
impl<T: Lenient> Lenient for Vec<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Read<Self>, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for ListVisitor<T> {
    type Value = Read<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    otherwise!(Vec<T>);

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(match text.trim() {
            "" => Read::Nothing,
            _ => Read::Odd(text.into()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        items(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let found = Token::read(serde::de::value::MapAccessDeserializer::new(map))?;
        let map = match found.into_json() {
            Value::Object(map) => map,
            // A number, if `arbitrary_precision` is on.
            other => return Ok(Read::Odd(other)),
        };
        let Some(list) = listed(map) else {
            return Ok(Read::Nothing);
        };
        let text = Value::Array(list).to_string();
        match raw::read::<Vec<T>>(&text) {
            Ok(read) => Ok(read),
            Err(_) => Ok(Read::Nothing),
        }
    }
}

/// The items of an object in place of a list.
fn listed(map: Map<String, Value>) -> Option<Vec<Value>> {
    if map.is_empty() {
        return None;
    }
    let names: Vec<&str> = map.keys().map(String::as_str).collect();
    if let Some(order) = elements::by_number(&names) {
        let mut values = Vec::new();
        for (_, value) in map {
            values.push(value);
        }
        let mut list = Vec::new();
        for place in order {
            list.push(values[place].take());
        }
        return Some(list);
    }
    let list = |place: usize| map[names[place]].as_array();
    let is_objects = |place| list(place).is_some_and(|list| list.iter().all(Value::is_object));
    match elements::enveloped(&names, &|place| list(place).is_some(), &is_objects) {
        Some(place) => list(place).cloned(),
        None => Some(vec![Value::Object(map)]),
    }
}

/// Reads an item as a seed of serde.
struct Item<'l, T>(&'l mut Vec<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Item<'_, T> {
    type Value = Read<()>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<()>, D::Error> {
        if unread::mode() == Mode::ByItem {
            let item = <&RawValue>::deserialize(deserializer)?;
            return raw::item(self.0, item).map_err(D::Error::custom);
        }
        T::push(self.0, deserializer)
    }
}

/// Reads the items of a list; null is none, and what is odd is left out.
fn items<'de, T: Lenient, A: SeqAccess<'de>>(mut list: A) -> Result<Read<Vec<T>>, A::Error> {
    let place = resume::List::begin();
    let mut items = match place.resume() {
        Some(items) => {
            skip(&mut list, items.count)?;
            items
        }
        None => Items {
            // The size that the input claims is not trusted.
            read: Vec::with_capacity(list.size_hint().unwrap_or(0).min(1024)),
            odd: Vec::new(),
            count: 0,
        },
    };
    loop {
        let before = items.read.len();
        let mut since = Since::now();
        let item = match list.next_element_seed(Item(&mut items.read)) {
            Ok(Some(item)) => item,
            Ok(None) => break,
            Err(error) => {
                place.keep(items, since);
                return Err(error);
            }
        };
        if place.has_to_stop() {
            items.read.truncate(before);
            place.keep(items, since);
            return Err(A::Error::custom("an item has to be read from its text"));
        }
        since.streamed(|| Step::Item(items.count));
        match item {
            Read::Value(()) | Read::Unfit(()) | Read::Nothing => {}
            Read::Odd(json) => {
                unread::item(items.count, &json);
                items.odd.push(json);
            }
            Read::Noted(json) => items.odd.push(json),
        }
        items.count += 1;
    }
    if items.read.is_empty() && !items.odd.is_empty() {
        return Ok(Read::Noted(Value::Array(items.odd)));
    }
    Ok(Read::Value(items.read))
}

fn skip<'de, A: SeqAccess<'de>>(list: &mut A, count: usize) -> Result<(), A::Error> {
    for _ in 0..count {
        list.next_element::<IgnoredAny>()?;
    }
    Ok(())
}
