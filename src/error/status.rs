//! Responses whose status reports an error.

use http::{HeaderMap, StatusCode};

use super::new::WEB_PAGE;
use super::{ApiError, Error, ErrorKind, Inner, api};
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;
use crate::wire::headers::{self, RateLimit};

impl Error {
    /// The status of a response reports an error.
    pub(crate) fn api(endpoint: &Endpoint, response: RawResponse) -> Self {
        let (errors, request_id) = api::read(&response.body);
        let status = response.status;
        let kind = if status == StatusCode::TOO_MANY_REQUESTS {
            if is_quota(endpoint, &response.headers) {
                ErrorKind::QuotaExceeded
            } else {
                ErrorKind::RateLimited
            }
        } else if response.is_web_page() {
            ErrorKind::WebPage
        } else if has_code(&errors, "scroll_exists") {
            ErrorKind::ScrollExists
        } else if status == StatusCode::NOT_FOUND && response.body == NO_MOCK {
            ErrorKind::NoMock
        } else if status == StatusCode::NOT_FOUND && endpoint.is_scroll() {
            ErrorKind::ScrollExpired
        } else if status.is_server_error() {
            ErrorKind::Server
        } else {
            ErrorKind::Rejected
        };
        let reason = match kind {
            ErrorKind::WebPage => format!("{status}, {WEB_PAGE}"),
            ErrorKind::NoMock => "no mock of the server matches the request".to_owned(),
            ErrorKind::ScrollExpired => format!("{status}, the scroll is over or has expired"),
            ErrorKind::QuotaExceeded => format!("{status}, the quota of pending jobs is used up"),
            _ => status.to_string(),
        };
        let mut inner = Inner::new(kind, Some(endpoint), reason).response(Some(response));
        inner.errors = errors;
        inner.request_id = request_id;
        inner.into()
    }
}

/// What httpmock returns if no mock matches.
const NO_MOCK: &str = r#"{"message":"Request did not match any route or mock"}"#;

/// Whether a 429 is about pending jobs: the operation starts jobs, and nothing says that the rate limit is exhausted.
fn is_quota(endpoint: &Endpoint, headers: &HeaderMap) -> bool {
    let is_exhausted =
        RateLimit::from_headers(headers).is_some_and(|limit| limit.remaining == Some(0));
    endpoint.has_quota() && !is_exhausted && headers::retry_after(headers).is_none()
}

fn has_code(errors: &[ApiError], code: &str) -> bool {
    for error in errors {
        if error.code.as_deref() == Some(code) {
            return true;
        }
    }
    false
}
