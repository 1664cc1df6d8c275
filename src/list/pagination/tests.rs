//! Every form in which a page says how the list goes on.

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
