//! Changes the request of a list to ask for a certain page.

use reqwest::{Body, Request, Url};
use serde_json::{Map, Value};

use crate::operation::ListKind;
use crate::wire::query;

/// Sets the page size; a scroll, and a list in one page, have none.
pub(super) fn apply_size(
    request: &mut Request,
    kind: ListKind,
    size: i64,
) -> Result<(), &'static str> {
    match kind {
        ListKind::CursorInQuery | ListKind::PageNumber | ListKind::NextLink => {
            query::set(
                request.url_mut(),
                &[("per_page", size.to_string().as_str())],
            );
            Ok(())
        }
        ListKind::CursorInBody => set_in_body(request, "per_page", size.into()),
        ListKind::Scroll | ListKind::Whole => Ok(()),
    }
}

/// Sets the cursor; the error says why that is impossible.
pub(super) fn apply_cursor(
    request: &mut Request,
    kind: ListKind,
    cursor: &str,
) -> Result<(), &'static str> {
    match kind {
        ListKind::CursorInQuery => query::set(request.url_mut(), &[("starting_after", cursor)]),
        ListKind::PageNumber => query::set(request.url_mut(), &[("page", cursor)]),
        ListKind::Scroll => query::set(request.url_mut(), &[("scroll_param", cursor)]),
        ListKind::CursorInBody => return set_in_body(request, "starting_after", cursor.into()),
        ListKind::NextLink | ListKind::Whole => {
            let next = Url::parse(&as_url(cursor)).map_err(|_| "the cursor is no query")?;
            let parameters: Vec<_> = next.query_pairs().collect();
            query::set(request.url_mut(), &parameters);
        }
    }
    Ok(())
}

/// A query as a URL, so that its parameters can be read.
pub(super) fn as_url(query: &str) -> String {
    format!("http://query/?{query}")
}

/// Sets a field of `pagination`.
fn set_in_body(request: &mut Request, field: &str, value: Value) -> Result<(), &'static str> {
    let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
    let body = std::str::from_utf8(body).unwrap_or_default();
    let mut body: Map<String, Value> =
        serde_json::from_str(body).map_err(|_| "the body is no JSON object")?;
    let pagination = body.entry("pagination").or_insert(Value::Null);
    if !pagination.is_object() {
        *pagination = Value::Object(Map::new());
    }
    pagination[field] = value;
    let body = serde_json::to_vec(&body).map_err(|_| "the body cannot be written")?;
    *request.body_mut() = Some(body.into());
    Ok(())
}
