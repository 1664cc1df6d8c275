//! Options for single calls.

use std::fmt;
use std::time::Duration;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use crate::transport::retry::policy::RetryPolicy;
use crate::wire::headers::is_visible;

/// How to treat a value in a response that cannot be read without guessing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decoding {
    /// Leaves it out, keeps it in `unknown_fields`, and lists its path in [`Response::unread`](crate::Response::unread).
    #[default]
    Lenient,
    /// Fails the call with [`ErrorKind::Decode`](crate::ErrorKind::Decode). In a stream of items, only the item with the value
    /// fails.
    Strict,
}

/// Settings for some calls of a client, which take precedence over the client's own.
///
/// Calls with a header or a version that cannot be sent fail with
/// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) before anything is sent.
///
/// ```
/// use std::time::Duration;
/// use intercom_client::CallOptions;
///
/// let options = CallOptions::new()
///     .header("X-Trace-Id", "7f3a")
///     .timeout(Duration::from_secs(20));
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) headers: HeaderMap,
    pub(crate) version: Option<HeaderValue>,
    pub(crate) response_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// When the call began that this one is a part of.
    pub(crate) since: Option<Instant>,
    /// The first mistake.
    pub(crate) problem: Option<String>,
}

/// Headers that decide where a request goes, on whose behalf, and where it ends.
const OURS: [HeaderName; 5] = [
    header::AUTHORIZATION,
    header::HOST,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
];

impl CallOptions {
    /// Creates options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header, in place of one of the same name that was set before.
    ///
    /// `Authorization`, `Host`, `Content-Length`, `Transfer-Encoding` and `Connection` cannot be
    /// set. `Intercom-Version` is set by [`api_version`](Self::api_version).
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let Ok(name) = name.try_into() else {
            return self.wrong("a header name is not legal");
        };
        if OURS.contains(&name) || name == VERSION {
            return self.wrong(format!("the header {name} cannot be set"));
        }
        let Ok(value) = value.try_into() else {
            return self.wrong(format!("the value of the header {name} is not legal"));
        };
        self.headers.insert(name, value);
        self
    }

    /// Sends this version as `Intercom-Version`, for example `2.13`. Defaults to the version of the
    /// [client](crate::IntercomBuilder::api_version), or else that of the types.
    ///
    /// The types stay those of the version that the call was generated for, so responses of another
    /// version may not fit them.
    pub fn api_version(mut self, version: impl AsRef<str>) -> Self {
        match version_value(version.as_ref()) {
            Some(version) => self.version = Some(version),
            None => return self.wrong(BAD_VERSION),
        }
        self
    }

    /// Sets how long each attempt may take until the headers of its response arrive, counted from when it is sent.
    /// Defaults to that of the [client](crate::IntercomBuilder::response_timeout).
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.response_timeout = Some(limit);
        self
    }

    /// Sets how long to wait for each further chunk of a response body. Defaults to that of the
    /// [client](crate::IntercomBuilder::read_timeout).
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = Some(limit);
        self
    }

    /// Sets how long the whole call may take: all attempts, the waits between them and for the rate limit, and a streamed body.
    /// Defaults to that of the [client](crate::IntercomBuilder::timeout); [`Duration::MAX`] is no limit.
    ///
    /// The timeouts of each attempt apply besides. Each page of a list is a call of its own.
    ///
    /// A call that takes longer fails with [`ErrorKind::CallTimeout`](crate::ErrorKind::CallTimeout). A retry that would begin
    /// later is not waited for: the call fails at once with the error of its last attempt.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets when a call that failed is retried. Defaults to the client's [`retry`](crate::IntercomBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Returns these options with those of `later`, which take precedence.
    pub(crate) fn merged(&self, later: Self) -> Self {
        let mut headers = self.headers.clone();
        // Not `extend`, which would keep both values of a name.
        for (name, value) in &later.headers {
            headers.insert(name, value.clone());
        }
        Self {
            headers,
            version: later.version.or_else(|| self.version.clone()),
            response_timeout: later.response_timeout.or(self.response_timeout),
            read_timeout: later.read_timeout.or(self.read_timeout),
            timeout: later.timeout.or(self.timeout),
            retry: later.retry.or_else(|| self.retry.clone()),
            since: later.since.or(self.since),
            problem: self.problem.clone().or(later.problem),
        }
    }

    fn wrong(mut self, problem: impl Into<String>) -> Self {
        self.problem.get_or_insert_with(|| problem.into());
        self
    }
}

/// The header that selects the version of the API.
pub(crate) static VERSION: HeaderName = HeaderName::from_static("intercom-version");
pub(crate) const BAD_VERSION: &str = "the version cannot be sent in a header";

/// Returns a version as a header, if it can be one.
pub(crate) fn version_value(version: &str) -> Option<HeaderValue> {
    if version.is_empty() || !is_visible(version) {
        return None;
    }
    HeaderValue::from_str(version).ok()
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Vec::new();
        for name in self.headers.keys() {
            names.push(name);
        }
        f.debug_struct("CallOptions")
            .field("headers", &names)
            .field("api_version", &self.version)
            .field("response_timeout", &self.response_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
