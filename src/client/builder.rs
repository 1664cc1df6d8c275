//! The settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::client::{Intercom, tls};
use crate::error::Error;
use crate::transport::options::Decoding;
use crate::transport::options::{BAD_VERSION, version_value};
use crate::transport::rate_limit::Limiters;
use crate::transport::retry::budget::Budget;
use crate::transport::retry::policy::RetryPolicy;
use crate::transport::token::Credentials;
use crate::transport::{Core, Settings};
use crate::wire::base_url::BaseUrl;
use crate::wire::region::Region;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const MAX_RESPONSE_SIZE: usize = 64 << 20;
const BAD_USER_AGENT: &str = "the user agent cannot be sent in a header";
const USER_AGENT: &str = concat!(
    "intercom-client/",
    env!("CARGO_PKG_VERSION"),
    " (unofficial; Rust)"
);

/// Builds an [`Intercom`] client; [`Intercom::builder`] starts it.
///
/// ```
/// use std::time::Duration;
/// use intercom_client::{Intercom, Region};
///
/// let intercom = Intercom::builder("access_token")
///     .region(Region::Au)
///     .response_timeout(Duration::from_secs(20))
///     .user_agent("acme-sync/1.2")
///     .build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
#[must_use]
pub struct IntercomBuilder {
    token: Credentials,
    region: Region,
    base_url: Option<String>,
    allow_http: bool,
    version: Option<String>,
    user_agent: Option<String>,
    connect_timeout: Duration,
    response_timeout: Duration,
    read_timeout: Duration,
    timeout: Option<Duration>,
    retry: RetryPolicy,
    rate_limiting: bool,
    decoding: Decoding,
    max_response_size: usize,
    http: Http,
}

/// Where the HTTP client comes from.
enum Http {
    Ready(reqwest::Client),
    /// The caller's builder, or one of ours.
    Build(Option<Box<reqwest::ClientBuilder>>),
}

impl IntercomBuilder {
    pub(crate) fn new(token: Credentials) -> Self {
        Self {
            token,
            region: Region::default(),
            base_url: None,
            allow_http: false,
            version: None,
            user_agent: None,
            connect_timeout: CONNECT_TIMEOUT,
            response_timeout: RESPONSE_TIMEOUT,
            read_timeout: READ_TIMEOUT,
            timeout: None,
            retry: RetryPolicy::new(),
            rate_limiting: true,
            decoding: Decoding::default(),
            max_response_size: MAX_RESPONSE_SIZE,
            http: Http::Build(None),
        }
    }

    /// Sets the region of the workspace. Defaults to [`Region::Us`].
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Sends the requests to this URL in place of a region's: to a proxy, or to a server in tests.
    ///
    /// The URL has to be https, or http on this machine (`127.0.0.0/8`, `::1`, `localhost`). It may have a path, which
    /// comes before the paths of the API, but no user name, query or fragment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets whether the base URL may be http on another machine. Defaults to false.
    ///
    /// Everyone on the network between can then read the token and all data.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Sends this version as `Intercom-Version` with every request, for example `2.13`. Defaults to the version of the types.
    ///
    /// The types stay those of the version that they were generated from, so responses of another version may not fit them.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets the `User-Agent`. Defaults to the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets how long it may take to establish a connection. Defaults to 10 seconds.
    ///
    /// A ready-made [`http_client`](Self::http_client) keeps its own setting.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets how long each attempt may take until the headers of its response arrive, connecting included.
    /// Defaults to 60 seconds.
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.response_timeout = limit;
        self
    }

    /// Sets how long to wait for each further chunk of a response body. Defaults to 30 seconds.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Sets how long a whole call may take: all attempts, the waits between them and for the rate limit, and a streamed body.
    /// Defaults to no limit.
    ///
    /// A retry that would begin later is not waited for: the call fails at once with the error of its last attempt. Downloads are
    /// calls too. Give those that take longer more time by [`CallOptions::timeout`](crate::CallOptions::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets when a call that failed is retried. Defaults to [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets whether calls wait for the next window of the rate limit when the current one is
    /// exhausted. Defaults to true.
    ///
    /// What is left is known from the responses to all calls with the same token. Calls that have
    /// to wait are sent in the order in which they were made. Nothing waits if the server reports no
    /// rate limit.
    pub fn rate_limiting(mut self, wait: bool) -> Self {
        self.rate_limiting = wait;
        self
    }

    /// Sets how to treat a value in a response that cannot be read without guessing. Defaults to [`Decoding::Lenient`].
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.decoding = decoding;
        self
    }

    /// Sets how many bytes the body of a response may have if it is read as a whole. Defaults to 64 MiB.
    ///
    /// A longer body is an error of kind [`TooLarge`](crate::ErrorKind::TooLarge). Downloads are streams and have no limit. Of
    /// the body of an error response, at most 1 MiB is read.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Builds the HTTP client from `builder`, for proxies, certificates, DNS and the like.
    ///
    /// This crate sets its redirects, retries, connect timeout and `User-Agent`. Of this and
    /// [`http_client`](Self::http_client), the one that is set last counts.
    ///
    /// With `rustls-ring` or `rustls-no-provider` and without `rustls`, this builder needs one of two things: a crypto provider
    /// that the application installs before the client is built (`rustls::crypto::ring::default_provider().install_default()`),
    /// or preconfigured TLS (`tls_backend_preconfigured`). Without either, [`build`](Self::build) fails; if panics abort the
    /// program, it aborts.
    ///
    /// [`connection_verbose`](reqwest::ClientBuilder::connection_verbose) logs everything that is sent, including the token. A
    /// proxy from the environment (`HTTP_PROXY`) is also used for a [`base_url`](Self::base_url) on this machine, unless
    /// [`no_proxy`](reqwest::ClientBuilder::no_proxy) is set.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Http::Build(Some(Box::new(builder)));
        self
    }

    /// Uses a ready-made HTTP client, to share its connection pool with other code.
    ///
    /// It must not follow redirects: build it with [`reqwest::redirect::Policy::none`], which is not the default. A response
    /// from another URL than the requested one is reported as an error. But a redirect to the same URL turns a `POST`
    /// into a `GET`, and the response does not show it. A write that did not happen then looks like a success if the response
    /// has the expected form.
    ///
    /// Build it with [`reqwest::retry::never`] too. By default it resends up to twice per attempt what a server did not process
    /// ([`ErrorKind::NotProcessed`](crate::ErrorKind::NotProcessed)), and `attempts()` does not count that.
    ///
    /// It keeps its own TLS, proxies and connect timeout; for proxies see [`http_client_builder`](Self::http_client_builder). It
    /// also keeps its own `User-Agent`, unless [`user_agent`](Self::user_agent) is set.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Ready(client);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the token is empty or cannot be sent in a header, if the
    /// base URL is not allowed, or if the HTTP client cannot be built: a rustls provider is missing, or the URL is https and
    /// there is no TLS.
    pub fn build(self) -> Result<Intercom, Error> {
        if let Some(problem) = self.token.problem() {
            return Err(Error::configuration(problem));
        }
        let url = self.base_url.as_deref();
        let base_url = BaseUrl::parse(url.unwrap_or(self.region.base_url()), self.allow_http)
            .map_err(Error::configuration)?;
        let version = match self.version {
            None => None,
            Some(version) => match version_value(&version) {
                None => return Err(Error::configuration(BAD_VERSION)),
                value => value,
            },
        };
        let user_agent = match self.user_agent.map(HeaderValue::try_from) {
            None => None,
            Some(Ok(user_agent)) => Some(user_agent),
            Some(Err(_)) => return Err(Error::configuration(BAD_USER_AGENT)),
        };

        let is_ready_made = matches!(self.http, Http::Ready(_));
        let (http, user_agent) = match self.http {
            Http::Ready(client) => (client, user_agent),
            Http::Build(builder) => {
                let default = HeaderValue::from_static(USER_AGENT);
                let is_given = builder.is_some();
                let builder = builder
                    .map_or_else(|| default_http(&base_url), |builder| *builder)
                    .redirect(reqwest::redirect::Policy::none())
                    // The retry policy does what it would resend by itself, and counts it.
                    .retry(reqwest::retry::never())
                    .connect_timeout(self.connect_timeout)
                    .user_agent(user_agent.unwrap_or(default));
                (tls::build(builder, is_given, &base_url)?, None)
            }
        };
        let limiters = Limiters::new(self.rate_limiting);
        let limiter = limiters.for_token(self.token.fixed());
        Ok(Intercom(Core {
            settings: Arc::new(Settings {
                http,
                is_ready_made,
                region: url.is_none().then_some(self.region),
                base_url,
                version,
                user_agent,
                response_timeout: self.response_timeout,
                read_timeout: self.read_timeout,
                timeout: self.timeout,
                retry: self.retry,
                budget: Budget::new(),
                decoding: self.decoding,
                max_response_size: self.max_response_size,
            }),
            token: self.token,
            limiter,
            limiters,
        }))
    }
}

fn default_http(base_url: &BaseUrl) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder();
    // A proxy from the environment must not see requests that are meant for this machine only.
    if base_url.is_plain_loopback() {
        builder.no_proxy()
    } else {
        builder
    }
}

impl fmt::Debug for IntercomBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the base URL: it was not checked for a password yet.
        f.debug_struct("IntercomBuilder")
            .field("token", &self.token)
            .field("region", &self.region)
            .field("connect_timeout", &self.connect_timeout)
            .field("response_timeout", &self.response_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("rate_limiting", &self.rate_limiting)
            .field("decoding", &self.decoding)
            .field("max_response_size", &self.max_response_size)
            .finish_non_exhaustive()
    }
}
