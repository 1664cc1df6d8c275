//! Checks that a response is what was requested.

use serde::de::DeserializeOwned;

use super::{LeftOut, Response, not_json};
use crate::error::Error;
use crate::json::{self, BOM, Decoded, JsonError, Unread};
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
    let mut last = None;
    let unread = read(&parts, &endpoint, expected, &mut |json| {
        let decoded = json::decode(json)?;
        last = Some(decoded.value);
        Ok(Decoded {
            value: (),
            unread: decoded.unread,
            has_list: decoded.has_list,
            own_missing: decoded.own_missing,
        })
    })?;
    match last {
        Some(value) => Ok(Response {
            value,
            parts: Box::new(parts),
            endpoint,
            left_out: LeftOut::from(unread),
        }),
        None => Err(Error::empty(&endpoint, parts)),
    }
}

/// Decodes a JSON document, and keeps its value elsewhere: nothing that takes this is compiled for each type.
type Decode<'d> = &'d mut dyn FnMut(&[u8]) -> Result<Decoded<()>, JsonError>;

/// Decodes the body of a response, perhaps more than once; returns what was left out of the last value.
fn read(
    parts: &RawResponse,
    endpoint: &Endpoint,
    expected: Expected,
    decode: Decode<'_>,
) -> Result<Vec<Unread>, Error> {
    if parts.is_web_page() {
        return Err(Error::web_page(endpoint, parts.clone()));
    }
    let body = parts.body.strip_prefix(BOM).unwrap_or(&parts.body);
    if body.trim_ascii().is_empty() {
        return empty(parts, endpoint, expected, decode);
    }
    if parts.is_error_list() {
        return Err(Error::api(endpoint, parts.clone()));
    }
    let mut decoded = match decode(body) {
        Ok(decoded) => decoded,
        Err(error) => {
            // Some servers have it in place of no body.
            if body.trim_ascii() == b"null"
                && let Ok(unread) = empty(parts, endpoint, expected, decode)
            {
                return Ok(unread);
            }
            return Err(not_json(error, parts, endpoint));
        }
    };
    if let Some(field) = expected.list {
        let odd = odd(&decoded.unread, field);
        let is_missing = !decoded.has_list || odd.is_some();
        if is_missing && !(expected.may_be_no_list && is_no_list(body)) {
            let Some(body) = json::move_list(body, field) else {
                return Err(Error::unexpected(endpoint, field, parts.clone()));
            };
            decoded = match decode(&body) {
                Ok(decoded) => decoded,
                Err(error) => return Err(not_json(error, parts, endpoint)),
            };
            if !decoded.has_list {
                return Err(Error::unexpected(endpoint, field, parts.clone()));
            }
            if let Some(odd) = odd {
                decoded.unread.push(odd);
            }
        }
    }
    // Of what was deleted by an attempt before, the id may be nowhere.
    if let Some(own) = decoded.own_missing
        && parts.status.is_success()
    {
        return Err(Error::unexpected(endpoint, own, parts.clone()));
    }
    if let Some(first) = decoded.unread.first()
        && expected.is_strict
    {
        return Err(Error::unreadable(endpoint, &first.path, parts.clone()));
    }
    Ok(decoded.unread)
}

/// Returns what was left out in place of a list, or of what the list is in.
fn odd(unread: &[Unread], field: &str) -> Option<Unread> {
    for unread in unread {
        // Of a duplicate key the last value counts, and that is no list then.
        if let Some(rest) = field.strip_prefix(unread.path.as_str())
            && !unread.path.is_empty()
            && (rest.is_empty() || rest.starts_with('.'))
        {
            return Some(unread.clone());
        }
    }
    None
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

/// Decodes a success without a body: the default value, if the type requires nothing.
fn empty(
    parts: &RawResponse,
    endpoint: &Endpoint,
    expected: Expected,
    decode: Decode<'_>,
) -> Result<Vec<Unread>, Error> {
    let found = match decode(b"null") {
        Err(_) => decode(b"{}"),
        found => found,
    };
    match found {
        Ok(decoded) if decoded.unread.is_empty() && expected.list.is_none() => Ok(decoded.unread),
        _ => Err(Error::empty(endpoint, parts.clone())),
    }
}
