//! The predicates of errors.

use http::StatusCode;

use super::{Error, ErrorKind};
use crate::wire::endpoint::Endpoint;

/// The statuses after which a request is retried, unless a policy has others.
pub(crate) const RETRYABLE: &[StatusCode] = &[
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Why a request is not retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRetried {
    /// It would do harm or not help, or was retried often enough.
    Final,
    /// The server asks for a longer wait than the policy allows.
    TooLong,
    /// The time for further attempts is over, or would be.
    TooLate,
    /// Too many calls have failed lately.
    NoBudget,
}

/// What a kind of error means for the request that failed.
struct Class {
    applied: Applied,
    retry: RetryRule,
}

/// Whether the server may have acted on the request.
enum Applied {
    No,
    Maybe,
    /// It depends on the status.
    ByStatus,
    /// It depends on the status of the redirect.
    ByRedirect,
    /// Yes, unless the request was not sent.
    IfSent,
}

/// Whether the request may be retried.
enum RetryRule {
    /// It would fail again, or the call is over.
    Never,
    /// The server did nothing, whatever the request is.
    Always,
    /// The server may have acted.
    IfIdempotent,
    /// The server may have acted, and if the status is one of success, a retry would get the same.
    IfIdempotentAndFailed,
}

/// The one table of what follows from the kind of an error.
const fn class(kind: ErrorKind) -> Class {
    use ErrorKind::*;

    let (applied, retry) = match kind {
        Configuration | InvalidRequest | Token | TokenTimeout => (Applied::No, RetryRule::Never),
        Dns | Connect | Tls | ConnectTimeout | NotProcessed | RateLimited => {
            (Applied::No, RetryRule::Always)
        }
        Redirect => (Applied::ByRedirect, RetryRule::Never),
        QuotaExceeded | ScrollExists | ScrollExpired | NoMock => (Applied::No, RetryRule::Never),
        ResponseTimeout | ReadTimeout | Transport | Body | Server => {
            (Applied::Maybe, RetryRule::IfIdempotent)
        }
        Decode | UnexpectedResponse | EmptyResponse | TooLarge | Pagination => {
            (Applied::Maybe, RetryRule::Never)
        }
        // A list of errors and a web page may come with a status of success.
        Rejected | WebPage => (Applied::ByStatus, RetryRule::IfIdempotentAndFailed),
        CallTimeout => (Applied::IfSent, RetryRule::Never),
    };
    Class { applied, retry }
}

impl Error {
    /// Returns whether the API returned 404: it does not exist, or this token cannot see it.
    pub fn is_not_found(&self) -> bool {
        self.has_api_status(StatusCode::NOT_FOUND)
    }

    /// Returns whether the API returned 410: it existed, but does not any more, like a contact that was merged into another. A
    /// `Link` header says where it went.
    pub fn is_gone(&self) -> bool {
        self.has_api_status(StatusCode::GONE)
    }

    /// Returns whether the API returned 400 or 422: the request is invalid. [`message`](Self::message) says why.
    pub fn is_validation(&self) -> bool {
        self.has_api_status(StatusCode::BAD_REQUEST)
            || self.has_api_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Returns whether the API returned 401: the token is wrong, revoked, or of another region.
    pub fn is_unauthorized(&self) -> bool {
        self.has_api_status(StatusCode::UNAUTHORIZED)
    }

    /// Returns whether the API returned 403: the token lacks a permission, or the plan lacks a feature.
    pub fn is_forbidden(&self) -> bool {
        self.has_api_status(StatusCode::FORBIDDEN)
    }

    /// Returns whether the API returned 409: it exists already, or was changed meanwhile.
    pub fn is_conflict(&self) -> bool {
        self.has_api_status(StatusCode::CONFLICT)
    }

    /// Returns whether the rate limit is exhausted; [`retry_after`](Self::retry_after) is how long to wait, if the server says so.
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited
    }

    /// Returns whether too many jobs are pending already. Waiting for the rate limit does not change that.
    pub fn is_quota_exceeded(&self) -> bool {
        self.kind() == ErrorKind::QuotaExceeded
    }

    /// Returns whether the status is 500 to 599, from Intercom or from a proxy.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Returns whether something took too long: a token, a connection, a response, a chunk of a body or the whole call.
    pub fn is_timeout(&self) -> bool {
        use ErrorKind::{CallTimeout, ConnectTimeout, ReadTimeout, ResponseTimeout, TokenTimeout};

        matches!(
            self.kind(),
            TokenTimeout | ConnectTimeout | ResponseTimeout | ReadTimeout | CallTimeout
        )
    }

    /// Returns whether no connection was established, so that the server never saw the request.
    pub fn is_connect(&self) -> bool {
        use ErrorKind::{Connect, ConnectTimeout, Dns, Tls};

        matches!(self.kind(), Connect | ConnectTimeout | Dns | Tls)
    }

    /// Returns whether the response does not have the expected form.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns whether it is safe to retry the call, and may help.
    ///
    /// Those are the failures after which a client retries by itself ([`RetryPolicy`](crate::RetryPolicy)). A call that ends in
    /// such an error was attempted as often as its policy, its timeout and the retry budget allowed.
    pub fn is_retryable(&self) -> bool {
        let is_harmless = !self.0.maybe_applied || self.is_idempotent();
        is_harmless && self.is_covered(RETRYABLE, false)
    }

    /// Returns whether the request may have been applied although the call failed.
    ///
    /// If so, check whether it was before you retry a `POST`. It is not known if the connection broke, if the response was late or
    /// could not be read, or if the server failed halfway. If this is false, nothing was done.
    ///
    /// ```
    /// use intercom_client::Error;
    ///
    /// fn advice(error: &Error) -> &'static str {
    ///     match error.may_have_acted() {
    ///         true => "look whether the message is there",
    ///         false => "no message was sent",
    ///     }
    /// }
    /// ```
    pub fn may_have_acted(&self) -> bool {
        let by_status =
            |status: StatusCode| !status.is_client_error() || status == StatusCode::REQUEST_TIMEOUT;
        let by_this_attempt = match class(self.kind()).applied {
            Applied::No => false,
            Applied::Maybe => true,
            Applied::ByStatus => self.status().is_some_and(by_status),
            Applied::ByRedirect => self.may_have_acted_and_redirected(),
            Applied::IfSent => !self.0.is_unsent,
        };
        by_this_attempt || self.0.maybe_applied
    }

    /// Whether the server may have acted before it redirected. Most redirects lead to the outcome; only 307 and 308 lead to where
    /// to send the same request. A read has no outcome.
    fn may_have_acted_and_redirected(&self) -> bool {
        let is_elsewhere = |status| {
            matches!(
                status,
                StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
            )
        };
        let is_read = matches!(self.method(), Some("GET" | "HEAD"));
        !is_read && !self.status().is_some_and(is_elsewhere)
    }

    /// Whether this is a failure after which a request is retried, given these statuses.
    pub(crate) fn is_covered(&self, statuses: &[StatusCode], retry_non_idempotent: bool) -> bool {
        let is_harmless = || retry_non_idempotent || self.is_idempotent();
        let failed_status = self.status().filter(|status| !status.is_success());
        let by_kind = match class(self.kind()).retry {
            RetryRule::Never => false,
            RetryRule::Always => true,
            RetryRule::IfIdempotent => is_harmless(),
            RetryRule::IfIdempotentAndFailed => failed_status.is_some() && is_harmless(),
        };
        by_kind && failed_status.is_none_or(|status| statuses.contains(&status))
    }

    /// Whether sending the request twice does no more than sending it once.
    fn is_idempotent(&self) -> bool {
        self.0.endpoint.as_ref().is_some_and(Endpoint::idempotent)
    }

    /// Whether the API itself returned this status. From a proxy it means something else.
    fn has_api_status(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Rejected && self.status() == Some(status)
    }
}
