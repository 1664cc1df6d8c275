//! Checks that a response is what was requested.

use serde::de::DeserializeOwned;

use super::{Response, not_json};
use crate::error::Error;
use crate::json::{self, BOM, Decoded};
use crate::operation::Operation;
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;

/// What a response must have.
#[derive(Clone, Copy, Default)]
pub(crate) struct Expected {
    /// The path of the field with the list, if the response is an envelope.
    list: Option<&'static str>,
    /// Whether it may be something else than an envelope.
    may_be_no_list: bool,
    /// Whether a value that cannot be read is an error rather than left out.
    is_strict: bool,
}

impl Expected {
    pub(crate) fn of(operation: &Operation, is_strict: bool) -> Self {
        Self {
            list: operation.list_field,
            may_be_no_list: operation.may_be_no_list,
            is_strict,
        }
    }
}

/// Reads the response of an operation, which must be JSON and what was requested.
pub(crate) fn decode<T: DeserializeOwned>(
    parts: RawResponse,
    endpoint: Endpoint,
    expected: Expected,
) -> Result<Response<T>, Error> {
    if parts.is_web_page() {
        return Err(Error::web_page(&endpoint, parts));
    }
    let body = parts.body.strip_prefix(BOM).unwrap_or(&parts.body);
    if body.trim_ascii().is_empty() {
        return empty(parts, endpoint, expected);
    }
    if parts.is_error_list() {
        return Err(Error::api(&endpoint, parts));
    }
    let mut decoded: Decoded<T> = match json::decode(body) {
        Ok(decoded) => decoded,
        Err(error) => {
            // Some servers have it in place of no body.
            let nothing = body.trim_ascii() == b"null";
            let default = || empty(parts.clone(), endpoint.clone(), expected).ok();
            let default = nothing.then(default).flatten();
            return default.ok_or_else(|| not_json(error, &parts, &endpoint));
        }
    };
    if let Some(field) = expected.list {
        // Of a duplicate key the last value counts, and that is no list then.
        let is_odd = |unread: &&json::Unread| {
            let rest = field.strip_prefix(unread.path.as_str());
            !unread.path.is_empty()
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let odd = decoded.unread.iter().find(is_odd).cloned();
        let is_missing = !decoded.has_list || odd.is_some();
        if is_missing && !(expected.may_be_no_list && is_no_list(body)) {
            let Some(body) = json::move_list(body, field) else {
                return Err(Error::unexpected(&endpoint, field, parts));
            };
            decoded = match json::decode(&body) {
                Ok(decoded) => decoded,
                Err(error) => return Err(not_json(error, &parts, &endpoint)),
            };
            if !decoded.has_list {
                return Err(Error::unexpected(&endpoint, field, parts));
            }
            decoded.unread.extend(odd);
        }
    }
    let Decoded { value, unread, .. } = decoded;
    // Of what was deleted by an attempt before, the id may be nowhere.
    if let Some(own) = decoded.own_missing.filter(|_| parts.status.is_success()) {
        return Err(Error::unexpected(&endpoint, own, parts));
    }
    if let Some(first) = unread.first().filter(|_| expected.is_strict) {
        return Err(Error::unreadable(&endpoint, &first.path, parts));
    }
    Ok(Response::new(value, parts, endpoint).with_left_out(unread))
}

/// Whether a body says that it is no list, or has an id and says nothing.
fn is_no_list(body: &[u8]) -> bool {
    let [kind, id] = json::pick(body, ["type", "id"]);
    match kind.as_str() {
        Some(kind) => kind != "list" && !kind.ends_with(".list"),
        None => !id.is_null(),
    }
}

/// Checks the response of an operation that returns nothing but success: only a web page and a list of errors are none.
pub(crate) fn nothing(parts: RawResponse, endpoint: Endpoint) -> Result<Response<()>, Error> {
    if parts.is_web_page() {
        return Err(Error::web_page(&endpoint, parts));
    }
    if parts.is_error_list() {
        return Err(Error::api(&endpoint, parts));
    }
    Ok(Response::new((), parts, endpoint))
}

/// A success without a body: the default value, if the type requires nothing.
fn empty<T: DeserializeOwned>(
    parts: RawResponse,
    endpoint: Endpoint,
    expected: Expected,
) -> Result<Response<T>, Error> {
    let of = |json: &[u8]| json::decode::<T>(json).ok();
    let found = of(b"null").or_else(|| of(b"{}"));
    let complete = found.filter(|decoded| decoded.unread.is_empty() && expected.list.is_none());
    match complete {
        Some(decoded) => Ok(Response::new(decoded.value, parts, endpoint)),
        None => Err(Error::empty(&endpoint, parts)),
    }
}
