//! Lists that come in pages.

mod items;
mod pages;
mod position;

use serde::de::DeserializeOwned;

pub use self::items::ItemStream;
pub use self::pages::{Page, Pages};

/// An answer that holds a list, of which there may be further pages.
///
/// It lets code work with the pages of any list:
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
pub trait List: DeserializeOwned + Send + 'static {
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

/// How a list leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListKind {
    /// Each page tells a cursor, which is sent as `starting_after` in the query.
    CursorInQuery,
    /// Each page tells a cursor, which is sent as `pagination.starting_after` in the body.
    CursorInBody,
    /// The pages are numbered, and asked for as `page` in the query.
    PageNumber,
    /// Each request moves a scroll on, of which an app can have one at a time; it ends with an empty page.
    ///
    /// Its requests are not repeated, and it cannot be taken up again after an error: start from the beginning.
    Scroll,
    /// Each page has a link to the next, or none.
    NextLink,
    /// The list comes in one page; should that have a link all the same, it is followed.
    Whole,
}
