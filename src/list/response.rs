//! What the response of a list has.

use serde::de::DeserializeOwned;

use self::sealed::Sealed;

pub(crate) mod sealed {
    /// Keeps [`List`](super::List) to the generated types.
    pub trait Sealed {}
}

/// A response that holds a list, of which there may be further pages.
///
/// It lets code work with the pages of any list. Only the types of this crate implement it, so that it can grow:
///
/// ```
/// use intercom_client::{Error, List, Pages};
///
/// async fn count<L: List>(mut pages: Pages<L>) -> Result<usize, Error> {
///     let mut count = 0;
///     while let Some(page) = pages.try_next().await? {
///         count += page.items().len();
///     }
///     Ok(count)
/// }
/// ```
pub trait List: Sealed + DeserializeOwned + Send + 'static {
    /// What the list holds.
    type Item: Send + 'static;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// Takes the items out of the page.
    fn into_items(self) -> Vec<Self::Item>;

    /// Whether it is a list at all; some operations answer with something else if they are asked for that.
    fn is_list(&self) -> bool {
        true
    }

    /// The cursor of the next page, where the type has one; the body tells in any case, at the cost of reading it again.
    #[doc(hidden)]
    fn starting_after(&self) -> Option<&str> {
        None
    }
}
