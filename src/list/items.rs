//! The items of a list, across its pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::{FusedStream, Stream};
use futures_util::StreamExt;

use super::pages::{BoxStream, Pages};
use super::response::List;
use crate::error::Error;
use crate::operation::Operation;

/// The items of a list, one by one. Each page is fetched when the items before it are used up.
///
/// It ends after the last page or an error. An item that cannot be read is one `Err`, whose
/// [`body`](Error::body) is the JSON of the item, and the stream then goes on. It can be returned, boxed
/// and sent to another task.
#[must_use = "nothing is sent until it is polled"]
pub struct ItemStream<T> {
    operation: &'static Operation,
    /// None after the end.
    pages: Option<BoxStream<Result<PageItems<T>, Error>>>,
    items: vec::IntoIter<Result<T, Error>>,
    cursor: Option<String>,
}

/// The items of a page, and its cursor.
type PageItems<T> = (Vec<Result<T, Error>>, Option<String>);

impl<T> ItemStream<T> {
    /// Creates it; `cursor` is that of the first page.
    pub(super) fn new<L>(
        operation: &'static Operation,
        pages: Pages<L>,
        cursor: Option<String>,
    ) -> Self
    where
        L: List<Item = T>,
    {
        let is_strict = pages.is_strict();
        let pages = pages.map(move |page| {
            page.map(|page| {
                let cursor = page.cursor().map(ToOwned::to_owned);
                (page.into_each(is_strict), cursor)
            })
        });
        Self {
            operation,
            pages: Some(Box::pin(pages)),
            items: Vec::new().into_iter(),
            cursor,
        }
    }

    /// Returns the cursor of the page that the last item came from, or `None` on the first page. Before the first item it is the
    /// cursor to start from.
    ///
    /// A run that starts from it (`starting_after` of the request) misses nothing, but returns the items of that page again.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Returns the next item, or `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next item, or `Ok(None)` after the last one.
    ///
    /// # Errors
    /// Those of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }
}

// Nothing in it is pinned in place: the pages are boxed.
impl<T> Unpin for ItemStream<T> {}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(item));
            }
            let Some(pages) = &mut self.pages else {
                return Poll::Ready(None);
            };
            match ready!(pages.as_mut().poll_next(context)) {
                Some(Ok((items, cursor))) => {
                    self.items = items.into_iter();
                    self.cursor = cursor;
                }
                last => {
                    self.pages = None;
                    return Poll::Ready(last.and_then(Result::err).map(Err));
                }
            }
        }
    }
}

impl<T> FusedStream for ItemStream<T> {
    fn is_terminated(&self) -> bool {
        self.pages.is_none() && self.items.as_slice().is_empty()
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field(
                "operation",
                &format_args!("{}.{}", self.operation.resource, self.operation.name),
            )
            .finish_non_exhaustive()
    }
}
