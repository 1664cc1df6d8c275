//! The one error type of the crate.

mod api;
mod build;
mod decode;
mod kind;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

pub use self::api::ApiError;
pub(crate) use self::build::Phase;
pub(crate) use self::decode::{JsonError, answer, from_json};
pub use self::kind::ErrorKind;
use crate::object;
use crate::rate_limit::{self, RateLimit};
use crate::response::Parts;
use crate::target::Target;

/// The error of every call.
///
/// `Display` and `Debug` name the operation, its method and path template, the status and the
/// code. They hold no token, header, body or id, nor what the API says in prose, so they can be
/// logged; [`errors`](Self::errors) and [`body`](Self::body) have the rest.
///
/// ```
/// use intercom_client::{Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         _ if error.is_not_found() => "it does not exist, or not any more",
///         _ if error.is_rate_limited() => "wait for error.retry_after()",
///         _ if error.is_retryable() => "try again",
///         ErrorKind::Decode => "please report it, with error.to_string()",
///         _ => "look at error.errors()",
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    target: Option<Target>,
    operation: Option<String>,
    reason: Cow<'static, str>,
    phase: Option<Phase>,
    response: Option<Parts>,
    errors: Vec<ApiError>,
    request_id: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What kind of trouble this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that failed, for example `contacts.get`; none for a request made by hand.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// The status of the response, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// The headers of the response, where there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// The code of the first error that the response reports, for example `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.0.errors.iter().find_map(|error| error.code.as_deref())
    }

    /// The errors that the response reports; empty where it says nothing that can be read.
    pub fn errors(&self) -> &[ApiError] {
        &self.0.errors
    }

    /// Intercom's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        let response = self.0.response.as_ref();
        response
            .and_then(Parts::request_id)
            .or(self.0.request_id.as_deref())
    }

    /// How long the server asks to wait before the next request.
    ///
    /// From `Retry-After`, else, for a spent rate limit, the time to `X-RateLimit-Reset`.
    pub fn retry_after(&self) -> Option<Duration> {
        let response = self.0.response.as_ref()?;
        rate_limit::retry_after(&response.headers).or_else(|| {
            let limited = response.status == StatusCode::TOO_MANY_REQUESTS;
            limited
                .then(|| rate_limit::until_reset(&response.headers))
                .flatten()
        })
    }

    /// The state of the rate limit, where the response tells it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.0.response.as_ref()?.headers)
    }

    /// The body of the response as it was received; it may hold personal data.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(|response| &response.body)
    }

    /// What could be read of a body in which a resource lacks its own `id`: all of it, and that id is empty.
    ///
    /// `None` if the error is another, and if the body cannot be read as a `T` even so.
    ///
    /// ```
    /// # #[cfg(all(feature = "v2_14", feature = "tags"))] {
    /// use intercom_client::{Error, v2_14::types::TagList};
    ///
    /// fn names(error: &Error) -> Option<Vec<Option<String>>> {
    ///     let tags: TagList = error.partial()?;
    ///     Some(tags.data.into_iter().map(|tag| tag.name).collect())
    /// }
    /// # }
    /// ```
    pub fn partial<T: DeserializeOwned>(&self) -> Option<T> {
        let body = self.body().filter(|_| self.is_decode())?;
        object::without_ids(|| from_json(body)).ok()
    }

    /// The status is 404: no such thing, or not visible to this token.
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// The status is 401: the token is wrong, revoked, or of another region.
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The status is 403: the token lacks a permission, or the plan a feature.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// The status is 409: it exists already, or was changed meanwhile.
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// The status is 429: too many requests, or too many jobs at a time.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The status is 500 to 599.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Something took longer than it may: a connection, a response, a part of a body or the call.
    pub fn is_timeout(&self) -> bool {
        self.0.phase.is_some()
    }

    /// No connection was established, so that the server saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// The response was received and is not of the expected form.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// Whether the same call may succeed when it is made again, and does no harm if the server
    /// acted on it the first time.
    ///
    /// A refused connection and a spent rate limit count for every operation. Timeouts, broken
    /// connections and the statuses 408, 500, 502, 503 and 504 count only for those that are
    /// [safe to repeat](crate::Operation::safe_to_repeat). A spent deadline never does.
    pub fn is_retryable(&self) -> bool {
        let safe = self.0.target.as_ref().is_some_and(Target::safe_to_repeat);
        match self.0.kind {
            ErrorKind::Connect => true,
            ErrorKind::Timeout => safe && self.0.phase != Some(Phase::Deadline),
            ErrorKind::Transport | ErrorKind::Body => safe,
            ErrorKind::Api => match self.status().map(|status| status.as_u16()) {
                Some(429) => true,
                Some(408 | 500 | 502 | 503 | 504) => safe,
                _ => false,
            },
            _ => false,
        }
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.0.kind == ErrorKind::Api && self.status() == Some(status)
    }

    /// The code, where it is a word that can hold no personal data.
    fn presentable_code(&self) -> Option<&str> {
        self.code().filter(|code| is_identifier(code))
    }
}

/// Whether a text from the server is a plain name, which may be shown.
fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(target) = &self.0.target {
            write!(f, "{target}: ")?;
        }
        f.write_str(&self.0.reason)?;
        if let Some(code) = self.presentable_code() {
            write!(f, ", code {code}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind);
        if let Some(target) = &self.0.target {
            debug.field("target", &format_args!("{target}"));
        }
        debug.field("reason", &self.0.reason);
        if let Some(status) = self.status() {
            debug.field("status", &status.as_u16());
        }
        if let Some(code) = self.presentable_code() {
            debug.field("code", &code);
        }
        // Only what this crate or the HTTP client says; a caller's own errors may say anything.
        if !matches!(self.0.kind, ErrorKind::Token | ErrorKind::InvalidRequest) {
            let mut causes = Vec::new();
            let mut cause = self.source();
            while let Some(error) = cause {
                causes.push(error.to_string());
                cause = error.source();
            }
            if !causes.is_empty() {
                debug.field("causes", &causes);
            }
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
