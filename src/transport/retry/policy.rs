//! When a request is sent once more, and how long to wait before.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Error, NotRetried, RETRYABLE};
use crate::transport::retry::backoff::Backoff;

/// When a call that failed is retried.
///
/// Without further settings a request is sent up to three times:
///
/// - after a `429`, where no connection came about, and where the server says that it did not process the request (HTTP/2:
///   `REFUSED_STREAM`, or a `GOAWAY` that came before it): every request, since Intercom did not act on it;
/// - after the statuses 408, 500, 502, 503 and 504, a connection that broke, a timeout, and a body that broke off: only
///   where the request is idempotent, which is every `GET` but a scroll, every `PUT` and `DELETE`,
///   and each `POST` that only reads ([`Operation::idempotent`](crate::Operation::idempotent)). A `POST` that may
///   have acted is not sent again.
///
/// Between two attempts it waits for as long as the server asks (`Retry-After`, else, after a `429`, `X-RateLimit-Reset`),
/// or for a random time of at most half a second, a second, two and so on up to a minute, whichever is longer. The clones
/// of a client share a budget of retries, so that an outage is not met with several times the load: a retry takes from it,
/// and a call that succeeds puts back.
///
/// Every request that the server sees is one of these attempts and is counted: the HTTP client repeats none by itself, unless it
/// is a ready-made one ([`http_client`](crate::IntercomBuilder::http_client)). Only where a connection of the pool turns out to be
/// closed before anything of a request was written to it does the HTTP client take another, within the same attempt.
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
    /// The policy of a client for which none is set.
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

    /// Sends every request once.
    pub fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// How often a request may be sent in all, the first time included; 3 unless it is set. 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The longest random wait before the second attempt, which doubles with every further one; 500 ms unless it is set.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.backoff.base = delay;
        self
    }

    /// The longest wait between two attempts; 60 s unless it is set. If the server asks for a longer one, the call fails
    /// at once, and [`Error::retry_after`](crate::Error::retry_after) says for how long it asked.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.backoff.max = delay;
        self
    }

    /// How long after the start of a call another attempt may begin, the wait for its turn in the rate limit not
    /// counted; without limit unless it is set. An attempt that is under way is not cut off;
    /// [`CallOptions::timeout`](crate::CallOptions::timeout) does that.
    pub fn max_elapsed(mut self, limit: Duration) -> Self {
        self.max_elapsed = Some(limit);
        self
    }

    /// The statuses after which a request is sent again, in place of 408, 429, 500, 502, 503 and 504.
    ///
    /// After any but 429 that is done only where the request is idempotent.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Sets whether requests are retried that are not idempotent and may have been acted on: a message may then be sent, or a
    /// contact created, twice. Defaults to false.
    pub fn retry_non_idempotent(mut self, retry: bool) -> Self {
        self.retry_non_idempotent = retry;
        self
    }

    /// Whether more than one attempt is made at all.
    pub(crate) fn retries(&self) -> bool {
        self.max_attempts > 1
    }

    /// Whether a failure is one of those after which a request is sent again.
    pub(crate) fn covers(&self, error: &Error) -> bool {
        error.is_covered(&self.statuses, self.retry_non_idempotent)
    }

    /// How long to wait before the next attempt, or why there is none.
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
