//! The one error type of the crate.

mod api;
mod connect;
mod context;
mod convert;
mod existing;
#[allow(dead_code, reason = "a build may be without generated builders")]
mod invalid_field;
mod kind;
mod new;
mod received;
mod retryable;
mod status;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use self::api::ApiError;
pub use self::invalid_field::InvalidField;
pub use self::kind::ErrorKind;
pub(crate) use self::retryable::{NotRetried, RETRYABLE};
use crate::json::is_identifier;
use crate::wire::endpoint::Endpoint;
use crate::wire::headers::RateLimit;
use crate::wire::{CallStats, RawResponse};

/// The error of every call.
///
/// It is safe to log: `Display` and `Debug` name the operation, its method and path template, the status, the
/// error code and the id of the request. They hold no token, no body, no other id, and none of the API's own
/// sentences, which may quote personal data. [`errors`](Self::errors) and [`body`](Self::body) have those.
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
    endpoint: Option<Endpoint>,
    operation: Option<String>,
    reason: Cow<'static, str>,
    stats: CallStats,
    /// Whether an earlier attempt may have been acted on.
    maybe_applied: bool,
    /// Whether the deadline passed before the request was sent.
    is_unsent: bool,
    /// Why it was not retried, if the message should say so.
    not_retried: Option<NotRetried>,
    response: Option<RawResponse>,
    /// Counted from when the response arrived.
    retry_after: Option<Duration>,
    errors: Vec<ApiError>,
    request_id: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Returns the kind of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the name of the operation that failed, for example `contacts.get`, or `None` for a request built by hand.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// Returns the HTTP method of the request, or `None` if the client could not be built.
    pub fn method(&self) -> Option<&str> {
        self.0.endpoint.as_ref().map(Endpoint::method)
    }

    /// Returns how many attempts the call made; 0 if it failed before the first one.
    pub fn attempts(&self) -> u32 {
        self.0.stats.attempts
    }

    /// Returns how long the call took until it failed, including all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.0.stats.elapsed
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.response.as_ref()?.status)
    }

    /// Returns the headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.response.as_ref()?.headers)
    }

    /// Returns the code of the first error in the response, for example `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.first(|error| error.code.as_deref())
    }

    /// Returns the API's sentence about the first error that has one. It may quote personal data.
    ///
    /// ```
    /// # fn example(error: intercom_client::Error) {
    /// println!("{}", error.message().unwrap_or_default());
    /// # }
    /// ```
    pub fn message(&self) -> Option<&str> {
        self.first(|error| error.message.as_deref())
    }

    /// Returns the errors in the response, or nothing if it has none that can be read.
    pub fn errors(&self) -> &[ApiError] {
        &self.0.errors
    }

    /// Returns Intercom's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        let response = self.0.response.as_ref();
        response
            .and_then(RawResponse::request_id)
            .or(self.0.request_id.as_deref())
    }

    /// Returns how long the server asks to wait before the next request, counted from when the response arrived.
    ///
    /// It is taken from `Retry-After`. After an exhausted rate limit without that header, it is the time to `X-RateLimit-Reset`,
    /// if that is within a minute.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the state of the rate limit, if the response reports it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.0.response.as_ref()?.headers)
    }

    /// Returns the body of the response as it was received. It may hold personal data.
    pub fn body(&self) -> Option<&Bytes> {
        Some(&self.0.response.as_ref()?.body)
    }

    /// Adds the attempts and the time of the call.
    pub(crate) fn with_stats(mut self, stats: CallStats) -> Self {
        self.0.stats = stats;
        self
    }

    /// Notes that the call may have been acted on, whatever the kind of the error says.
    pub(crate) fn with_maybe_applied(mut self, maybe_applied: bool) -> Self {
        self.0.maybe_applied |= maybe_applied;
        self
    }

    /// Notes why the call is not retried.
    pub(crate) fn not_retried(mut self, reason: NotRetried) -> Self {
        self.0.not_retried = Some(reason);
        self
    }

    /// Returns a member of the first error that has it.
    fn first(&self, member: fn(&ApiError) -> Option<&str>) -> Option<&str> {
        for error in &self.0.errors {
            if let Some(text) = member(error) {
                return Some(text);
            }
        }
        None
    }

    /// The field of the first error that names one, if it is a plain name.
    fn presentable_field(&self) -> Option<&str> {
        presentable(self.first(|error| error.field.as_deref()))
    }

    /// The code, if it is a plain name.
    fn presentable_code(&self) -> Option<&str> {
        presentable(self.code())
    }
}

/// A text of the server, if it is a word that cannot hold personal data.
fn presentable(text: Option<&str>) -> Option<&str> {
    text.filter(|text| is_identifier(text))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(endpoint) = &self.0.endpoint {
            write!(f, "{endpoint}: ")?;
        }
        f.write_str(&self.0.reason)?;
        if let Some(code) = self.presentable_code() {
            write!(f, ", code {code}")?;
        }
        if let Some(field) = self.presentable_field() {
            write!(f, ", field {field}")?;
        }
        if let Some(id) = presentable(self.request_id()) {
            write!(f, ", request {id}")?;
        }
        let CallStats { attempts, elapsed } = self.0.stats;
        if attempts > 1 {
            write!(f, ", {attempts} attempts in {elapsed:.1?}")?;
        }
        match self.0.not_retried {
            Some(NotRetried::TooLong) => {
                let wait = self.retry_after().unwrap_or_default();
                write!(
                    f,
                    ", and the server asks to wait {wait:?}, longer than the retry policy allows"
                )
            }
            Some(NotRetried::TooLate) => f.write_str(", and a retry would come too late"),
            Some(NotRetried::NoBudget) => f.write_str(", and the retry budget is exhausted"),
            Some(NotRetried::Final) | None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind);
        if let Some(endpoint) = &self.0.endpoint {
            debug.field("endpoint", &format_args!("{endpoint}"));
        }
        debug.field("reason", &self.0.reason);
        if let Some(status) = self.status() {
            debug.field("status", &status.as_u16());
        }
        if let Some(code) = self.presentable_code() {
            debug.field("code", &code);
        }
        if let Some(id) = presentable(self.request_id()) {
            debug.field("request_id", &id);
        }
        debug.field("attempts", &self.attempts());
        debug.field("elapsed", &self.elapsed());
        // Only the text of this crate or the HTTP client: errors of a caller's own may say anything.
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
