//! The types that requests carry: each is its own builder, over a table of its fields.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use super::field::{IntoField, Taken};
use crate::error::InvalidField;

/// A struct or a union that requests carry.
#[doc(hidden)]
pub trait Written: Sized + Clone {
    /// Reads JSON, and rejects what would be lost.
    #[doc(hidden)]
    fn from_json(value: Value) -> Result<Self, InvalidField>;

    /// Returns the JSON that is sent.
    #[doc(hidden)]
    fn finish(self) -> Result<Value, InvalidField>;
}

impl<T: Written> IntoField<T> for T {
    #[inline]
    fn into_field(self) -> Taken<T> {
        Ok(Some(self))
    }
}

impl<T: Written> IntoField<T> for &T {
    #[inline]
    fn into_field(self) -> Taken<T> {
        Ok(Some(self.clone()))
    }
}

impl<T: Written> IntoField<T> for Option<T> {
    #[inline]
    fn into_field(self) -> Taken<T> {
        Ok(self)
    }
}

impl<T: Written> IntoField<T> for &Option<T> {
    #[inline]
    fn into_field(self) -> Taken<T> {
        Ok(self.clone())
    }
}

impl<T: Written> IntoField<T> for Value {
    #[inline]
    fn into_field(self) -> Taken<T> {
        T::from_json(self).map(Some)
    }
}

impl<T: Written> IntoField<T> for &Value {
    #[inline]
    fn into_field(self) -> Taken<T> {
        T::from_json(self.clone()).map(Some)
    }
}

impl<T: Written> IntoField<T> for Option<Value> {
    #[inline]
    fn into_field(self) -> Taken<T> {
        self.map(T::from_json).transpose()
    }
}

/// Deserializes a type that requests carry.
pub(crate) fn deserialize<'de, T: Written, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Implements serde's traits and the setters' conversions for a type that requests carry.
macro_rules! written {
    ($name:ident) => {
        impl crate::input::Item for $name {
            #[inline]
            fn into_json(self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                crate::input::Written::finish(self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value = crate::input::Written::finish(self.clone());
                value
                    .map_err(<S::Error as ::serde::ser::Error>::custom)?
                    .serialize(serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                crate::input::written::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use written;

/// Defines a struct that requests carry.
macro_rules! input {
    ($(#[$meta:meta])* pub struct $name:ident = $object:path;) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        pub struct $name(pub(crate) crate::input::Fields);

        impl $name {
            pub(crate) const OBJECT: &'static crate::input::Object = &$object;

            /// Returns the JSON that is sent.
            ///
            /// # Errors
            /// Names the first field that was set to a value it cannot hold, or that is required and not set.
            #[inline]
            pub fn to_json(&self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0.clone().finish()
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

        impl crate::input::Written for $name {
            #[inline]
            fn from_json(value: ::serde_json::Value) -> Result<Self, crate::error::InvalidField> {
                crate::input::Fields::from_json(Self::OBJECT, value).map(Self)
            }

            #[inline]
            fn finish(self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0.finish()
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        crate::input::written! { $name }
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

        impl crate::input::Written for $name {
            #[inline]
            fn from_json(value: ::serde_json::Value) -> Result<Self, crate::error::InvalidField> {
                crate::input::read(&crate::input::Shape::Union(&$union), value).map(|value| Self(Ok(value)))
            }

            #[inline]
            fn finish(self) -> Result<::serde_json::Value, crate::error::InvalidField> {
                self.0
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        crate::input::written! { $name }
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
