//! Where a list goes on after a page.

use serde_json::{Map, Value};

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
    *next == false || next.as_object().is_some_and(Map::is_empty) || json::is_nothing(next)
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
mod tests;
