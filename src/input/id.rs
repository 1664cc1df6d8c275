//! Ids: text in Rust, whatever they are in the API.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// Stands for an id in the signature of a setter: `impl IntoField<Id>` accepts what [`IntoId`] does, and an `Option` of it.
///
/// Ids in responses are `String`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub(crate) String);

/// What can be converted to an id: text, an integer, or a reference to one of these.
///
/// ```
/// use intercom_client::IntoId;
///
/// fn id(id: impl IntoId) -> String {
///     id.into_id()
/// }
/// assert_eq!(id("6329bd9f"), "6329bd9f");
/// assert_eq!(id(&String::from("6329bd9f")), "6329bd9f");
/// assert_eq!(id(1000), "1000");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no id",
    note = "an id is text (`&str`, `String`) or an integer, or a reference to one; a path takes no `Option`"
)]
pub trait IntoId {
    /// Returns the id as text.
    fn into_id(self) -> String;
}

macro_rules! ids {
    ($($kind:ty),*) => {$(
        impl IntoId for $kind {
            #[inline]
            fn into_id(self) -> String {
                self.to_string()
            }
        }
    )*};
}
ids!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl IntoId for String {
    #[inline]
    fn into_id(self) -> String {
        self
    }
}

impl IntoId for Cow<'_, str> {
    #[inline]
    fn into_id(self) -> String {
        self.into_owned()
    }
}

macro_rules! text {
    ($($kind:ty),*) => {$(
        impl IntoId for $kind {
            #[inline]
            fn into_id(self) -> String {
                (*self).to_owned()
            }
        }
    )*};
}
text!(&str, Box<str>, Arc<str>, Rc<str>);

impl<T: IntoId + Clone> IntoId for &T {
    #[inline]
    fn into_id(self) -> String {
        self.clone().into_id()
    }
}
