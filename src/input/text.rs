//! What fields of text accept.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// What can be converted to text: `&str`, `String`, [`Cow<str>`](Cow), `Box<str>`, `Arc<str>`,
/// `Rc<str>`, enums of the API, and references to these.
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
            #[inline]
            fn into_text(self) -> String {
                (*self).to_owned()
            }
        }
    )*};
}
text!(&str, Box<str>, Arc<str>, Rc<str>);

impl IntoText for String {
    #[inline]
    fn into_text(self) -> String {
        self
    }
}

impl IntoText for Cow<'_, str> {
    #[inline]
    fn into_text(self) -> String {
        self.into_owned()
    }
}

impl IntoText for char {
    #[inline]
    fn into_text(self) -> String {
        self.into()
    }
}

impl<T: IntoText + Clone> IntoText for &T {
    #[inline]
    fn into_text(self) -> String {
        self.clone().into_text()
    }
}
