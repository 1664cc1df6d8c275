//! What the setter of a field accepts.

use std::time::SystemTime;

use chrono::{DateTime, TimeZone, Utc};
use serde_json::Value;

use super::any::IntoJson;
use super::id::{Id, IntoId};
use super::text::IntoText;
use crate::error::InvalidField;

/// What a setter was given: a value, nothing if it was an `Option` that is `None`, or what is wrong with it.
pub(crate) type Converted<T> = Result<Option<T>, InvalidField>;

/// What a field of type `T` can be set to.
///
/// | field | takes |
/// |---|---|
/// | text | `&str`, `String`, `Cow<str>`, `Box<str>`, `Arc<str>`; an enum |
/// | an enum | a value of it or of another enum, or text, which is sent as it is: the API may have learnt new values |
/// | an [`Id`] | text or an integer |
/// | an integer | every integer type |
/// | a number | every integer type, `f32`, `f64` |
/// | a time | [`DateTime`] of any time zone, [`SystemTime`]; sent as whole seconds where the API takes Unix seconds. A number is no time: [`DateTime::from_timestamp`] makes one of Unix seconds, `parse` one of text |
/// | a struct | a value of it, or JSON ([`Value`]); a key that the struct does not have is an error |
/// | any JSON | `json!`, text, numbers, `bool`, an enum; a list or map of these; a [`DateTime`] or [`SystemTime`] as Unix seconds |
///
/// Each is also accepted by reference, as an `Option` and as a reference to an `Option`: `None` leaves the field as it is. A bare
/// `None` and `x.into()` do not compile, since their type is not known.
///
/// ```
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
/// # fn example(api: intercom_client::v2_14::Api) {
/// let name: Option<String> = None;
/// let request = api.contacts().create().email("ada@example.com").name(name).owner_id(7)
///     .signed_up_at(intercom_client::chrono::DateTime::from_timestamp(1_700_000_000, 0));
/// # }
/// ```
///
/// A value of another kind does not compile, nor does an `Option` in a path:
///
/// ```compile_fail,E0277
/// # fn example(api: intercom_client::v2_14::Api) {
/// api.contacts().update("1").owner_id(1.5);
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # fn example(api: intercom_client::v2_14::Api) {
/// api.contacts().get(Some("1"));
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # fn example(api: intercom_client::v2_14::Api) {
/// api.contacts().update("1").signed_up_at(1_700_000_000);
/// # }
/// ```
///
/// ```compile_fail,E0283
/// # fn example(api: intercom_client::v2_14::Api) {
/// api.contacts().create().name(None);
/// # }
/// ```
///
/// ```compile_fail,E0061
/// # fn example(api: intercom_client::v2_14::Api) {
/// api.contacts().get();
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a field of `{T}` cannot be set to `{Self}`",
    note = "text takes `&str` or `String`; an id (`Id`) text or an integer; a time `DateTime` or `SystemTime`; a struct itself or `json!`",
    note = "see `intercom_client::IntoField` for all that each kind of field takes, by reference and as an `Option` too"
)]
pub trait IntoField<T> {
    #[doc(hidden)]
    fn into_field(self) -> Result<Option<T>, InvalidField>;
}

/// Every integer type.
#[doc(hidden)]
pub trait IntoInteger {
    fn into_integer(self) -> Converted<i64>;
}

/// Every type of numbers.
#[doc(hidden)]
pub trait IntoNumber {
    fn into_number(self) -> Converted<f64>;
}

#[doc(hidden)]
pub trait IntoBool {
    fn into_bool(self) -> Converted<bool>;
}

#[doc(hidden)]
pub trait IntoTime {
    fn into_time(self) -> Converted<DateTime<Utc>>;
}

pub(super) fn wrong<T>(reason: &str) -> Converted<T> {
    Err(InvalidField::new("", reason))
}

macro_rules! integers {
    ($($kind:ty)*) => {$(
        impl IntoInteger for $kind {
            #[inline]
            fn into_integer(self) -> Converted<i64> {
                i64::try_from(self).map(Some).or_else(|_| wrong("is too large an integer"))
            }
        }

        impl IntoNumber for $kind {
            #[inline]
            fn into_number(self) -> Converted<f64> {
                Ok(Some(self as f64))
            }
        }
    )*};
}
integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// Converts it to the number with the same digits: 1.95, and not 1.9500000476837158.
pub(super) fn double(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

impl IntoNumber for f64 {
    #[inline]
    fn into_number(self) -> Converted<f64> {
        // JSON has no infinity and no NaN.
        if self.is_finite() {
            Ok(Some(self))
        } else {
            wrong("is not a finite number")
        }
    }
}

impl IntoNumber for f32 {
    #[inline]
    fn into_number(self) -> Converted<f64> {
        double(self).into_number()
    }
}

impl IntoBool for bool {
    #[inline]
    fn into_bool(self) -> Converted<bool> {
        Ok(Some(self))
    }
}

impl<Z: TimeZone> IntoTime for DateTime<Z> {
    #[inline]
    fn into_time(self) -> Converted<DateTime<Utc>> {
        Ok(Some(self.to_utc()))
    }
}

impl IntoTime for SystemTime {
    #[inline]
    fn into_time(self) -> Converted<DateTime<Utc>> {
        Ok(Some(self.into()))
    }
}

macro_rules! by_reference {
    ($($source:ident::$take:ident -> $taken:ty;)*) => {$(
        impl<T: $source + Clone> $source for &T {
            fn $take(self) -> Converted<$taken> {
                self.clone().$take()
            }
        }
    )*};
}
by_reference! {
    IntoInteger::into_integer -> i64;
    IntoNumber::into_number -> f64;
    IntoBool::into_bool -> bool;
    IntoTime::into_time -> DateTime<Utc>;
}

/// Implements the conversions of a kind of field, with `Option` and without.
macro_rules! optional {
    ($($target:ty: $source:path, $take:expr;)*) => {$(
        impl<V: $source> crate::input::field::IntoField<$target> for V {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                let take: fn(V) -> _ = $take;
                take(self)
            }
        }

        impl<V: $source> crate::input::field::IntoField<$target> for Option<V> {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                self.map_or(Ok(None), $take)
            }
        }

        impl<'a, V> crate::input::field::IntoField<$target> for &'a Option<V>
        where
            &'a V: $source,
        {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                self.as_ref().map_or(Ok(None), $take)
            }
        }
    )*};
}
optional! {
    String: IntoText, |value| Ok(Some(IntoText::into_text(value)));
    Id: IntoId, |value| Ok(Some(Id(IntoId::into_id(value))));
    i64: IntoInteger, IntoInteger::into_integer;
    f64: IntoNumber, IntoNumber::into_number;
    bool: IntoBool, IntoBool::into_bool;
    DateTime<Utc>: IntoTime, IntoTime::into_time;
    Value: IntoJson, IntoJson::into_json;
}
