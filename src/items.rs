//! The items of a list, whatever pages they come in.

use std::{
    collections::HashSet,
    fmt,
    future::{Future, poll_fn},
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll},
    vec,
};

use bytes::Bytes;
use futures_core::Stream;
use serde::Deserialize;
use serde_json::Value;

use crate::{Error, Operation, Response};

/// The items of a list, one by one; each page is fetched when the items before it are used up.
///
/// It ends after the last page, and after an error. It can be returned, boxed and sent to another task.
pub struct ItemStream<T> {
    operation: &'static Operation,
    fetch: Box<dyn Fn(Option<String>) -> Fetching<T> + Send>,
    state: State<T>,
    items: vec::IntoIter<T>,
    /// Hashes of the cursors that were followed, with the keys to them.
    seen: (RandomState, HashSet<u64>),
}

type Fetching<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send>>;

/// One page, and the cursor of the one after it.
pub(crate) struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

impl<T> Page<T> {
    /// Takes the items out of a response.
    pub(crate) fn of<L>(response: Response<L>, items: impl FnOnce(L) -> Vec<T>) -> Self {
        Self {
            next: next_cursor(response.body()),
            items: items(response.into_inner()),
        }
    }
}

enum State<T> {
    /// The page at this cursor comes next; without one, the page that the request asks for.
    Idle(Option<String>),
    Fetching(Fetching<T>),
    Failed(Error),
    Ended,
}

impl<T> ItemStream<T> {
    pub(crate) fn new(
        operation: &'static Operation,
        fetch: impl Fn(Option<String>) -> Fetching<T> + Send + 'static,
    ) -> Self {
        Self {
            operation,
            fetch: Box::new(fetch),
            state: State::Idle(None),
            items: Vec::new().into_iter(),
            seen: (RandomState::new(), HashSet::new()),
        }
    }

    /// The next item; `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item; `Ok(None)` after the last one.
    ///
    /// # Errors
    /// Those of the operation, and [`ErrorKind::Pagination`](crate::ErrorKind::Pagination) if a page leads back to an
    /// earlier one.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// What comes after a page: the next one, unless the server leads in a circle.
    fn after(&mut self, next: Option<String>) -> State<T> {
        let Some(cursor) = next else {
            return State::Ended;
        };
        let (hasher, seen) = &mut self.seen;
        if seen.insert(hasher.hash_one(&cursor)) {
            State::Idle(Some(cursor))
        } else {
            State::Failed(Error::circular_pages(self.operation))
        }
    }
}

// Nothing in it is pinned in place: the page that is fetched is boxed.
impl<T> Unpin for ItemStream<T> {}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Idle(cursor) => self.state = State::Fetching((self.fetch)(cursor)),
                State::Fetching(mut page) => {
                    let Poll::Ready(page) = page.as_mut().poll(context) else {
                        self.state = State::Fetching(page);
                        return Poll::Pending;
                    };
                    match page {
                        Ok(page) => {
                            self.state = self.after(page.next);
                            self.items = page.items.into_iter();
                        }
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ended => return Poll::Ready(None),
            }
        }
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

/// The cursor in `pages.next`, which is an object, a URL or null.
fn next_cursor(body: &Bytes) -> Option<String> {
    #[derive(Deserialize)]
    struct List {
        #[serde(default)]
        pages: Value,
    }
    let list: List = serde_json::from_slice(body).ok()?;
    let cursor = match &list.pages["next"] {
        Value::String(url) => {
            let url = reqwest::Url::parse(url).ok()?;
            let mut pairs = url.query_pairs();
            let (_, cursor) = pairs.find(|(name, _)| name == "starting_after")?;
            cursor.into_owned()
        }
        next => next["starting_after"].as_str()?.to_owned(),
    };
    Some(cursor).filter(|cursor| !cursor.is_empty())
}

#[cfg(test)]
mod tests {
    use super::next_cursor;

    #[test]
    fn the_cursor_is_found_in_every_form_of_next() {
        for (body, expected) in [
            (
                r#"{"pages":{"next":{"starting_after":"abc"}}}"#,
                Some("abc"),
            ),
            (
                r#"{"pages":{"next":"https://api.intercom.io/contacts?starting_after=a%3D%3D"}}"#,
                Some("a=="),
            ),
            (r#"{"pages":{"next":null}}"#, None),
            (r#"{"pages":{"next":{"starting_after":""}}}"#, None),
            (r#"{"pages":null}"#, None),
            (r#"{"data":[]}"#, None),
        ] {
            let found = next_cursor(&body.as_bytes().to_vec().into());
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }
}
