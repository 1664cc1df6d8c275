//! What can be asked of an error.

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
    /// It would do harm or no good, or has been sent often enough.
    Final,
    /// The server asks for a longer wait than the policy has.
    TooLong,
    /// The time for further attempts is over, or would be.
    TooLate,
    /// Too many calls have failed of late.
    NoBudget,
}

/// What a kind of error says of the request that failed.
struct Class {
    applied: Applied,
    retry: RetryRule,
}

/// Whether the server may have acted on the request.
enum Applied {
    No,
    Maybe,
    /// As the status tells.
    ByStatus,
    /// As the status tells of a redirect.
    ByRedirect,
    /// Unless the request was not sent.
    IfSent,
}

/// Whether the request may be retried.
enum RetryRule {
    /// It would fail again, or nobody asked for it.
    Never,
    /// The server did nothing, whatever the request.
    Always,
    /// The server may have acted.
    IfIdempotent,
    /// The same, unless the status is one of success: the retry would get the same.
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
        Rejected => (Applied::ByStatus, RetryRule::IfIdempotent),
        WebPage => (Applied::ByStatus, RetryRule::IfIdempotentAndFailed),
        CallTimeout => (Applied::IfSent, RetryRule::Never),
    };
    Class { applied, retry }
}

impl Error {
    /// The API answers 404: no such thing, or not visible to this token.
    pub fn is_not_found(&self) -> bool {
        self.is_answer_of(StatusCode::NOT_FOUND)
    }

    /// The API returns 410: it was there and is not any more, as a contact that was merged into another; a `Link` header says where
    /// it went.
    pub fn is_gone(&self) -> bool {
        self.is_answer_of(StatusCode::GONE)
    }

    /// The API returns 400 or 422: something in the request is not as it should be. [`message`](Self::message) says what.
    pub fn is_validation(&self) -> bool {
        self.is_answer_of(StatusCode::BAD_REQUEST)
            || self.is_answer_of(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The API answers 401: the token is wrong, revoked, or of another region.
    pub fn is_unauthorized(&self) -> bool {
        self.is_answer_of(StatusCode::UNAUTHORIZED)
    }

    /// The API answers 403: the token lacks a permission, or the plan a feature.
    pub fn is_forbidden(&self) -> bool {
        self.is_answer_of(StatusCode::FORBIDDEN)
    }

    /// The API answers 409: it exists already, or was changed meanwhile.
    pub fn is_conflict(&self) -> bool {
        self.is_answer_of(StatusCode::CONFLICT)
    }

    /// The rate limit is spent; [`retry_after`](Self::retry_after) says for how long, where it is known.
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited
    }

    /// As many jobs as may be at a time are pending already, which waiting for the rate limit does not change.
    pub fn is_quota_exceeded(&self) -> bool {
        self.kind() == ErrorKind::QuotaExceeded
    }

    /// The status is 500 to 599, from Intercom or from a proxy in between.
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Something took longer than it may: a token, a connection, a response, a part of a body or the call.
    pub fn is_timeout(&self) -> bool {
        use ErrorKind::{CallTimeout, ConnectTimeout, ReadTimeout, ResponseTimeout, TokenTimeout};

        matches!(
            self.kind(),
            TokenTimeout | ConnectTimeout | ResponseTimeout | ReadTimeout | CallTimeout
        )
    }

    /// No connection was established, so that the server saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        use ErrorKind::{Connect, ConnectTimeout, Dns, Tls};

        matches!(self.kind(), Connect | ConnectTimeout | Dns | Tls)
    }

    /// The response was received and is not of the expected form.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether the same call may succeed when it is retried, and does no harm if the server acted on it the first time.
    ///
    /// Those are the failures after which a client retries a call by itself ([`RetryPolicy`](crate::RetryPolicy)): a call
    /// that ends in such an error was made as often as its policy, its timeout and the budget of the client allowed.
    pub fn is_retryable(&self) -> bool {
        let is_harmless = !self.0.maybe_applied || self.is_idempotent();
        is_harmless && self.is_covered(RETRYABLE, false)
    }

    /// Whether the server may have done what the request asks although the call failed.
    ///
    /// Look whether it has before a `POST` is sent again: this is not known where the connection broke, an answer did not
    /// come in time or cannot be read, or the server failed in the middle. Where it is false nothing was done.
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

    /// Whether the server may have done what is asked before it redirected: most redirects lead to where the outcome is, and
    /// only 307 and 308 to where the same request is to be sent. A read has no outcome.
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

    /// Whether it is one of the failures after which a request is sent again, with these statuses among them.
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

    /// Whether sending its request twice does no more than sending it once.
    fn is_idempotent(&self) -> bool {
        self.0.endpoint.as_ref().is_some_and(Endpoint::idempotent)
    }

    /// Whether the API itself gave an answer of this status; a proxy means something else by it.
    fn is_answer_of(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Rejected && self.status() == Some(status)
    }
}
