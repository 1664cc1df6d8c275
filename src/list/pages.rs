//! The pages of a list, one after another.

use std::fmt;
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::task::{self, Context, Poll};

use futures_core::{FusedStream, Stream};
use futures_util::stream::{once, unfold};
use reqwest::RequestBuilder;

use super::items::ItemStream;
use super::page::Page;
use super::pager::Pager;
use super::response::List;
use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::operation::Operation;

/// The pages of a list. Each is fetched when it is asked for, and none ahead.
///
/// It ends after the last page or an error. It can be returned, boxed and sent to another task.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
/// # async fn run(api: intercom_client::v2_14::Api, saved: String) -> Result<(), intercom_client::Error> {
/// let mut pages = api.contacts().list().per_page(150).starting_after(saved).pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("{} of {:?} contacts", page.items().len(), page.total_count());
///     // To resume from here later, keep page.next_cursor().
/// }
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until it is polled"]
pub struct Pages<L> {
    operation: &'static Operation,
    /// The cursor of the next page.
    cursor: Option<String>,
    /// Whether an item of which a part could not be read is an error.
    is_strict: bool,
    /// None after the last page or an error.
    pages: Option<BoxStream<Result<Page<L>, Error>>>,
}

pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

impl<L: List> Pages<L> {
    pub(crate) fn new(
        operation: &'static Operation,
        request: Result<(VersionedClient, RequestBuilder), Error>,
        start: Option<String>,
    ) -> Self {
        let cursor = start.clone();
        let (is_strict, pages): (_, BoxStream<_>) = match request {
            Ok((client, request)) => {
                let is_strict = client.is_strict();
                let pager = Pager::new(operation, client, request, start);
                (is_strict, Box::pin(unfold(pager, Pager::next)))
            }
            Err(error) => (false, Box::pin(once(ready(Err(error))))),
        };
        Self {
            operation,
            cursor,
            is_strict,
            pages: Some(pages),
        }
    }

    /// Turns the stream of pages into a stream of their items.
    pub fn items(self) -> ItemStream<L::Item> {
        let cursor = self.cursor.clone();
        ItemStream::new(self.operation, self, cursor)
    }

    /// Returns the next page, or `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Page<L>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next page, or `Ok(None)` after the last one.
    ///
    /// # Errors
    /// Those of the operation, and [`ErrorKind::Pagination`](crate::ErrorKind::Pagination) if a page leads back to an
    /// earlier one, if its next page cannot be read, or if too many empty pages follow each other.
    pub async fn try_next(&mut self) -> Result<Option<Page<L>>, Error> {
        self.next().await.transpose()
    }

    pub(super) fn is_strict(&self) -> bool {
        self.is_strict
    }
}

// Nothing in it is pinned in place: the pages are boxed.
impl<L> Unpin for Pages<L> {}

impl<L: List> Stream for Pages<L> {
    type Item = Result<Page<L>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pages) = &mut self.pages else {
            return Poll::Ready(None);
        };
        let page = task::ready!(pages.as_mut().poll_next(context));
        if let Some(Ok(page)) = &page {
            self.cursor = page.next_cursor().map(ToOwned::to_owned);
        } else {
            self.cursor = None;
            self.pages = None;
        }
        Poll::Ready(page)
    }
}

impl<L: List> FusedStream for Pages<L> {
    fn is_terminated(&self) -> bool {
        self.pages.is_none()
    }
}

impl<L> fmt::Debug for Pages<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field(
                "operation",
                &format_args!("{}.{}", self.operation.resource, self.operation.name),
            )
            .finish_non_exhaustive()
    }
}
