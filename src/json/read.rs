//! The outcome of reading a value.

use std::marker::PhantomData;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _},
};
use serde_json::Value;

/// The outcome of reading a value, which never fails because of the value.
pub(crate) enum Read<T> {
    Value(T),
    /// Null, or what means the same.
    Nothing,
    /// What cannot be read without guessing.
    Odd(Value),
    /// A value with something in it that cannot be read.
    Unfit(T),
    /// A list of nothing but unreadable items, each of which was noted.
    Noted(Value),
}

impl<T> Read<T> {
    pub(super) fn map<U>(self, f: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Value(value) => Read::Value(f(value)),
            Self::Unfit(value) => Read::Unfit(f(value)),
            Self::Nothing => Read::Nothing,
            Self::Odd(json) => Read::Odd(json),
            Self::Noted(json) => Read::Noted(json),
        }
    }

    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Unfit(_))
    }

    /// Returns the value, or its default if there is none.
    pub(super) fn or_default(self) -> T
    where
        T: Default,
    {
        match self {
            Self::Value(value) | Self::Unfit(value) => value,
            Self::Nothing | Self::Odd(_) | Self::Noted(_) => T::default(),
        }
    }
}

/// A type that can be read from more than one form.
pub(crate) trait Lenient: Sized + 'static {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Read<Self>, D::Error>;

    /// Reads the value of a field into its place: some are large.
    fn fill<'de, D: Deserializer<'de>>(
        field: &mut Option<Self>,
        deserializer: D,
    ) -> Result<Read<()>, D::Error> {
        *field = None;
        let read = Self::lenient(deserializer)?;
        Ok(read.map(|value| *field = Some(value)))
    }

    /// Reads an item of a list into its place.
    fn push<'de, D: Deserializer<'de>>(
        list: &mut Vec<Self>,
        deserializer: D,
    ) -> Result<Read<()>, D::Error> {
        let read = Self::lenient(deserializer)?;
        Ok(read.map(|item| list.push(item)))
    }
}

/// Reads a lenient value as a seed of serde.
pub(crate) struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Lenient> DeserializeSeed<'de> for Seed<T> {
    type Value = Read<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<T>, D::Error> {
        T::lenient(deserializer)
    }
}

/// Reads the value of a field as a seed of serde.
pub(super) struct Place<'f, T>(pub(super) &'f mut Option<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Place<'_, T> {
    type Value = Read<()>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<()>, D::Error> {
        T::fill(self.0, deserializer)
    }
}

/// Reads a lenient value by serde.
pub(crate) fn deserialize<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    match T::lenient(deserializer)? {
        Read::Value(value) | Read::Unfit(value) => Ok(value),
        Read::Nothing | Read::Odd(_) | Read::Noted(_) => {
            Err(D::Error::custom("an object was expected"))
        }
    }
}

/// Reads a lenient value into a box.
pub(crate) fn boxed<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Read<Box<T>>, D::Error> {
    Ok(T::lenient(deserializer)?.map(Box::new))
}

/// Reads values that are neither lists nor objects.
macro_rules! otherwise {
    ($kind:ty) => {
        fn visit_unit<E>(self) -> Result<Read<$kind>, E> {
            Ok(Read::Nothing)
        }

        fn visit_none<E>(self) -> Result<Read<$kind>, E> {
            Ok(Read::Nothing)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(value.into()))
        }

        fn visit_i64<E>(self, number: i64) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(number.into()))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(number.into()))
        }

        fn visit_u128<E>(self, number: u128) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(number.to_string().into()))
        }

        fn visit_i128<E>(self, number: i128) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(number.to_string().into()))
        }

        fn visit_f64<E>(self, number: f64) -> Result<Read<$kind>, E> {
            Ok(Read::Odd(number.into()))
        }
    };
}
pub(super) use otherwise;
