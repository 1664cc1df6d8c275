//! Unions whose alternatives are distinguished by the value of one property.

/// Defines such a union; an unknown value of the property keeps the JSON as it came.
/// Without the property, it is the only alternative that fits.
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

        impl crate::json::Lenient for $name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<crate::json::Read<Self>, D::Error> {
                crate::json::tagged(deserializer, $property, &[$($value),*], |value, tag| match tag {
                    $( $value => crate::json::alternative::<$type, Self>(value, Self::$variant), )*
                    _ => None,
                }, Self::Unknown)
            }
        }

        crate::json::enum_of_values! { $name: $($variant)* Unknown }

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

/// Implements the traits of serde, and what the parents of a union need.
macro_rules! enum_of_values {
    ($name:ident: $($variant:ident)*) => {
        impl crate::json::ToJson for $name {
            #[inline]
            fn to_json(&self) -> Option<::serde_json::Value> {
                match self {
                    $( Self::$variant(value) => crate::json::ToJson::to_json(value), )*
                }
            }
        }

        // In a type that holds itself.
        impl crate::json::Lenient for Box<$name> {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<crate::json::Read<Self>, D::Error> {
                crate::json::boxed(deserializer)
            }
        }

        impl crate::json::ToJson for Box<$name> {
            #[inline]
            fn to_json(&self) -> Option<::serde_json::Value> {
                crate::json::ToJson::to_json(&**self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::json::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::json::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use enum_of_values;
