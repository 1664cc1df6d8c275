//! Unions whose alternatives are told apart by the value of one property.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Defines such a union; what has another value, or none, is kept as it came.
macro_rules! tagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $property:literal { $($value:literal => $variant:ident($type:ty),)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", $value, "`.")]
                $variant($type),
            )*
            /// What this version's description does not know, as it came.
            Unknown(::serde_json::Value),
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(value) => value.serialize(serializer), )*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl crate::json::Lenient for $name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                match value.get($property).and_then(::serde_json::Value::as_str) {
                    $( Some($value) => crate::json::tagged_union::variant(value).map(Self::$variant), )*
                    _ => Ok(Self::Unknown(value)),
                }
            }
        }

        $(
            impl From<$type> for $name {
                fn from(value: $type) -> Self {
                    Self::$variant(value)
                }
            }
        )*
    };
}
pub(crate) use tagged_union;

/// Reads the alternative that the property has chosen.
pub(crate) fn variant<T: DeserializeOwned, E: serde::de::Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}
