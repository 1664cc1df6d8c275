//! One call: its endpoint, and every setting that applies to it.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use tokio::time::Instant;

use crate::error::Error;
use crate::transport::Core;
use crate::transport::options::{BAD_VERSION, CallOptions, VERSION};
use crate::transport::rate_limit::Permit;
use crate::transport::retry::policy::RetryPolicy;
use crate::transport::token::TokenFailure;
use crate::transport::trace::Span;
use crate::wire::endpoint::Endpoint;
use crate::wire::timeout::{Phase, Timeouts};

/// What a call expects to receive.
#[derive(Clone, Copy)]
pub(crate) enum Accept {
    Json,
    /// Exports respond only to requests for exactly this.
    Bytes,
}

impl Accept {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::Bytes => "application/octet-stream",
        })
    }
}

/// A shorter wait for the rate limit is not logged: it is only the time to check.
const LOG_THRESHOLD: Duration = Duration::from_millis(1);

pub(crate) struct Call {
    pub(crate) core: Core,
    pub(crate) endpoint: Endpoint,
    pub(crate) timeouts: Timeouts,
    pub(crate) started: Instant,
    pub(crate) span: Span,
    retry: Option<RetryPolicy>,
    accept: Accept,
    version: Option<HeaderValue>,
    headers: HeaderMap,
}

impl Call {
    /// `version` is that of the types; the options of the call and the client take precedence.
    pub(crate) fn new(
        core: &Core,
        endpoint: Endpoint,
        version: Option<&'static str>,
        options: Option<&CallOptions>,
        accept: Accept,
    ) -> Result<Self, Error> {
        let none = CallOptions::new();
        let options = options.unwrap_or(&none);
        if let Some(problem) = &options.problem {
            return Err(Error::invalid(&endpoint, problem.clone()));
        }
        let settings = &core.settings;
        let set = options.version.as_ref().or(settings.version.as_ref());
        let version = match (set, version) {
            (Some(set), _) => Some(set.clone()),
            (None, Some(version)) => {
                let value = HeaderValue::from_maybe_shared(Bytes::from_static(version.as_bytes()));
                Some(value.map_err(|_| Error::invalid(&endpoint, BAD_VERSION))?)
            }
            (None, None) => None,
        };
        let started = options.since.unwrap_or_else(Instant::now);
        let timeouts = Timeouts::new(
            options
                .response_timeout
                .unwrap_or(settings.response_timeout),
            options.read_timeout.unwrap_or(settings.read_timeout),
            options.timeout.or(settings.timeout),
            started,
        );
        let sent_as = version.as_ref().and_then(|version| version.to_str().ok());
        Ok(Self {
            core: core.clone(),
            started,
            span: Span::new(&endpoint, sent_as, settings),
            retry: options.retry.clone(),
            endpoint,
            timeouts,
            accept,
            version,
            headers: options.headers.clone(),
        })
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        self.retry.as_ref().unwrap_or(&self.core.settings.retry)
    }

    /// Sets all headers but the token, which is set for each attempt.
    pub(crate) fn set_headers(&self, headers: &mut HeaderMap) {
        headers.entry(ACCEPT).or_insert_with(|| self.accept.value());
        if let Some(user_agent) = &self.core.settings.user_agent {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if let Some(version) = &self.version {
            headers.insert(&VERSION, version.clone());
        }
    }

    /// Waits until the rate limit admits one more request.
    pub(crate) async fn permit(&self) -> Result<Permit, Error> {
        let asked = Instant::now();
        let permit = pin!(self.core.limiter.admit(asked));
        let permit = self.timeouts.apply(Phase::RateLimit, permit).await;
        let waited = match &permit {
            Ok(permit) => permit.since(asked),
            Err(_) => asked.elapsed(),
        };
        if waited >= LOG_THRESHOLD {
            self.span.waited(waited);
        }
        permit.map_err(|late| Error::timeout(&self.endpoint, late, None))
    }

    /// Sets the token of one attempt, if the request may carry it.
    pub(crate) async fn authorize(&self, request: &mut reqwest::Request) -> Result<(), Error> {
        if !self.core.settings.base_url.has_origin_of(request.url()) {
            let reason = "the request does not go to the client's base URL";
            return Err(Error::invalid(&self.endpoint, reason));
        }
        let token = match self.core.token.now() {
            Some(token) => token,
            None => {
                let token = self.core.token.authorization();
                match self.timeouts.apply(Phase::Token, token).await {
                    Ok(token) => token,
                    Err(late) => return Err(Error::timeout(&self.endpoint, late, None)),
                }
            }
        };
        match token {
            Ok(token) => {
                request.headers_mut().insert(AUTHORIZATION, token);
                Ok(())
            }
            Err(TokenFailure { problem, cause }) => {
                Err(Error::token(&self.endpoint, problem, cause))
            }
        }
    }
}
