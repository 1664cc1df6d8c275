//! The traits of serde for the generated structs.

/// Implements the traits of serde, and what the parents of a struct need, for a generated struct.
macro_rules! model {
    ($name:ident) => {
        impl crate::json::Lenient for $name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<crate::json::Read<Self>, D::Error> {
                crate::json::object::lenient(deserializer)
            }

            fn fill<'de, D: ::serde::Deserializer<'de>>(
                field: &mut Option<Self>,
                deserializer: D,
            ) -> Result<crate::json::Read<()>, D::Error> {
                crate::json::object::fill(field, deserializer)
            }

            fn push<'de, D: ::serde::Deserializer<'de>>(
                list: &mut Vec<Self>,
                deserializer: D,
            ) -> Result<crate::json::Read<()>, D::Error> {
                crate::json::object::push(list, deserializer)
            }
        }

        impl crate::json::ToJson for $name {
            #[inline]
            fn to_json(&self) -> Option<::serde_json::Value> {
                Some(crate::json::object::to_json(self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                crate::json::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::json::object::to_json(self).serialize(serializer)
            }
        }
    };
}
pub(crate) use model;
