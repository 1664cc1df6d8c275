//! The response of a list.

use serde::de::DeserializeOwned;

use self::sealed::Sealed;

pub(crate) mod sealed {
    /// Keeps [`List`](super::List) to the generated types.
    pub trait Sealed {}
}

/// A response that holds a page of a list.
///
/// With it, code can be generic over lists. Only the types of this crate implement it, so that methods can be added:
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
    /// The type of the items.
    type Item: Send + 'static;

    /// Returns the items of this page.
    fn items(&self) -> &[Self::Item];

    /// Takes the items out of the page.
    fn into_items(self) -> Vec<Self::Item>;

    /// Whether it is a list at all; some operations can be asked for another response.
    fn is_list(&self) -> bool {
        true
    }

    /// The cursor of the next page, if the type has one. The body always has it, but has to be read again for it.
    #[doc(hidden)]
    fn starting_after(&self) -> Option<&str> {
        None
    }
}
