//! Redirects, which calls reject and downloads follow.

use http::StatusCode;
use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderValue, USER_AGENT};
use reqwest::{Request, Url};

use crate::error::Error;
use crate::transport::call::Call;
use crate::wire::RawResponse;

/// The error of a redirect, which names no more of its target than the host.
pub(crate) fn refuse_redirect(call: &Call, response: &reqwest::Response, why: &str) -> Error {
    let status = response.status();
    let goal = location(response);
    let reason = match goal.as_ref().and_then(|goal| goal.host_str()) {
        Some(host) => format!("{status} to {host}: {why}"),
        None => format!("{status}: {why}"),
    };
    Error::redirect(&call.endpoint, reason, RawResponse::head(response))
}

/// Returns the target of a redirect.
pub(crate) fn location(response: &reqwest::Response) -> Option<Url> {
    let location = response.headers().get(http::header::LOCATION)?;
    response.url().join(location.to_str().ok()?).ok()
}

/// Whether a download follows redirects with this status.
pub(crate) fn is_followed(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Drops the headers that are for Intercom alone, for all further redirects.
pub(crate) fn leave_behind(request: &mut Request) {
    let headers = request.headers_mut();
    let user_agent = headers.remove(USER_AGENT);
    let accept_encoding = headers.remove(ACCEPT_ENCODING);
    headers.clear();
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    if let Some(value) = user_agent {
        headers.insert(USER_AGENT, value);
    }
    if let Some(value) = accept_encoding {
        headers.insert(ACCEPT_ENCODING, value);
    }
}
