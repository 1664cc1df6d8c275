//! How errors come about; what goes into their text is decided here.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use super::{Error, ErrorKind, Inner, api, decode::JsonError, is_identifier};
use crate::Operation;
use crate::field::InvalidField;
use crate::response::Parts;
use crate::target::Target;

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Token,
    Connect,
    Response,
    Chunk,
    Deadline,
}

impl Inner {
    fn new(kind: ErrorKind, target: Option<&Target>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            target: target.cloned(),
            operation: target.and_then(Target::name),
            reason: reason.into(),
            phase: None,
            response: None,
            errors: Vec::new(),
            request_id: None,
            source: None,
        }
    }

    fn response(mut self, response: Option<Parts>) -> Self {
        self.response = response;
        self
    }

    fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }
}

impl From<Inner> for Error {
    fn from(inner: Inner) -> Self {
        Self(Box::new(inner))
    }
}

impl Error {
    /// The client cannot be built; `reason` quotes neither the token nor the URL.
    pub(crate) fn configuration(reason: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::Configuration, None, reason).into()
    }

    /// The client cannot be built because the HTTP client cannot.
    pub(crate) fn http_client(error: reqwest::Error) -> Self {
        Inner::new(
            ErrorKind::Configuration,
            None,
            "the HTTP client cannot be built",
        )
        .source(error.without_url())
        .into()
    }

    /// The call of a generated operation lacks something; nothing was sent.
    pub(crate) fn invalid_request(
        operation: &'static Operation,
        reason: impl Into<String>,
    ) -> Self {
        Self::invalid(&Target::Operation(operation), reason.into())
    }

    /// This version has no operation of this name; nothing was sent.
    #[cfg(feature = "dynamic")]
    pub(crate) fn no_such_operation(id: &str) -> Self {
        Inner::new(
            ErrorKind::InvalidRequest,
            None,
            format!("there is no operation `{id}` in this version, or its resource is not enabled"),
        )
        .into()
    }

    /// A value that was read cannot be written again; the cause would quote it.
    #[cfg(feature = "dynamic")]
    pub(crate) fn unwritable(_: serde_json::Error) -> Self {
        let reason = "the answer cannot be written as JSON";
        Inner::new(ErrorKind::Decode, None, reason).into()
    }

    /// The pages of a list cannot be followed.
    pub(crate) fn pagination(operation: &'static Operation, problem: &'static str) -> Self {
        Inner::new(
            ErrorKind::Pagination,
            Some(&Target::Operation(operation)),
            problem,
        )
        .into()
    }

    /// The request cannot be made as it was asked for; nothing was sent.
    pub(crate) fn invalid(target: &Target, reason: impl Into<Cow<'static, str>>) -> Self {
        Inner::new(ErrorKind::InvalidRequest, Some(target), reason).into()
    }

    /// The HTTP client could not make a request of what was given.
    pub(crate) fn unbuildable(target: &Target, error: reqwest::Error) -> Self {
        let reason = "the query or the body cannot be encoded";
        Inner::new(ErrorKind::InvalidRequest, Some(target), reason)
            .source(error.without_url())
            .into()
    }

    /// There is no token to send.
    pub(crate) fn token(
        target: &Target,
        problem: &'static str,
        cause: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        let reason = format!("no access token: {problem}");
        let inner = Inner::new(ErrorKind::Token, Some(target), reason);
        match cause {
            Some(cause) => inner.source(cause),
            None => inner,
        }
        .into()
    }

    /// Something took longer than `limit`; `response` is there once its headers were.
    pub(crate) fn timeout(
        target: &Target,
        phase: Phase,
        limit: Duration,
        response: Option<Parts>,
    ) -> Self {
        let reason = match phase {
            Phase::Token => format!("timed out: no access token within {limit:?}"),
            Phase::Connect => "timed out: no connection".to_owned(),
            Phase::Response => format!("timed out: no response within {limit:?}"),
            Phase::Chunk => format!("timed out: no more of the body within {limit:?}"),
            Phase::Deadline => format!("timed out: the call took longer than {limit:?}"),
        };
        Inner::new(ErrorKind::Timeout, Some(target), reason)
            .phase(phase)
            .response(response)
            .into()
    }

    /// The HTTP client got no response.
    pub(crate) fn transport(target: &Target, error: reqwest::Error) -> Self {
        let timed_out = error.is_timeout();
        let (kind, phase, reason) = if error.is_connect() {
            match timed_out {
                true => (
                    ErrorKind::Connect,
                    Some(Phase::Connect),
                    "timed out: no connection",
                ),
                false => (ErrorKind::Connect, None, "no connection"),
            }
        } else if timed_out {
            (
                ErrorKind::Timeout,
                Some(Phase::Response),
                "timed out in the HTTP client",
            )
        } else if error.is_redirect() {
            (
                ErrorKind::Redirect,
                None,
                "the HTTP client gave up on a redirect",
            )
        } else if error.is_builder() {
            (
                ErrorKind::InvalidRequest,
                None,
                "the HTTP client refused the request",
            )
        } else {
            (
                ErrorKind::Transport,
                None,
                "the connection broke before a response came",
            )
        };
        let mut inner = Inner::new(kind, Some(target), reason).source(error.without_url());
        inner.phase = phase;
        inner.into()
    }

    /// The body of a response broke off.
    pub(crate) fn broken_body(
        target: &Target,
        error: reqwest::Error,
        response: Option<Parts>,
    ) -> Self {
        let inner = match error.is_timeout() {
            true => Inner::new(
                ErrorKind::Timeout,
                Some(target),
                "timed out in the HTTP client",
            )
            .phase(Phase::Chunk),
            false => Inner::new(ErrorKind::Body, Some(target), "the response broke off"),
        };
        inner.source(error.without_url()).response(response).into()
    }

    /// A redirect that is not followed; only the host of its goal may be in `reason`.
    pub(crate) fn redirect(target: &Target, reason: String, response: Parts) -> Self {
        Inner::new(ErrorKind::Redirect, Some(target), reason)
            .response(Some(response))
            .into()
    }

    /// The status of a response reports an error.
    pub(crate) fn api(target: &Target, response: Parts) -> Self {
        let (errors, request_id) = api::read(&response.body);
        let mut inner = Inner::new(ErrorKind::Api, Some(target), response.status.to_string())
            .response(Some(response));
        inner.errors = errors;
        inner.request_id = request_id;
        inner.into()
    }

    /// A body of success that is not of the expected form.
    pub(crate) fn decode(
        target: &Target,
        expected: &str,
        error: Option<JsonError>,
        response: Parts,
    ) -> Self {
        let status = response.status;
        let reason = match (&error, response.content_type()) {
            _ if response.body.is_empty() && error.is_some() => {
                format!("{status}: {expected} was expected, and the body is empty")
            }
            (Some(error), _) if !response.is_foreign() => format!("{status}: {error}"),
            (_, Some(found)) if presentable_type(found) => {
                format!("{status}: {expected} was expected, not {found}")
            }
            _ => format!("{status}: {expected} was expected"),
        };
        let inner = Inner::new(ErrorKind::Decode, Some(target), reason).response(Some(response));
        match error {
            Some(error) => inner.source(error),
            None => inner,
        }
        .into()
    }
}

fn presentable_type(content_type: &str) -> bool {
    content_type.split_once('/').is_some_and(|(kind, subtype)| {
        is_identifier(kind) && subtype.split(['.', '+']).all(is_identifier)
    })
}

/// So that a body built on its own can be `?`-ed where calls are.
impl From<InvalidField> for Error {
    fn from(error: InvalidField) -> Self {
        Inner::new(
            ErrorKind::InvalidRequest,
            None,
            format!("invalid field {error}"),
        )
        .source(error)
        .into()
    }
}
