//! What a field of any JSON accepts.

use std::collections::{BTreeMap, HashMap};
use std::time::SystemTime;

use chrono::{DateTime, TimeZone, Utc};
use serde_json::{Map, Number, Value};

use super::field::{Converted, IntoField, double, wrong};
use super::list::IntoList;
use super::map::IntoMap;
use super::text::IntoText;

#[doc(hidden)]
pub trait IntoJson {
    fn into_json(self) -> Converted<Value>;
}

macro_rules! plain {
    ($($kind:ty),*) => {$(
        impl IntoJson for $kind {
            #[inline]
            fn into_json(self) -> Converted<Value> {
                Ok(Some(self.into()))
            }
        }
    )*};
}
plain!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, bool);

impl IntoJson for f64 {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        match Number::from_f64(self) {
            Some(number) => Ok(Some(Value::Number(number))),
            None => wrong("is not a finite number"),
        }
    }
}

impl IntoJson for f32 {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        double(self).into_json()
    }
}

impl<Z: TimeZone> IntoJson for DateTime<Z> {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(Some(self.timestamp().into()))
    }
}

impl IntoJson for Value {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(Some(self))
    }
}

impl IntoJson for Map<String, Value> {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(Some(Value::Object(self)))
    }
}

impl IntoJson for SystemTime {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        DateTime::<Utc>::from(self).into_json()
    }
}

// Text is one of many things here.
#[diagnostic::do_not_recommend]
impl<V: IntoText> IntoJson for V {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(Some(Value::String(self.into_text())))
    }
}

impl<V: IntoField<Value>> IntoJson for Vec<V> {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(self.into_list()?.map(Value::Array))
    }
}

impl<V: IntoField<Value>, const N: usize> IntoJson for [V; N] {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(self.into_list()?.map(Value::Array))
    }
}

impl<'a, V> IntoJson for &'a [V]
where
    &'a V: IntoField<Value>,
{
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(self.into_list()?.map(Value::Array))
    }
}

impl<K: IntoText, V: IntoField<Value>, S> IntoJson for HashMap<K, V, S> {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(self.into_map()?.map(Value::Object))
    }
}

impl<K: IntoText, V: IntoField<Value>> IntoJson for BTreeMap<K, V> {
    #[inline]
    fn into_json(self) -> Converted<Value> {
        Ok(self.into_map()?.map(Value::Object))
    }
}

/// One by one, since any reference may be text.
macro_rules! by_reference {
    ($([$($parameters:tt)*] $kind:ty;)*) => {$(
        impl<$($parameters)*> IntoJson for &$kind {
            #[inline]
            fn into_json(self) -> Converted<Value> {
                self.clone().into_json()
            }
        }
    )*};
}
by_reference! {
    [] i8; [] i16; [] i32; [] i64; [] isize; [] u8; [] u16; [] u32; [] u64; [] usize; [] f32; [] f64; [] bool;
    [] Value;
    [] Map<String, Value>;
    [] SystemTime;
    [Z: TimeZone] DateTime<Z>;
    [V: IntoField<Value> + Clone] Vec<V>;
    [V: IntoField<Value> + Clone, const N: usize] [V; N];
    [K: IntoText + Clone, V: IntoField<Value> + Clone, S: Clone] HashMap<K, V, S>;
    [K: IntoText + Clone, V: IntoField<Value> + Clone] BTreeMap<K, V>;
}
