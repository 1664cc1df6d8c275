//! What goes over the wire: raw responses.

pub(crate) mod base_url;
pub(crate) mod endpoint;
pub(crate) mod headers;
pub(crate) mod path;
pub(crate) mod query;
pub(crate) mod region;
pub(crate) mod timeout;

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use crate::json::{self, BOM};

/// A list of errors is never longer.
const MAX_ERROR_LIST: usize = 64 << 10;

/// A response whose body has been read.
#[derive(Clone)]
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) stats: CallStats,
}

/// The attempts and the time of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallStats {
    /// How many attempts were made.
    pub(crate) attempts: u32,
    /// The time since the call was made.
    pub(crate) elapsed: Duration,
}

impl RawResponse {
    /// A response without its body.
    pub(crate) fn head(response: &reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: Bytes::new(),
            stats: CallStats::default(),
        }
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// The media type without its parameters.
    pub(crate) fn content_type(&self) -> Option<&str> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(value.split(';').next().unwrap_or(value).trim())
    }

    /// Whether the server says that the body is not JSON.
    pub(crate) fn is_foreign(&self) -> bool {
        self.content_type().is_some_and(|found| {
            let end = found.len().saturating_sub("json".len());
            !found.as_bytes()[end..].eq_ignore_ascii_case(b"json")
        })
    }

    /// Whether the body is a web page, which the API never means to send. JSON is none, even if it is labelled as one, nor is an
    /// empty body.
    pub(crate) fn is_web_page(&self) -> bool {
        let body = self.body.strip_prefix(BOM).unwrap_or(&self.body);
        match body.trim_ascii_start().first() {
            Some(b'<') => true,
            Some(b'{' | b'[') | None => false,
            Some(_) => self.is_labelled_as_web_page(),
        }
    }

    /// Whether the body is a list of errors, whatever the status is.
    pub(crate) fn is_error_list(&self) -> bool {
        const TYPE: &str = "error.list";

        let mentions = || std::str::from_utf8(&self.body).map_or(true, |body| body.contains(TYPE));
        let is_short = self.body.len() <= MAX_ERROR_LIST;
        is_short && mentions() && json::pick(&self.body, ["type"])[0] == TYPE
    }

    /// Whether the server says that the body is a web page.
    pub(crate) fn is_labelled_as_web_page(&self) -> bool {
        self.content_type().is_some_and(|found| {
            found.eq_ignore_ascii_case("text/html")
                || found.eq_ignore_ascii_case("application/xhtml+xml")
        })
    }
}
