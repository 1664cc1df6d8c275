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
    next: Result<Option<String>, Unreadable>,
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
    /// earlier one, or on to one that cannot be told.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// What comes after a page: the next one, unless the server leads in a circle.
    fn after(&mut self, next: Result<Option<String>, Unreadable>) -> State<T> {
        let cursor = match next {
            Ok(Some(cursor)) => cursor,
            Ok(None) => return State::Ended,
            Err(Unreadable) => {
                let problem = "there is a next page, and its cursor cannot be read";
                return State::Failed(Error::pagination(self.operation, problem));
            }
        };
        let (hasher, seen) = &mut self.seen;
        if seen.insert(hasher.hash_one(&cursor)) {
            State::Idle(Some(cursor))
        } else {
            State::Failed(Error::pagination(
                self.operation,
                "a page leads back to an earlier one",
            ))
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

/// The cursor in `pages.next`, which is an object or a URL; null or nothing after the last page.
fn next_cursor(body: &Bytes) -> Result<Option<String>, Unreadable> {
    #[derive(Deserialize)]
    struct List {
        #[serde(default)]
        pages: Value,
    }
    let list: List = serde_json::from_slice(body).map_err(|_| Unreadable)?;
    let cursor = match &list.pages["next"] {
        Value::Null => return Ok(None),
        Value::String(url) => crate::object::query(url, "starting_after").ok_or(Unreadable)?,
        next => match &next["starting_after"] {
            Value::Null => return Ok(None),
            Value::Number(cursor) => cursor.to_string(),
            Value::String(cursor) => cursor.clone(),
            _ => return Err(Unreadable),
        },
    };
    Ok(Some(cursor).filter(|cursor| !cursor.is_empty()))
}

/// There is a next page and no saying which.
#[derive(Debug, PartialEq)]
struct Unreadable;

#[cfg(test)]
mod tests {
    use super::{Unreadable, next_cursor};

    #[test]
    fn the_cursor_is_found_in_every_form_of_next() {
        for (body, expected) in [
            (
                r#"{"pages":{"next":{"starting_after":"abc"}}}"#,
                Ok(Some("abc")),
            ),
            (r#"{"pages":{"next":{"starting_after":7}}}"#, Ok(Some("7"))),
            (
                r#"{"pages":{"next":"https://api.intercom.io/contacts?starting_after=a%3D%3D"}}"#,
                Ok(Some("a==")),
            ),
            (r#"{"pages":{"next":null}}"#, Ok(None)),
            (r#"{"pages":{"next":{"starting_after":""}}}"#, Ok(None)),
            (r#"{"pages":null}"#, Ok(None)),
            (r#"{"data":[]}"#, Ok(None)),
            // A sync that ended here would be cut short in silence.
            (r#"{"pages":{"next":"/contacts?page=2"}}"#, Err(Unreadable)),
            (
                r#"{"pages":{"next":{"starting_after":[]}}}"#,
                Err(Unreadable),
            ),
        ] {
            let found = next_cursor(&body.as_bytes().to_vec().into());
            let found = found.as_ref().map(Option::as_deref);
            assert_eq!(found, expected.as_ref().copied(), "{body}");
        }
    }
}
