//! When a request is retried, and how long to wait before.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Error, NotRetried, RETRYABLE};
use crate::transport::retry::backoff::Backoff;

/// When a call that failed is retried.
///
/// By default a request is attempted up to three times:
///
/// - Every request is retried after a `429`, if no connection was established, and if the server reports that it did not process
///   the request (HTTP/2: `REFUSED_STREAM`, or a `GOAWAY` that came before it). Intercom has not acted on it then.
/// - An idempotent request is also retried after the statuses 408, 500, 502, 503 and 504, a broken connection, a timeout and a
///   truncated body. Idempotent is every `GET` but a scroll, every `PUT` and `DELETE`,
///   and each `POST` that only reads ([`Operation::idempotent`](crate::Operation::idempotent)). Any other `POST`, which may
///   have acted, is not retried then.
///
/// Between two attempts it waits for as long as the server asks (`Retry-After`, or after a `429` `X-RateLimit-Reset`),
/// or for a random time of at most half a second, a second, two and so on up to a minute, whichever is longer.
///
/// The clones of a client share a retry budget, which prevents retry storms in an outage: a retry takes tokens from it,
/// and a call that succeeds puts them back.
///
/// Every request that the server sees is one of these attempts and is counted: the HTTP client retries nothing by itself, unless
/// it is a ready-made one ([`http_client`](crate::IntercomBuilder::http_client)). Only if a pooled connection turns out to be
/// closed before anything of a request was written to it, the HTTP client takes another, within the same attempt.
///
/// ```
/// use std::time::Duration;
/// use intercom_client::{CallOptions, Intercom, RetryPolicy};
///
/// let patient = RetryPolicy::new().max_attempts(6).max_elapsed(Duration::from_secs(120));
/// let intercom = Intercom::builder("access_token").retry(patient).build()?;
/// // For some calls only:
/// let at_once = CallOptions::new().retry(RetryPolicy::never());
/// # Ok::<(), intercom_client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    backoff: Backoff,
    max_elapsed: Option<Duration>,
    statuses: Cow<'static, [StatusCode]>,
    retry_non_idempotent: bool,
}

impl RetryPolicy {
    /// Creates the default policy of clients.
    pub fn new() -> Self {
        Self {
            max_attempts: 3,
            backoff: Backoff {
                base: Duration::from_millis(500),
                max: Duration::from_secs(60),
            },
            max_elapsed: None,
            statuses: Cow::Borrowed(RETRYABLE),
            retry_non_idempotent: false,
        }
    }

    /// Creates a policy without retries: every request is sent once.
    pub fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. Defaults to 3; 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the longest random wait before the second attempt, which doubles for each further one. Defaults to 500 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.backoff.base = delay;
        self
    }

    /// Sets the longest wait between two attempts. Defaults to 60 seconds. If the server asks for a longer one, the call fails
    /// at once, and [`Error::retry_after`](crate::Error::retry_after) is the time that it asked for.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.backoff.max = delay;
        self
    }

    /// Sets how long after the start of a call another attempt may begin, not counting the wait for the rate limit. Defaults to
    /// no limit.
    ///
    /// It does not interrupt an attempt, as [`CallOptions::timeout`](crate::CallOptions::timeout) does.
    pub fn max_elapsed(mut self, limit: Duration) -> Self {
        self.max_elapsed = Some(limit);
        self
    }

    /// Sets the statuses after which a request is retried. Defaults to 408, 429, 500, 502, 503 and 504.
    ///
    /// After any but 429 that is only done if the request is idempotent.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Sets whether to retry requests too that are not idempotent and may have been acted on. A message may then be sent twice, or
    /// a contact created twice. Defaults to false.
    pub fn retry_non_idempotent(mut self, retry: bool) -> Self {
        self.retry_non_idempotent = retry;
        self
    }

    /// Whether it makes more than one attempt at all.
    pub(crate) fn retries(&self) -> bool {
        self.max_attempts > 1
    }

    /// Whether a failure is one of those after which a request is retried.
    pub(crate) fn covers(&self, error: &Error) -> bool {
        error.is_covered(&self.statuses, self.retry_non_idempotent)
    }

    /// Returns how long to wait before the next attempt, or why there is none.
    pub(crate) fn next(&self, error: &Error) -> Result<Duration, NotRetried> {
        if !self.covers(error) || error.attempts() >= self.max_attempts {
            return Err(NotRetried::Final);
        }
        let hint = error.retry_after().unwrap_or_default();
        if hint > self.backoff.max {
            return Err(NotRetried::TooLong);
        }
        let delay = hint.max(self.backoff.jittered(error.attempts()));
        let end = error.elapsed().saturating_add(delay);
        match self.max_elapsed {
            Some(limit) if end > limit => Err(NotRetried::TooLate),
            _ => Ok(delay),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}
