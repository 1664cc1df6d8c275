//! Follows the pages of a list.

use std::hash::{BuildHasher, RandomState};
use std::mem;

use reqwest::RequestBuilder;

use super::page::{Page, place};
use super::page_request::apply_cursor;
use super::pagination::{PageInfo, PaginationError};
use super::response::List;
use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::operation::{ListKind, Operation};
use crate::response::Response;
use crate::wire::endpoint::Endpoint;

/// A list with more empty pages than this in a row does not go on.
const MAX_EMPTY: u32 = 100;

/// Fetches the pages of a list one by one.
pub(super) struct Pager {
    operation: &'static Operation,
    client: VersionedClient,
    /// The request of the first page.
    request: RequestBuilder,
    next: Next,
    /// Hashes of the cursors that were followed (of a scroll, those of the pages) in their order, with the keys of the hash.
    seen: (RandomState, Vec<u64>),
    empty: u32,
}

/// What comes next.
enum Next {
    /// The page at this cursor, or the page that the request asks for.
    Page(Option<String>),
    Error(Error),
    End,
}

impl Pager {
    pub(super) fn new(
        operation: &'static Operation,
        client: VersionedClient,
        request: RequestBuilder,
        start: Option<String>,
    ) -> Self {
        let hasher = RandomState::new();
        let seen = match &start {
            Some(cursor) => vec![hasher.hash_one(cursor)],
            None => Vec::new(),
        };
        Self {
            operation,
            client,
            request,
            next: Next::Page(start),
            seen: (hasher, seen),
            empty: 0,
        }
    }

    /// Returns the next page, and the pager of the pages after it.
    pub(super) async fn next<L: List>(mut self) -> Option<(Result<Page<L>, Error>, Self)> {
        let page = match mem::replace(&mut self.next, Next::End) {
            Next::Page(cursor) => self.fetch(cursor).await,
            Next::Error(error) => Err(error),
            Next::End => return None,
        };
        Some((page, self))
    }

    async fn fetch<L: List>(&mut self, cursor: Option<String>) -> Result<Page<L>, Error> {
        let request = self.request(cursor.as_deref())?;
        let response = self.client.send_page(self.operation, request).await;
        let response: Response<L> = response.map_err(|error| {
            if cursor.is_some() {
                error.of_later_page()
            } else {
                error
            }
        })?;
        let next = self.cursor_after(&response, cursor.as_deref());
        self.next = match &next {
            Ok(Some(cursor)) => Next::Page(Some(cursor.clone())),
            Ok(None) => Next::End,
            Err(problem) => Next::Error(Error::pagination(
                self.operation,
                problem,
                response.parts().clone(),
            )),
        };
        Ok(Page {
            operation: self.operation,
            response,
            cursor,
            is_last: matches!(next, Ok(None)),
            next: next.ok().flatten(),
        })
    }

    /// Returns the request of the page at a cursor.
    fn request(&self, cursor: Option<&str>) -> Result<RequestBuilder, Error> {
        let broken = |reason: &str| Error::invalid_request(self.operation, reason);
        let request = self.request.try_clone();
        let request = request.ok_or_else(|| broken("the body can be sent only once"))?;
        let Some(cursor) = cursor else {
            return Ok(request);
        };
        let (http, request) = request.build_split();
        let endpoint = Endpoint::Operation(self.operation);
        let mut request = request.map_err(|error| Error::unbuildable(&endpoint, error))?;
        apply_cursor(&mut request, self.kind(), cursor).map_err(broken)?;
        Ok(RequestBuilder::from_parts(http, request))
    }

    fn kind(&self) -> ListKind {
        self.operation.list.unwrap_or(ListKind::Whole)
    }

    /// Returns where the list goes on after a page, or why it cannot be followed.
    fn cursor_after<L: List>(
        &mut self,
        page: &Response<L>,
        cursor: Option<&str>,
    ) -> Result<Option<String>, &'static str> {
        if !page.is_list() {
            return Err("the response is not a list");
        }
        // Items that cannot be read are items all the same.
        let is_odd = |path: &String| place(path, self.operation).is_some();
        let is_empty = page.items().is_empty() && !page.unread().iter().any(is_odd);
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        let kind = self.kind();
        let typed = page.starting_after().filter(|next| !next.is_empty());
        let next = match (kind, typed) {
            (ListKind::CursorInQuery | ListKind::CursorInBody, Some(next)) => {
                Ok(Some(next.to_owned()))
            }
            _ => PageInfo::page(page.raw_body()).next(kind, cursor, is_empty),
        };
        match next {
            Ok(None) => Ok(None),
            Ok(Some(_)) if self.empty >= MAX_EMPTY => Err("nothing but empty pages follow"),
            Ok(Some(next)) if self.is_new(&next, page.raw_body()) => Ok(Some(next)),
            Ok(Some(_)) | Err(PaginationError::Backwards) => {
                Err("a page leads back to an earlier one")
            }
            Err(PaginationError::Unreadable) => {
                Err("there is a next page, and its cursor cannot be read")
            }
        }
    }

    /// A scroll may have the same cursor on every page, and then no page comes twice; in other lists no cursor does.
    fn is_new(&mut self, cursor: &str, page: &[u8]) -> bool {
        let (hasher, seen) = &mut self.seen;
        let hash = match self.operation.list {
            Some(ListKind::Scroll) => hasher.hash_one(page),
            _ => hasher.hash_one(cursor),
        };
        match seen.binary_search(&hash) {
            Ok(_) => false,
            Err(place) => {
                seen.insert(place, hash);
                true
            }
        }
    }
}
