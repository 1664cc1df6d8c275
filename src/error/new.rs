//! Constructors of errors, which decide what goes into their text.

use std::borrow::Cow;
use std::error::Error as StdError;

use bytes::Bytes;

use super::{Error, ErrorKind, Inner, connect};
use crate::json::JsonError;
use crate::operation::Operation;
use crate::wire::endpoint::Endpoint;
use crate::wire::headers;
use crate::wire::timeout::{Elapsed, Phase};
use crate::wire::{CallStats, RawResponse};

impl Inner {
    pub(super) fn new(
        kind: ErrorKind,
        endpoint: Option<&Endpoint>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            endpoint: endpoint.cloned(),
            operation: endpoint.and_then(Endpoint::name),
            reason: reason.into(),
            stats: CallStats::default(),
            maybe_applied: false,
            is_unsent: false,
            not_retried: None,
            response: None,
            retry_after: None,
            errors: Vec::new(),
            request_id: None,
            source: None,
        }
    }

    pub(super) fn response(mut self, response: Option<RawResponse>) -> Self {
        if let Some(parts) = &response {
            self.stats = parts.stats;
            self.retry_after = headers::retry_after(&parts.headers);
            if self.retry_after.is_none() && self.kind == ErrorKind::RateLimited {
                self.retry_after = headers::until_reset(&parts.headers);
            }
        }
        self.response = response;
        self
    }

    pub(super) fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl From<Inner> for Error {
    fn from(inner: Inner) -> Self {
        Self(Box::new(inner))
    }
}

impl Error {
    /// The client cannot be built. `reason` quotes neither the token nor the URL.
    pub(crate) fn configuration(reason: impl Into<Cow<'static, str>>) -> Self {
        let reason = format!("cannot build the client: {}", reason.into());
        Inner::new(ErrorKind::Configuration, None, reason).into()
    }

    /// The client cannot be built because the HTTP client cannot.
    pub(crate) fn http_client(error: reqwest::Error) -> Self {
        Inner::new(
            ErrorKind::Configuration,
            None,
            "cannot build the HTTP client",
        )
        .source(error.without_url())
        .into()
    }

    /// The client cannot be built because TLS cannot be set up.
    #[cfg(feature = "rustls-ring")]
    pub(crate) fn tls(error: rustls::Error) -> Self {
        let reason = "cannot set up TLS of the HTTP client";
        let inner = Inner::new(ErrorKind::Configuration, None, reason);
        inner.source(error).into()
    }

    /// The request of a generated operation is invalid. Nothing was sent.
    pub(crate) fn invalid_request(
        operation: &'static Operation,
        reason: impl Into<String>,
    ) -> Self {
        Self::invalid(&Endpoint::Operation(operation), reason.into())
    }

    /// This version has no operation of this name. Nothing was sent.
    #[cfg(feature = "dynamic")]
    pub(crate) fn no_such_operation(id: &str) -> Self {
        Self::unknown_operation(id, "")
    }

    /// Like [`no_such_operation`](Self::no_such_operation), with a hint at what was meant.
    #[cfg(feature = "dynamic")]
    pub(crate) fn unknown_operation(id: &str, hint: &str) -> Self {
        let reason = format!(
            "there is no operation `{id}` in this version, or its resource is not enabled{hint}"
        );
        Inner::new(ErrorKind::InvalidRequest, None, reason).into()
    }

    /// A field of a response does not have the form of a user's own type.
    #[allow(dead_code, reason = "a build may be without maps")]
    pub(crate) fn unfit(field: &str, error: JsonError) -> Self {
        let reason = format!("`{field}` cannot be read: {error}");
        let inner = Inner::new(ErrorKind::Decode, None, reason);
        inner.source(error).into()
    }

    /// A value that was read cannot be written again. The cause would quote it.
    #[cfg(feature = "dynamic")]
    pub(crate) fn unwritable(_: serde_json::Error) -> Self {
        let reason = "the response cannot be written as JSON";
        Inner::new(ErrorKind::Decode, None, reason).into()
    }

    /// The pages of a list cannot be followed.
    pub(crate) fn pagination(
        operation: &'static Operation,
        problem: &'static str,
        page: RawResponse,
    ) -> Self {
        Inner::new(
            ErrorKind::Pagination,
            Some(&Endpoint::Operation(operation)),
            problem,
        )
        .response(Some(page))
        .into()
    }

    /// The request is invalid. Nothing was sent.
    pub(crate) fn invalid(endpoint: &Endpoint, reason: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::InvalidRequest, Some(endpoint), reason).into()
    }

    /// The HTTP client could not build the request.
    pub(crate) fn unbuildable(endpoint: &Endpoint, error: reqwest::Error) -> Self {
        let reason = "the query or the body cannot be encoded";
        Inner::new(ErrorKind::InvalidRequest, Some(endpoint), reason)
            .source(error.without_url())
            .into()
    }

    /// There is no token to send.
    pub(crate) fn token(
        endpoint: &Endpoint,
        problem: &'static str,
        cause: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        let reason = format!("no access token: {problem}");
        let inner = Inner::new(ErrorKind::Token, Some(endpoint), reason);
        match cause {
            Some(cause) => inner.source(cause),
            None => inner,
        }
        .into()
    }

    /// Something took too long. `response` is there if its headers had arrived.
    pub(crate) fn timeout(
        endpoint: &Endpoint,
        late: Elapsed,
        response: Option<RawResponse>,
    ) -> Self {
        let Elapsed { limit, phase, .. } = late;
        let (kind, reason) = if late.is_deadline {
            let doing = match phase {
                Phase::RateLimit => ", waiting for the rate limit",
                Phase::Token => ", waiting for an access token",
                Phase::Response => ", waiting for a response",
                Phase::Chunk => ", reading the body",
            };
            let reason = format!("the call took longer than {limit:?}{doing}");
            (ErrorKind::CallTimeout, reason)
        } else {
            match phase {
                Phase::Token => (
                    ErrorKind::TokenTimeout,
                    format!("no access token within {limit:?}"),
                ),
                Phase::RateLimit | Phase::Response => (
                    ErrorKind::ResponseTimeout,
                    format!("no response within {limit:?}"),
                ),
                Phase::Chunk => (
                    ErrorKind::ReadTimeout,
                    format!("no more of the body within {limit:?}"),
                ),
            }
        };
        let mut inner =
            Inner::new(kind, Some(endpoint), format!("timed out: {reason}")).response(response);
        inner.is_unsent = matches!(phase, Phase::Token | Phase::RateLimit);
        inner.into()
    }

    /// The HTTP client got no response.
    pub(crate) fn transport(endpoint: &Endpoint, error: reqwest::Error) -> Self {
        let (kind, reason) = if error.is_connect() {
            connect::kind(&error)
        } else if error.is_timeout() {
            (ErrorKind::ResponseTimeout, "timed out in the HTTP client")
        } else if connect::is_not_processed(&error) {
            (
                ErrorKind::NotProcessed,
                "the server did not process the request",
            )
        } else if error.is_redirect() {
            (ErrorKind::Redirect, "the HTTP client gave up on a redirect")
        } else if error.is_builder() {
            (
                ErrorKind::InvalidRequest,
                "the HTTP client refused the request",
            )
        } else {
            (
                ErrorKind::Transport,
                "no response: the connection broke, or what came is no HTTP",
            )
        };
        Inner::new(kind, Some(endpoint), reason)
            .source(error.without_url())
            .into()
    }

    /// The body of a response is truncated.
    pub(crate) fn broken_body(
        endpoint: &Endpoint,
        error: reqwest::Error,
        response: Option<RawResponse>,
    ) -> Self {
        let (kind, reason) = if error.is_timeout() {
            (ErrorKind::ReadTimeout, "timed out in the HTTP client")
        } else {
            (ErrorKind::Body, "the response is truncated")
        };
        Inner::new(kind, Some(endpoint), reason)
            .source(error.without_url())
            .response(response)
            .into()
    }

    /// The body of a response is too long.
    pub(crate) fn too_long(endpoint: &Endpoint, response: RawResponse) -> Self {
        let status = response.status;
        let reason = format!("{status}: the body is longer than the limit of this client");
        let response = RawResponse {
            body: Bytes::new(),
            ..response
        };
        Inner::new(ErrorKind::TooLarge, Some(endpoint), reason)
            .response(Some(response))
            .into()
    }

    /// A redirect that is not followed. Of its target only the host may be in `reason`.
    pub(crate) fn redirect(endpoint: &Endpoint, reason: String, response: RawResponse) -> Self {
        Inner::new(ErrorKind::Redirect, Some(endpoint), reason)
            .response(Some(response))
            .into()
    }
}

pub(super) const WEB_PAGE: &str = "a web page in place of a response of the API";
