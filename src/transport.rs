//! How requests are sent.

pub(crate) mod call;
pub(crate) mod download;
pub(crate) mod options;
pub(crate) mod rate_limit;
mod redirect;
pub(crate) mod retry;
pub(crate) mod send;
pub(crate) mod token;
pub(crate) mod trace;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::transport::options::Decoding;
use crate::transport::rate_limit::{Limiter, Limiters};
use crate::transport::retry::budget::Budget;
use crate::transport::retry::policy::RetryPolicy;
use crate::transport::token::Credentials;
use crate::wire::base_url::BaseUrl;
use crate::wire::region::Region;

/// The parts of a client that every call needs; cheap to clone.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) settings: Arc<Settings>,
    pub(crate) token: Credentials,
    pub(crate) limiter: Arc<Limiter>,
    /// The limiters of all tokens of clients that are derived from one another.
    pub(crate) limiters: Arc<Limiters>,
}

impl Core {
    /// Returns it with other credentials, and the limiter that their token has already.
    pub(crate) fn with_token(&self, token: Credentials) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            limiter: self.limiters.for_token(token.fixed()),
            limiters: Arc::clone(&self.limiters),
            token,
        }
    }

    /// Returns it for another region. Requests take their URL and the permission to carry the token from the same
    /// settings, so none goes to the old host with the new ones.
    pub(crate) fn with_region(&self, region: Region) -> Self {
        let settings = Settings {
            base_url: BaseUrl::from(region),
            region: Some(region),
            ..(*self.settings).clone()
        };
        Self {
            settings: Arc::new(settings),
            ..self.clone()
        }
    }
}

/// The settings that the clones of a client share.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) http: reqwest::Client,
    /// Whether the user built it, with unknown settings.
    pub(crate) is_ready_made: bool,
    pub(crate) base_url: BaseUrl,
    pub(crate) region: Option<Region>,
    pub(crate) version: Option<HeaderValue>,
    /// Only for a ready-made HTTP client; others have it built in.
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) response_timeout: Duration,
    pub(crate) read_timeout: Duration,
    /// The limit of a whole call.
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) decoding: Decoding,
    /// How many bytes the body of a response may have if it is read as a whole.
    pub(crate) max_response_size: usize,
}
