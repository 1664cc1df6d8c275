//! Where a list goes on after a page.

use serde_json::Value;

use super::page_request::as_url;
use crate::json;
use crate::operation::ListKind;
use crate::wire::query;

/// The pagination of a page: in `pages`, or beside the items.
pub(super) struct PageInfo {
    pages: Value,
    scroll_param: Value,
    total_count: Value,
    page: Value,
    total_pages: Value,
    next_cursor: Value,
    has_more: Option<bool>,
}

/// There is a next page, but not which one, or it does not come after this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PaginationError {
    Unreadable,
    Backwards,
}

impl PageInfo {
    /// Reads the fields of a body besides its items; nothing, if it is not an object.
    pub(super) fn page(body: &[u8]) -> Self {
        let [
            pages,
            scroll_param,
            total_count,
            page,
            total_pages,
            next_cursor,
            has_more,
        ] = json::pick(
            body,
            [
                "pages",
                "scroll_param",
                "total_count",
                "page",
                "total_pages",
                "next_cursor",
                "has_more",
            ],
        );
        Self {
            pages,
            scroll_param,
            total_count,
            page,
            total_pages,
            next_cursor,
            has_more: json::typed(has_more),
        }
    }

    pub(super) fn total_count(&self) -> Option<u64> {
        number(&self.total_count)
    }

    /// Returns the cursor of the next page, if there is one.
    pub(super) fn next(
        &self,
        kind: ListKind,
        cursor: Option<&str>,
        is_empty: bool,
    ) -> Result<Option<String>, PaginationError> {
        let next = match kind {
            ListKind::CursorInQuery | ListKind::CursorInBody => self.next_cursor(),
            ListKind::Scroll if is_empty => Ok(None),
            ListKind::Scroll => Ok(text(&self.scroll_param)),
            ListKind::PageNumber => self.next_number(cursor),
            ListKind::NextLink | ListKind::Whole => self.next_query(cursor),
        };
        match next {
            Ok(None) if self.has_more == Some(true) => Err(PaginationError::Unreadable),
            next => next,
        }
    }

    fn next_cursor(&self) -> Result<Option<String>, PaginationError> {
        let cursor = match &self.pages["next"] {
            next if is_nothing(next) => return Ok(None),
            Value::String(url) => query::get(url, "starting_after"),
            next => match next.get("starting_after") {
                Some(Value::Null) => return Ok(None),
                Some(Value::String(cursor)) if cursor.is_empty() => return Ok(None),
                cursor => cursor.and_then(text),
            },
        };
        cursor.map(Some).ok_or(PaginationError::Unreadable)
    }

    /// By the link to the next page, else by the number of pages.
    fn next_number(&self, cursor: Option<&str>) -> Result<Option<String>, PaginationError> {
        let current = number(&self.pages["page"])
            .or_else(|| number(&self.page))
            .or_else(|| cursor?.parse().ok())
            .unwrap_or(1);
        let next = match &self.pages["next"] {
            next if is_nothing(next) => None,
            next => {
                let of_link = || query::get(next.as_str()?, "page")?.parse().ok();
                let page = number(next)
                    .or_else(of_link)
                    .or_else(|| number(&next["page"]));
                Some(page.ok_or(PaginationError::Unreadable)?)
            }
        };
        let counted = number(&self.pages["total_pages"])
            .or_else(|| number(&self.total_pages))
            .filter(|total| *total > current)
            .map(|_| current + 1);
        match next.or(counted) {
            Some(next) if next <= current => Err(PaginationError::Backwards),
            next => Ok(next.map(|next| next.to_string())),
        }
    }

    /// Returns the query of the next page, which is added to that of the request.
    fn next_query(&self, cursor: Option<&str>) -> Result<Option<String>, PaginationError> {
        let page = |page: Option<String>| Ok(page.map(|page| format!("page={page}")));
        let parameter = |name: &str, cursor: &str| {
            let mut next = format!("{name}=");
            crate::wire::path::encode(cursor, &mut next);
            Ok(Some(next))
        };
        if let Some(cursor) = text(&self.next_cursor).filter(|_| self.has_more != Some(false)) {
            return parameter("cursor", &cursor);
        }
        match &self.pages["next"] {
            Value::String(url) if url.contains('?') => {
                let query = url.split_once('?').map_or("", |(_, query)| query);
                Ok(Some(query.split('#').next().unwrap_or(query).to_owned()))
            }
            next @ Value::Object(_) => match text(&next["starting_after"]) {
                Some(cursor) => parameter("starting_after", &cursor),
                None => page(self.next_number(None)?),
            },
            _ => {
                let current = cursor.and_then(|cursor| query::get(&as_url(cursor), "page"));
                page(self.next_number(current.as_deref())?)
            }
        }
    }
}

/// Whether a page says in this form that there is no next one.
fn is_nothing(next: &Value) -> bool {
    match next {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Reads a number, or a text that is one.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(_) | Value::String(_) => json::typed::<i64>(value.clone())?.try_into().ok(),
        _ => None,
    }
}

/// Reads a text that is not empty, or a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{PageInfo, PaginationError};
    use crate::operation::ListKind::{self, *};

    fn next(
        kind: ListKind,
        cursor: Option<&str>,
        body: &serde_json::Value,
    ) -> Result<Option<String>, PaginationError> {
        PageInfo::page(body.to_string().as_bytes()).next(kind, cursor, false)
    }

    #[test]
    fn a_cursor_is_found_in_every_form_of_next() {
        for (pages, expected) in [
            (
                json!({ "next": { "page": 2, "starting_after": "abc" } }),
                Ok(Some("abc")),
            ),
            (json!({ "next": { "starting_after": 7 } }), Ok(Some("7"))),
            (
                json!({ "next": "https://api.intercom.io/contacts?starting_after=a%3D%3D" }),
                Ok(Some("a==")),
            ),
            (json!({ "next": null }), Ok(None)),
            (json!({ "next": "" }), Ok(None)),
            (json!({ "next": { "starting_after": "" } }), Ok(None)),
            (json!({ "page": 3, "total_pages": 3 }), Ok(None)),
            (json!(null), Ok(None)),
            // A sync that ended here would be incomplete, and nobody would notice.
            (
                json!({ "next": "/contacts?page=2" }),
                Err(PaginationError::Unreadable),
            ),
            (
                json!({ "next": { "starting_after": [] } }),
                Err(PaginationError::Unreadable),
            ),
        ] {
            let body = json!({ "data": [], "pages": pages });
            for kind in [CursorInQuery, CursorInBody] {
                let found = next(kind, None, &body);
                let found = found.as_ref().map(Option::as_deref);
                assert_eq!(found, expected.as_ref().copied(), "{body}");
            }
        }
        assert_eq!(next(CursorInQuery, None, &json!({ "data": [] })), Ok(None));
    }

    #[test]
    fn a_page_number_is_the_next_one_or_there_is_none() {
        for (pages, cursor, expected) in [
            (
                json!({ "page": 1, "total_pages": 3, "next": "https://api.intercom.io/companies?page=2&per_page=1" }),
                None,
                Ok(Some("2")),
            ),
            (
                json!({ "page": "2", "total_pages": "3" }),
                Some("2"),
                Ok(Some("3")),
            ),
            (
                json!({ "page": 3, "total_pages": 3, "next": null }),
                Some("3"),
                Ok(None),
            ),
            (
                json!({ "page": 1, "next": { "page": 2 } }),
                None,
                Ok(Some("2")),
            ),
            (json!({ "total_pages": 3 }), Some("2"), Ok(Some("3"))),
            (json!(null), Some("2"), Ok(None)),
            (
                json!({ "page": 3, "next": "https://api.intercom.io/companies?page=2" }),
                Some("3"),
                Err(PaginationError::Backwards),
            ),
            (
                json!({ "page": 3, "next": { "page": 3 } }),
                Some("3"),
                Err(PaginationError::Backwards),
            ),
            (
                json!({ "page": 3, "next": "https://api.intercom.io/companies" }),
                Some("3"),
                Err(PaginationError::Unreadable),
            ),
        ] {
            let body = json!({ "pages": pages });
            let found = next(PageNumber, cursor, &body);
            let found = found.as_ref().map(Option::as_deref);
            assert_eq!(found, expected.as_ref().copied(), "{body}");
        }
    }

    #[test]
    fn a_link_is_followed_by_its_query_alone() {
        for (pages, cursor, expected) in [
            (
                json!({ "next": "https://elsewhere.example/notes?per_page=2&page=2#x" }),
                None,
                Ok(Some("per_page=2&page=2")),
            ),
            (
                json!({ "next": { "page": 2, "starting_after": "a=&b" } }),
                None,
                Ok(Some("starting_after=a%3D%26b")),
            ),
            (json!({ "next": { "page": 2 } }), None, Ok(Some("page=2"))),
            (
                json!({ "next": null, "page": 1, "total_pages": 2 }),
                None,
                Ok(Some("page=2")),
            ),
            (
                json!({ "next": null, "total_pages": 3 }),
                Some("per_page=2&page=2"),
                Ok(Some("page=3")),
            ),
            (
                json!({ "next": null, "page": 2, "total_pages": 2 }),
                None,
                Ok(None),
            ),
            (json!(null), None, Ok(None)),
            (
                json!({ "next": "https://api.intercom.io/notes" }),
                None,
                Err(PaginationError::Unreadable),
            ),
        ] {
            let body = json!({ "pages": pages });
            for kind in [NextLink, Whole] {
                let found = next(kind, cursor, &body);
                let found = found.as_ref().map(Option::as_deref);
                assert_eq!(found, expected.as_ref().copied(), "{body}");
            }
        }
    }

    #[test]
    fn what_is_said_beside_the_items_is_followed_too() {
        let numbered = json!({ "data": [], "page": 2, "total_pages": 3 });
        for kind in [PageNumber, NextLink] {
            let expected = if kind == PageNumber { "3" } else { "page=3" };
            assert_eq!(next(kind, None, &numbered), Ok(Some(expected.to_owned())));
        }
        let last = json!({ "data": [], "page": 3, "total_pages": 3 });
        assert_eq!(next(PageNumber, None, &last), Ok(None));

        for (body, expected) in [
            (
                json!({ "next_cursor": "a=&b", "has_more": true }),
                Ok(Some("cursor=a%3D%26b".to_owned())),
            ),
            (
                json!({ "next_cursor": "a" }),
                Ok(Some("cursor=a".to_owned())),
            ),
            (json!({ "next_cursor": "a", "has_more": false }), Ok(None)),
            (json!({ "next_cursor": null, "has_more": false }), Ok(None)),
            // There is more, and nothing says where.
            (
                json!({ "has_more": true }),
                Err(PaginationError::Unreadable),
            ),
        ] {
            for kind in [NextLink, Whole] {
                assert_eq!(next(kind, None, &body), expected, "{body}");
            }
        }
    }

    #[test]
    fn a_scroll_ends_with_an_empty_page_and_not_before() {
        let page = PageInfo::page(br#"{"data":[],"scroll_param":"a"}"#);
        assert_eq!(
            page.next(Scroll, Some("a"), false),
            Ok(Some("a".to_owned()))
        );
        assert_eq!(page.next(Scroll, Some("a"), true), Ok(None));
    }
}
