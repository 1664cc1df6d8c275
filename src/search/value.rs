//! Values that a field can be compared with.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone};
use serde::{Serialize, Serializer};
use serde_json::Number;

/// A value to compare a field with: a string, a number, a boolean, a time, a date, or nothing.
///
/// It is created by `Into`, as in `field("age").gt(30)` and `field("name").eq("Ada")`. `None` is
/// `null`. `Debug` shows the kind of the value, but not the value.
#[derive(Clone, PartialEq)]
pub struct Value(pub(super) ValueKind);

#[derive(Clone, PartialEq)]
pub(super) enum ValueKind {
    Null,
    Truth(bool),
    Number(Number),
    /// Infinite or not a number: JSON has no such numbers.
    NotFinite,
    Text(String),
}

impl Value {
    /// No value, which `None` gives too.
    pub const NULL: Self = Self(ValueKind::Null);
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(ValueKind::Text(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        text.into_owned().into()
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self(ValueKind::Truth(truth))
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Value {
            fn from(number: $integer) -> Self {
                Self(ValueKind::Number(number.into()))
            }
        }
    )*};
}
from_integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self(Number::from_f64(number).map_or(ValueKind::NotFinite, ValueKind::Number))
    }
}

/// Whole Unix seconds.
impl<Tz: TimeZone> From<DateTime<Tz>> for Value {
    fn from(time: DateTime<Tz>) -> Self {
        time.timestamp().into()
    }
}

/// The Unix seconds of its midnight in UTC.
impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        date.and_time(NaiveTime::MIN).and_utc().into()
    }
}

/// `None` is `null`.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NULL, Into::into)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            ValueKind::Null | ValueKind::NotFinite => serializer.serialize_unit(),
            ValueKind::Truth(truth) => serializer.serialize_bool(*truth),
            ValueKind::Number(number) => number.serialize(serializer),
            ValueKind::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            ValueKind::Null => "Value(null)",
            ValueKind::Truth(_) => "Value(truth)",
            ValueKind::Number(_) | ValueKind::NotFinite => "Value(number)",
            ValueKind::Text(_) => "Value(text)",
        })
    }
}
