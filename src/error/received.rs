//! Responses with a status of success that are errors all the same.

use super::new::WEB_PAGE;
use super::{Error, ErrorKind, Inner};
use crate::json::{JsonError, is_identifier};
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;

impl Error {
    /// A body that is not what was requested.
    pub(crate) fn unexpected(endpoint: &Endpoint, missing: &str, response: RawResponse) -> Self {
        let reason = format!("{}: the response has no `{missing}`", response.status);
        Self::received(ErrorKind::UnexpectedResponse, endpoint, reason, response)
    }

    /// A success without a body, although the operation returns something.
    pub(crate) fn empty(endpoint: &Endpoint, response: RawResponse) -> Self {
        let reason = format!("{}: the response has no body", response.status);
        Self::received(ErrorKind::EmptyResponse, endpoint, reason, response)
    }

    /// A value in a body that cannot be read, in a client with strict decoding.
    pub(crate) fn unreadable(endpoint: &Endpoint, path: &str, response: RawResponse) -> Self {
        let reason = format!("{}: cannot read `{path}`", response.status);
        Self::received(ErrorKind::Decode, endpoint, reason, response)
    }

    /// A web page in place of the response of an operation that returns nothing.
    pub(crate) fn web_page(endpoint: &Endpoint, response: RawResponse) -> Self {
        let reason = format!("{}, {WEB_PAGE}", response.status);
        Self::received(ErrorKind::WebPage, endpoint, reason, response)
    }

    fn received(
        kind: ErrorKind,
        endpoint: &Endpoint,
        reason: String,
        response: RawResponse,
    ) -> Self {
        let inner = Inner::new(kind, Some(endpoint), reason);
        inner.response(Some(response)).into()
    }

    /// A body that does not have the expected form.
    pub(crate) fn decode(
        endpoint: &Endpoint,
        expected: &str,
        error: Option<JsonError>,
        response: RawResponse,
    ) -> Self {
        let status = response.status;
        let kind = if response.is_web_page() {
            ErrorKind::WebPage
        } else {
            ErrorKind::Decode
        };
        let reason = match (&error, response.content_type()) {
            _ if kind == ErrorKind::WebPage => format!("{status}, {WEB_PAGE}"),
            _ if response.body.is_empty() && error.is_some() => {
                format!("{status}: {expected} was expected, and the body is empty")
            }
            (Some(error), _) if !response.is_foreign() => format!("{status}: {error}"),
            (_, Some(found)) if presentable_type(found) => {
                format!("{status}: {expected} was expected, not {found}")
            }
            _ => format!("{status}: {expected} was expected"),
        };
        let inner = Inner::new(kind, Some(endpoint), reason).response(Some(response));
        match error {
            Some(error) if kind == ErrorKind::Decode => inner.source(error),
            _ => inner,
        }
        .into()
    }
}

fn presentable_type(content_type: &str) -> bool {
    let Some((kind, subtype)) = content_type.split_once('/') else {
        return false;
    };
    for part in subtype.split('.') {
        for part in part.split('+') {
            if !is_identifier(part) {
                return false;
            }
        }
    }
    is_identifier(kind)
}
