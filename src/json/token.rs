//! A value of JSON as it came, and how each kind of scalar is read from it.

mod visitor;

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::Deserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use self::visitor::TokenVisitor;
use super::key::Key;
use super::read::{Read, Seed};
use super::{time, unread};

/// A value as it came.
pub(super) enum Token<'de> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    /// An integer that is too long for any other type.
    Long(String),
    Text(Cow<'de, str>),
    /// A list or an object.
    Json(Value),
}

/// The form in which `serde_json` returns numbers if its `arbitrary_precision` is on.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Larger integers are not exact as a float.
const EXACT: f64 = 9e15;

impl<'de> Token<'de> {
    pub(super) fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TokenVisitor)
    }

    /// Reads an object as any JSON, or the number in it if `arbitrary_precision` is on.
    pub(super) fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut found = Map::new();
        while let Some(Key(name)) = map.next_key()? {
            if name == NUMBER {
                let text: String = map.next_value()?;
                return Ok(Self::number(&text));
            }
            let value = map.next_value_seed(Seed::<Value>::new())?;
            found.insert(name.into_owned(), value.or_default());
        }
        Ok(Self::Json(Value::Object(found)))
    }

    pub(super) fn unsigned(number: u64) -> Self {
        i64::try_from(number).map_or(Self::Unsigned(number), Self::Signed)
    }

    fn number(text: &str) -> Self {
        if let Ok(number) = text.parse() {
            return Self::Signed(number);
        }
        if let Ok(number) = text.parse() {
            return Self::Unsigned(number);
        }
        let is_integer = text
            .trim_start_matches('-')
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && !is_integer => Self::Float(number),
            _ => Self::Long(text.to_owned()),
        }
    }

    /// Returns it as any JSON.
    pub(super) fn into_json(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::Signed(number) => number.into(),
            Self::Unsigned(number) => number.into(),
            Self::Float(number) => {
                suspect(number);
                Number::from_f64(number).map_or(Value::Null, Value::Number)
            }
            Self::Long(text) => text.into(),
            Self::Text(text) => text.into_owned().into(),
            Self::Json(value) => value,
        }
    }

    fn odd<T>(self) -> Read<T> {
        Read::Odd(self.into_json())
    }

    #[inline]
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    #[inline]
    pub(super) fn text(self) -> Read<String> {
        Read::Value(match self {
            Self::Text(text) => text.into_owned(),
            Self::Null => return Read::Nothing,
            Self::Json(_) => return self.odd(),
            Self::Bool(value) => value.to_string(),
            Self::Signed(number) => number.to_string(),
            Self::Unsigned(number) => number.to_string(),
            Self::Float(number) => {
                suspect(number);
                // Without the sign of zero.
                (number + 0.0).to_string()
            }
            Self::Long(text) => text,
        })
    }

    #[inline]
    pub(super) fn integer(self) -> Read<i64> {
        let found = match &self {
            Self::Signed(number) => Some(*number),
            Self::Null => return Read::Nothing,
            _ if self.is_blank() => return Read::Nothing,
            Self::Float(number) => whole(*number),
            Self::Text(text) => integer_of(text.trim()),
            Self::Unsigned(_) | Self::Bool(_) | Self::Long(_) | Self::Json(_) => None,
        };
        found.map_or_else(|| self.odd(), Read::Value)
    }

    #[inline]
    pub(super) fn float(self) -> Read<f64> {
        let parse = |text: &str| {
            text.trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
        };
        let found = match &self {
            Self::Null => return Read::Nothing,
            _ if self.is_blank() => return Read::Nothing,
            Self::Signed(number) => Some(*number as f64),
            Self::Unsigned(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Text(text) => parse(text),
            Self::Long(text) => parse(text),
            Self::Bool(_) | Self::Json(_) => None,
        };
        found.map_or_else(|| self.odd(), Read::Value)
    }

    #[inline]
    pub(super) fn truth(self) -> Read<bool> {
        let of_text = |text: &str| match text {
            "1" => Some(true),
            "0" => Some(false),
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        };
        let found = match &self {
            Self::Bool(value) => Some(*value),
            Self::Null => return Read::Nothing,
            _ if self.is_blank() => return Read::Nothing,
            Self::Signed(0) => Some(false),
            Self::Signed(1) => Some(true),
            Self::Text(text) => of_text(text.trim()),
            _ => None,
        };
        found.map_or_else(|| self.odd(), Read::Value)
    }

    #[inline]
    pub(super) fn time(self) -> Read<DateTime<Utc>> {
        let found = match &self {
            Self::Signed(number) => time::from_integer(*number),
            Self::Null => return Read::Nothing,
            _ if self.is_blank() => return Read::Nothing,
            Self::Float(number) => time::from_number(*number),
            Self::Text(text) => time::parse(text),
            Self::Unsigned(_) | Self::Bool(_) | Self::Long(_) | Self::Json(_) => None,
        };
        found.map_or_else(|| self.odd(), Read::Value)
    }

    /// A text that is not empty.
    #[inline]
    pub(super) fn name(self) -> Read<Cow<'de, str>> {
        match self {
            Self::Null => Read::Nothing,
            Self::Text(text) if text.is_empty() => Read::Nothing,
            Self::Text(text) => Read::Value(text),
            token => token.odd(),
        }
    }

    #[inline]
    pub(super) fn map(self) -> Read<Map<String, Value>> {
        match self {
            Self::Null => Read::Nothing,
            _ if self.is_blank() => Read::Nothing,
            Self::Json(Value::Object(map)) => Read::Value(map),
            Self::Json(Value::Array(list)) if list.is_empty() => Read::Nothing,
            token => token.odd(),
        }
    }

    #[inline]
    pub(super) fn json(self) -> Read<Value> {
        match self.into_json() {
            Value::Null => Read::Nothing,
            value => Read::Value(value),
        }
    }
}

/// Whether a float may be an integer that was too long and was rounded; the second reading has all of its digits.
fn suspect(number: f64) {
    if number.fract() == 0.0 && number.abs() >= EXACT {
        unread::suspect();
    }
}

/// Converts a float to an integer, without its fraction.
fn whole(number: f64) -> Option<i64> {
    (number.abs() < EXACT).then_some(number as i64)
}

fn integer_of(text: &str) -> Option<i64> {
    let fraction = || text.parse().ok().and_then(whole);
    text.parse().ok().or_else(fraction)
}

/// Reads a list as any JSON.
pub(super) fn json_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Value, A::Error> {
    let mut found = Vec::new();
    while let Some(item) = list.next_element_seed(Seed::<Value>::new())? {
        found.push(item.or_default());
    }
    Ok(Value::Array(found))
}

/// Returns the number in a text, if `arbitrary_precision` is on.
pub(super) fn number(text: &str) -> Value {
    Token::number(text).into_json()
}
