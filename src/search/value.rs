//! Values that a field can be compared with.

use std::fmt;
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Number, Value as Json};

use crate::input::IntoText;

/// A value to compare a field with: a string, an enum, a number, a boolean, a time, a date, or nothing.
///
/// It is created by `Into` from each of these or a reference to it, as in `field("age").gt(30)` and `field("name").eq("Ada")`. `None` is
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

/// Text, and enums of the API.
impl<T: IntoText> From<T> for Value {
    #[inline]
    fn from(text: T) -> Self {
        Self(ValueKind::Text(text.into_text()))
    }
}

impl From<bool> for Value {
    #[inline]
    fn from(truth: bool) -> Self {
        Self(ValueKind::Truth(truth))
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Value {
            #[inline]
            fn from(number: $integer) -> Self {
                Self(ValueKind::Number(number.into()))
            }
        }
    )*};
}
from_integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl From<f64> for Value {
    #[inline]
    fn from(number: f64) -> Self {
        Self(Number::from_f64(number).map_or(ValueKind::NotFinite, ValueKind::Number))
    }
}

impl From<f32> for Value {
    #[inline]
    fn from(number: f32) -> Self {
        // The number with the same digits: 1.95, and not 1.9500000476837158.
        number
            .to_string()
            .parse()
            .unwrap_or(f64::from(number))
            .into()
    }
}

/// Whole Unix seconds.
impl From<SystemTime> for Value {
    #[inline]
    fn from(time: SystemTime) -> Self {
        DateTime::<Utc>::from(time).into()
    }
}

/// Whole Unix seconds.
impl<Tz: TimeZone> From<DateTime<Tz>> for Value {
    #[inline]
    fn from(time: DateTime<Tz>) -> Self {
        time.timestamp().into()
    }
}

/// The Unix seconds of its midnight in UTC.
impl From<NaiveDate> for Value {
    #[inline]
    fn from(date: NaiveDate) -> Self {
        date.and_time(NaiveTime::MIN).and_utc().into()
    }
}

/// `None` is `null`.
impl<T: Into<Value>> From<Option<T>> for Value {
    #[inline]
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NULL, Into::into)
    }
}

macro_rules! from_references {
    ($([$($parameters:tt)*] $kind:ty;)*) => {$(
        impl<$($parameters)*> From<&$kind> for Value {
            #[inline]
            fn from(value: &$kind) -> Self {
                value.clone().into()
            }
        }
    )*};
}
from_references! {
    [] i8; [] i16; [] i32; [] i64; [] isize; [] u8; [] u16; [] u32; [] u64; [] usize; [] f32; [] f64; [] bool;
    [] SystemTime;
    [] NaiveDate;
    [Tz: TimeZone] DateTime<Tz>;
    [T: Into<Value> + Clone] Option<T>;
}

impl Value {
    /// Returns it in the form of the API.
    pub(super) fn to_json(&self) -> Json {
        match &self.0 {
            ValueKind::Null | ValueKind::NotFinite => Json::Null,
            ValueKind::Truth(truth) => Json::Bool(*truth),
            ValueKind::Number(number) => Json::Number(number.clone()),
            ValueKind::Text(text) => Json::String(text.clone()),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
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
