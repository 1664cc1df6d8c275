//! The pages of a list, one after another.

use std::{
    collections::HashSet,
    fmt,
    future::{Future, poll_fn},
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use reqwest::RequestBuilder;

use super::{
    ItemStream, List,
    page::Page,
    pagination::{About, Lost, go_to},
};
use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::operation::{ListKind, Operation};
use crate::response::Response;
use crate::wire::endpoint::Target;

/// So many empty pages after another are no list that goes on.
const MAX_EMPTY: u32 = 100;

/// The pages of a list; each is fetched when it is asked for, and none ahead.
///
/// It ends after the last page, and after an error. It can be returned, boxed and sent to another task.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
/// # async fn run(api: intercom_client::v2_14::Api, saved: String) -> Result<(), intercom_client::Error> {
/// let mut pages = api.contacts().list().per_page(150).starting_after(saved).pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("{} of {:?} contacts", page.items().len(), page.total_count());
///     // To go on from here another time, keep page.next_cursor().
/// }
/// # Ok(()) }
/// ```
pub struct Pages<L> {
    operation: &'static Operation,
    /// The request of the first page, until it turns out that there is none to be made.
    request: Option<Result<(VersionedClient, RequestBuilder), Error>>,
    state: State<L>,
    /// Hashes of the cursors that were followed, of a scroll those of the pages, with the keys to them.
    seen: (RandomState, HashSet<u64>),
    empty: u32,
}

enum State<L> {
    /// The page at this cursor comes next; without one, the page that the request asks for.
    Idle(Option<String>),
    Fetching(Option<String>, Fetching<L>),
    Failed(Error),
    Ended,
}

type Fetching<L> = Pin<Box<dyn Future<Output = Result<Response<L>, Error>> + Send>>;

impl<L: List> Pages<L> {
    pub(crate) fn new(
        operation: &'static Operation,
        request: Result<(VersionedClient, RequestBuilder), Error>,
        start: Option<String>,
    ) -> Self {
        let hasher = RandomState::new();
        let seen = start.iter().map(|cursor| hasher.hash_one(cursor)).collect();
        Self {
            operation,
            request: Some(request),
            state: State::Idle(start),
            seen: (hasher, seen),
            empty: 0,
        }
    }

    /// The items of the pages instead of the pages.
    pub fn items(self) -> ItemStream<L::Item> {
        let cursor = match &self.state {
            State::Idle(cursor) | State::Fetching(cursor, _) => cursor.clone(),
            State::Failed(_) | State::Ended => None,
        };
        ItemStream::new(self.operation, self, cursor)
    }

    /// The next page; `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Page<L>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page; `Ok(None)` after the last one.
    ///
    /// # Errors
    /// Those of the operation, and [`ErrorKind::Pagination`](crate::ErrorKind::Pagination) if a page leads back to an
    /// earlier one, on to one that cannot be told, or through nothing but empty ones.
    pub async fn try_next(&mut self) -> Result<Option<Page<L>>, Error> {
        self.next().await.transpose()
    }

    fn fetch(&mut self, cursor: Option<&str>) -> Result<Fetching<L>, Error> {
        let operation = self.operation;
        let broken = |reason: &str| Error::invalid_request(operation, reason);
        let (client, request) = match &self.request {
            Some(Ok((client, request))) => (client.clone(), request.try_clone()),
            _ => match self.request.take() {
                Some(Err(error)) => return Err(error),
                _ => return Err(broken("the request was not made")),
            },
        };
        let mut request = request.ok_or_else(|| broken("the body can be sent only once"))?;
        if let Some(cursor) = cursor {
            let (http, made) = request.build_split();
            let target = Target::Operation(operation);
            let mut made = made.map_err(|error| Error::unbuildable(&target, error))?;
            go_to(&mut made, self.kind(), cursor).map_err(broken)?;
            request = RequestBuilder::from_parts(http, made);
        }
        Ok(Box::pin(async move {
            client.send_page(operation, request).await
        }))
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Whether an item is an error of which anything could not be read.
    pub(super) fn is_strict(&self) -> bool {
        matches!(&self.request, Some(Ok((client, _))) if client.is_strict())
    }

    fn kind(&self) -> ListKind {
        self.operation.list.unwrap_or(ListKind::Whole)
    }

    /// The page, and where the list goes on after it.
    fn page(&mut self, cursor: Option<String>, response: Response<L>) -> Page<L> {
        let is_empty = response.items().is_empty();
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        let kind = self.kind();
        let typed = response.starting_after().filter(|next| !next.is_empty());
        let next = match (kind, typed) {
            (ListKind::CursorInQuery | ListKind::CursorInBody, Some(next)) => {
                Ok(Some(next.to_owned()))
            }
            _ => About::page(response.raw_body()).next(kind, cursor.as_deref(), is_empty),
        };
        let (next, state) = match next {
            _ if !response.is_list() => (None, self.lost("the answer is no list", &response)),
            Ok(None) => (None, State::Ended),
            Ok(Some(_)) if self.empty >= MAX_EMPTY => {
                (None, self.lost("nothing but empty pages follow", &response))
            }
            Ok(Some(next)) if self.is_new(&next, &response) => {
                (Some(next.clone()), State::Idle(Some(next)))
            }
            Ok(Some(_)) | Err(Lost::Backwards) => (
                None,
                self.lost("a page leads back to an earlier one", &response),
            ),
            Err(Lost::Unreadable) => (
                None,
                self.lost(
                    "there is a next page, and its cursor cannot be read",
                    &response,
                ),
            ),
        };
        self.state = state;
        Page {
            response,
            cursor,
            next,
            is_last: matches!(self.state, State::Ended),
        }
    }

    fn lost(&self, problem: &'static str, page: &Response<L>) -> State<L> {
        State::Failed(Error::pagination(
            self.operation,
            problem,
            page.parts().clone(),
        ))
    }

    /// A scroll may have the same cursor on every page, and then no page comes twice; of others no cursor does.
    fn is_new(&mut self, cursor: &str, page: &Response<L>) -> bool {
        let (hasher, seen) = &mut self.seen;
        seen.insert(match self.operation.list {
            Some(ListKind::Scroll) => hasher.hash_one(page.raw_body()),
            _ => hasher.hash_one(cursor),
        })
    }
}

// Nothing in it is pinned in place: the page that is fetched is boxed.
impl<L> Unpin for Pages<L> {}

impl<L: List> Stream for Pages<L> {
    type Item = Result<Page<L>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Idle(cursor) => {
                    let page = match self.fetch(cursor.as_deref()) {
                        Ok(page) => page,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    self.state = State::Fetching(cursor, page);
                }
                State::Fetching(cursor, mut page) => {
                    let Poll::Ready(response) = page.as_mut().poll(context) else {
                        self.state = State::Fetching(cursor, page);
                        return Poll::Pending;
                    };
                    let is_later = cursor.is_some();
                    let response = response.map_err(|error| match is_later {
                        true => error.of_later_page(),
                        false => error,
                    });
                    let page = response.map(|response| self.page(cursor, response));
                    return Poll::Ready(Some(page));
                }
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ended => return Poll::Ready(None),
            }
        }
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
