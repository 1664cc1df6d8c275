//! What fields of text accept.

use std::borrow::Cow;

/// What can be converted to text: `&str`, `String`, [`Cow<str>`](Cow), `Box<str>`, references to these, and enums of the API.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no text",
    note = "text is taken as `&str`, `String`, `Cow<str>` or `Box<str>`, and as an `Option` of one of these"
)]
pub trait IntoText {
    #[doc(hidden)]
    fn into_text(self) -> String;
}

macro_rules! text {
    ($($kind:ty),*) => {$(
        impl IntoText for $kind {
            fn into_text(self) -> String {
                self.into()
            }
        }
    )*};
}
text!(String, &str, &String, Cow<'_, str>, Box<str>, char);

impl IntoText for &&str {
    fn into_text(self) -> String {
        (*self).to_owned()
    }
}

impl IntoText for &Cow<'_, str> {
    fn into_text(self) -> String {
        self.clone().into_owned()
    }
}
