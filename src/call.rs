//! One call: what it is aimed at, and every setting that applies to it.

use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};

use crate::error::Phase;
use crate::limits::Limits;
use crate::options::{BAD_VERSION, CallOptions, VERSION, version_value};
use crate::target::Target;
use crate::{Error, Intercom};

/// What a call expects to receive.
#[derive(Clone, Copy)]
pub(crate) enum Accept {
    Json,
    /// Exports answer only those who ask for exactly this.
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

pub(crate) struct Call {
    pub(crate) intercom: Intercom,
    pub(crate) target: Target,
    pub(crate) limits: Limits,
    accept: Accept,
    version: Option<HeaderValue>,
    headers: HeaderMap,
}

impl Call {
    /// `version` is that of the types; the call's options and the client may say otherwise.
    pub(crate) fn new(
        intercom: &Intercom,
        target: Target,
        version: Option<&str>,
        options: Option<&CallOptions>,
        accept: Accept,
    ) -> Result<Self, Error> {
        if let Some(problem) = options.and_then(|options| options.problem.as_ref()) {
            return Err(Error::invalid(&target, problem.clone()));
        }
        let settings = &intercom.settings;
        let overridden = options.and_then(|options| options.version.as_ref());
        let version = match (overridden.or(settings.version.as_ref()), version) {
            (Some(version), _) => Some(version.clone()),
            (None, Some(version)) => match version_value(version) {
                None => return Err(Error::invalid(&target, BAD_VERSION)),
                value => value,
            },
            (None, None) => None,
        };
        let limits = Limits::new(
            options
                .and_then(|options| options.response_timeout)
                .unwrap_or(settings.response_timeout),
            options
                .and_then(|options| options.read_timeout)
                .unwrap_or(settings.read_timeout),
            options.and_then(|options| options.deadline),
        );
        Ok(Self {
            intercom: intercom.clone(),
            target,
            limits,
            accept,
            version,
            headers: options.map_or_else(HeaderMap::new, |options| options.headers.clone()),
        })
    }

    /// Sets all headers but the token, which belongs to one attempt.
    pub(crate) fn set_headers(&self, headers: &mut HeaderMap) {
        headers.entry(ACCEPT).or_insert_with(|| self.accept.value());
        if let Some(user_agent) = &self.intercom.settings.user_agent {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if let Some(version) = &self.version {
            headers.insert(VERSION, version.clone());
        }
    }

    /// Sets the token of one attempt, if the request goes where the token may go.
    pub(crate) async fn authorize(&self, request: &mut reqwest::Request) -> Result<(), Error> {
        if !self.intercom.settings.base_url.has_origin_of(request.url()) {
            let reason = "the request does not go to the client's base URL";
            return Err(Error::invalid(&self.target, reason));
        }
        let token = self.intercom.token.authorization(&self.target);
        let token = self.limits.within(Phase::Token, token).await;
        let token = token.map_err(|late| late.error(&self.target, None))??;
        request.headers_mut().insert(AUTHORIZATION, token);
        Ok(())
    }
}
