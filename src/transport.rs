//! How requests are sent.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::base_url::BaseUrl;
use crate::pacing::Limiter;
use crate::retry::Budget;
use crate::{Region, RetryPolicy, Token};

/// What every call of a client needs; cheap to clone.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) settings: Arc<Settings>,
    pub(crate) token: Token,
    pub(crate) limiter: Arc<Limiter>,
}

impl Core {
    /// The same with other credentials, whose rate limit is their own.
    pub(crate) fn with_token(&self, token: Token) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            token,
            limiter: self.limiter.fresh(),
        }
    }
}

/// What the clones of a client share.
pub(crate) struct Settings {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) region: Option<Region>,
    pub(crate) version: Option<HeaderValue>,
    /// Only for a ready-made HTTP client; others have it built in.
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) response_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
}
