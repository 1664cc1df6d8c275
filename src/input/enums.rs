//! What fields of enums accept.

use std::marker::PhantomData;

use serde_json::Value;

use super::field::{Converted, IntoField};
use super::item::Item;
use super::text::IntoText;
use crate::error::InvalidField;

/// Stands for the enum `E` in the signature of a setter: `impl IntoField<Enum<E>>` takes a value of it or of another
/// enum, or text, and an `Option` of it.
#[derive(Clone, Debug)]
pub struct Enum<E>(String, PhantomData<E>);

impl<V: IntoText, E> IntoField<Enum<E>> for V {
    #[inline]
    fn into_field(self) -> Converted<Enum<E>> {
        Ok(Some(Enum(self.into_text(), PhantomData)))
    }
}

impl<V: IntoText, E> IntoField<Enum<E>> for Option<V> {
    #[inline]
    fn into_field(self) -> Converted<Enum<E>> {
        self.map_or(Ok(None), IntoField::into_field)
    }
}

impl<'a, V, E> IntoField<Enum<E>> for &'a Option<V>
where
    &'a V: IntoText,
{
    #[inline]
    fn into_field(self) -> Converted<Enum<E>> {
        self.as_ref().map_or(Ok(None), IntoField::into_field)
    }
}

impl<E> Item for Enum<E> {
    #[inline]
    fn into_json(self) -> Result<Value, InvalidField> {
        Ok(self.0.into())
    }
}

/// Lets fields of enums and of text be set to an enum, of a request or of a response.
macro_rules! enum_field {
    ($($name:ident)*) => {$(
        impl crate::input::text::IntoText for $name {
            #[inline]
            fn into_text(self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }
    )*};
}
pub(crate) use enum_field;
