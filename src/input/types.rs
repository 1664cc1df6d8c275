//! The types that requests carry: each is its own builder, over a table of its fields.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use super::field::{Converted, IntoField};
use super::item::Item;
use crate::error::InvalidField;

/// A struct or a union that requests carry.
#[doc(hidden)]
pub trait Input: Item + Clone {
    /// Reads JSON, and rejects what would be lost.
    #[doc(hidden)]
    fn from_json(value: Value) -> Result<Self, InvalidField>;
}

impl<T: Input> IntoField<T> for T {
    #[inline]
    fn into_field(self) -> Converted<T> {
        Ok(Some(self))
    }
}

impl<T: Input> IntoField<T> for &T {
    #[inline]
    fn into_field(self) -> Converted<T> {
        Ok(Some(self.clone()))
    }
}

impl<T: Input> IntoField<T> for Option<T> {
    #[inline]
    fn into_field(self) -> Converted<T> {
        Ok(self)
    }
}

impl<T: Input> IntoField<T> for &Option<T> {
    #[inline]
    fn into_field(self) -> Converted<T> {
        Ok(self.clone())
    }
}

impl<T: Input> IntoField<T> for Value {
    #[inline]
    fn into_field(self) -> Converted<T> {
        T::from_json(self).map(Some)
    }
}

impl<T: Input> IntoField<T> for &Value {
    #[inline]
    fn into_field(self) -> Converted<T> {
        T::from_json(self.clone()).map(Some)
    }
}

impl<T: Input> IntoField<T> for Option<Value> {
    #[inline]
    fn into_field(self) -> Converted<T> {
        self.map(T::from_json).transpose()
    }
}

/// Deserializes a type that requests carry.
pub(crate) fn deserialize<'de, T: Input, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Implements serde's traits for a type that requests carry.
macro_rules! input_serde {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value = crate::input::Item::into_json(self.clone());
                value
                    .map_err(<S::Error as ::serde::ser::Error>::custom)?
                    .serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                crate::input::types::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use input_serde;

/// Defines a struct that requests carry.
macro_rules! input {
    ($(#[$meta:meta])* pub struct $name:ident = $object:path;) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[must_use = "it is sent only as a part of a request"]
        pub struct $name(pub(crate) crate::input::Fields);

        impl $name {
            pub(crate) const OBJECT: &'static crate::input::Object = &$object;

            /// Returns the JSON that is sent.
            ///
            /// # Errors
            /// Names the first field that was set to a value it cannot hold, or that is required and not set.
            #[inline]
            pub fn to_json(&self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0.clone().into_json()
            }

            /// Sends a field that this version does not know, besides those that it knows; `None` sends nothing.
            pub fn extra(
                mut self,
                field: impl Into<String>,
                value: impl crate::input::IntoField<::serde_json::Value>,
            ) -> Self {
                self.0.extra(field, value);
                self
            }
        }

        impl crate::input::Input for $name {
            #[inline]
            fn from_json(value: ::serde_json::Value) -> Result<Self, crate::error::InvalidField> {
                crate::input::Fields::from_json(Self::OBJECT, value).map(Self)
            }
        }

        impl crate::input::Item for $name {
            #[inline]
            fn into_json(self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0.into_json()
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        crate::input::input_serde! { $name }
    };
}
pub(crate) use input;

/// Defines a union that requests carry.
macro_rules! input_union {
    ($(#[$meta:meta])* pub struct $name:ident = $union:path;) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        pub struct $name(pub(crate) Result<::serde_json::Value, crate::error::InvalidField>);

        impl $name {
            /// Returns the JSON that is sent.
            ///
            /// # Errors
            /// Names the first field that was set to a value it cannot hold, or that is required and not set.
            #[inline]
            pub fn to_json(&self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0.clone()
            }
        }

        impl crate::input::Input for $name {
            #[inline]
            fn from_json(value: ::serde_json::Value) -> Result<Self, crate::error::InvalidField> {
                crate::input::read(&crate::input::Shape::Union(&$union), value).map(|value| Self(Ok(value)))
            }
        }

        impl crate::input::Item for $name {
            #[inline]
            fn into_json(self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        crate::input::input_serde! { $name }
    };
}
pub(crate) use input_union;

/// Lets setters accept a type that converts to the one that they need: an alternative of a union, or the type that is read.
macro_rules! input_from {
    ($($source:ty => $target:ident, |$value:ident| $made:expr;)*) => {$(
        impl From<$source> for $target {
            #[inline]
            fn from($value: $source) -> Self {
                $made
            }
        }

        impl crate::input::IntoField<$target> for $source {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                Ok(Some(self.into()))
            }
        }

        impl crate::input::IntoField<$target> for &$source {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                Ok(Some(self.clone().into()))
            }
        }

        impl crate::input::IntoField<$target> for Option<$source> {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                Ok(self.map(Into::into))
            }
        }

        impl crate::input::IntoField<$target> for &Option<$source> {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                Ok(self.clone().map(Into::into))
            }
        }
    )*};
}
pub(crate) use input_from;

/// Lets setters of a union accept a list of one of its alternatives, in each form that a list is accepted in.
macro_rules! input_list {
    ($item:ty => $target:ident) => {
        crate::input::types::input_list! { $item => $target:
            [V] Vec<V>; ['a, V] &'a Vec<V>; ['a, V] &'a [V]; [V] Option<Vec<V>>; ['a, V] &'a Option<Vec<V>>;
            [V, const N: usize] [V; N]; ['a, V, const N: usize] &'a [V; N];
        }
    };
    ($item:ty => $target:ident: $([$($parameters:tt)*] $list:ty;)*) => {$(
        impl<$($parameters)*> crate::input::IntoField<$target> for $list
        where
            $list: crate::input::IntoList<$item>,
        {
            #[inline]
            fn into_field(self) -> Result<Option<$target>, crate::error::InvalidField> {
                Ok(crate::input::items::<$item>(self)?.map(|list| $target(Ok(list))))
            }
        }
    )*};
}
pub(crate) use input_list;
