//! What the fields of enums take.

/// Lets the fields of an enum be set to it and to text, and those of text to it.
macro_rules! enum_field {
    ($($name:ident)*) => {$(
        impl crate::input::text::IntoText for $name {
            fn into_text(self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }

        impl crate::input::text::IntoText for &$name {
            fn into_text(self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }

        crate::input::field::optional! {
            $name: crate::input::text::IntoText, |value| Ok(Some(crate::input::text::IntoText::into_text(value).into()));
        }
    )*};
}
pub(crate) use enum_field;
