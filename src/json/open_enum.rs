//! String enums that keep unknown values.

use std::borrow::Cow;

use serde::de::Deserializer;

use super::read::Read;
use super::token::Token;

/// What the macro defines for an enum; everything else is written once, over this.
pub(crate) trait OpenEnum: Sized {
    /// The variant of a known value.
    fn known(value: &str) -> Option<Self>;
    /// The variant that keeps any other value.
    fn unknown(value: String) -> Self;
}

pub(crate) fn from_str<T: OpenEnum>(value: &str) -> T {
    T::known(value).unwrap_or_else(|| T::unknown(value.to_owned()))
}

pub(crate) fn from_string<T: OpenEnum>(value: String) -> T {
    T::known(&value).unwrap_or_else(|| T::unknown(value))
}

/// Reads any text that is not empty.
pub(crate) fn lenient<'de, T, D>(deserializer: D) -> Result<Read<T>, D::Error>
where
    T: OpenEnum,
    D: Deserializer<'de>,
{
    Ok(Token::read(deserializer)?.name().map(|name| match name {
        Cow::Borrowed(name) => from_str(name),
        Cow::Owned(name) => from_string(name),
    }))
}

/// Declares an enum of strings that reads any string and writes it back.
///
/// Its functions are inline so that those that nothing calls are not compiled: else they are a fifth of the functions that are.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $value:literal),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
            /// An unknown value, as it was received.
            Unknown(::std::string::String),
        }

        impl $name {
            /// The known values.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// Returns the value as the API writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl $crate::json::open_enum::OpenEnum for $name {
            #[inline]
            fn known(value: &str) -> ::std::option::Option<Self> {
                match value {
                    $($value => ::std::option::Option::Some(Self::$variant),)*
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn unknown(value: ::std::string::String) -> Self {
                Self::Unknown(value)
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok($crate::json::open_enum::from_str(value))
            }
        }

        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::json::open_enum::from_str(value)
            }
        }

        impl ::std::convert::From<&::std::string::String> for $name {
            #[inline]
            fn from(value: &::std::string::String) -> Self {
                $crate::json::open_enum::from_str(value)
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                $crate::json::open_enum::from_string(value)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::json::Lenient for $name {
            fn lenient<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<$crate::json::Read<Self>, D::Error> {
                $crate::json::open_enum::lenient(deserializer)
            }
        }

        impl $crate::json::ToJson for $name {
            #[inline]
            fn to_json(&self) -> ::std::option::Option<::serde_json::Value> {
                ::std::option::Option::Some(self.as_str().into())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    open_enum! {
        /// The role of a contact.
        pub enum Role {
            /// A user.
            User = "user",
            /// A lead.
            Lead = "lead",
        }
    }

    #[test]
    fn an_unknown_value_is_written_back_as_it_was_read() {
        let role: Role = serde_json::from_str("\"visitor\"").unwrap();
        assert_eq!(role, Role::Unknown("visitor".to_owned()));
        assert_eq!(serde_json::to_string(&role).unwrap(), "\"visitor\"");
    }

    #[test]
    fn a_known_value_is_its_variant_however_it_comes() {
        assert_eq!(Role::from("user"), Role::User);
        assert_eq!(Role::from(&"user".to_owned()), Role::User);
        assert_eq!(Role::from("lead".to_owned()), Role::Lead);
        assert_eq!("lead".parse(), Ok(Role::Lead));
        assert_eq!(
            serde_json::from_str::<Role>("\"\\u0075ser\"").unwrap(),
            Role::User
        );
        assert_eq!(
            serde_json::from_value::<Role>("lead".into()).unwrap(),
            Role::Lead
        );
    }

    #[test]
    fn it_compares_and_prints_as_its_value() {
        assert_eq!(Role::User, "user");
        assert_eq!(Role::User, *"user");
        assert_ne!(Role::User, "lead");
        assert_eq!(Role::Lead.to_string(), "lead");
        assert_eq!(Role::Lead.as_ref(), "lead");
        assert_eq!(Role::VALUES, ["user", "lead"]);
    }

    #[test]
    fn what_is_no_string_is_refused() {
        assert!(serde_json::from_str::<Role>("1").is_err());
        assert!(serde_json::from_str::<Role>("null").is_err());
    }
}
