//! How a client is set up.

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
const USER_AGENT: &str = concat!(
    "intercom-client/",
    env!("CARGO_PKG_VERSION"),
    " (unofficial; Rust)"
);

/// Sets up an [`Intercom`] client; see [`Intercom::builder`].
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
    /// From the caller's builder or from one of ours.
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

    /// The region of the workspace; [`Region::Us`] unless it is set.
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Sends the requests here rather than to a region: to a proxy, or to a server for tests.
    ///
    /// The URL is https, or http on this machine (`127.0.0.0/8`, `::1`, `localhost`). It may hold
    /// a path, which is kept before the API's own, and no user name, query or fragment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets whether the base URL may be http on another machine. Defaults to false.
    ///
    /// The token and all data then cross the network for everyone on it to read.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Sends this version as `Intercom-Version` on every request, for example `2.13`.
    ///
    /// The header may then not match the types: those stay what they were generated from.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The `User-Agent`; by default this crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets how long a connection may take to establish. Defaults to 10 seconds.
    ///
    /// Not applied to a ready-made [`http_client`](Self::http_client).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets how long each attempt may wait for the headers of its response, connecting included.
    /// Defaults to 60 seconds.
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.response_timeout = limit;
        self
    }

    /// Sets how long to wait for each further part of a response's body. Defaults to 30 seconds.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Sets how long a whole call may take, with everything that belongs to it: all attempts, the
    /// waits between them and for the rate limit, a streamed body. Defaults to no limit.
    ///
    /// It is for calls that need about as long as each other: a download that takes longer is cut
    /// off too, unless [`CallOptions::timeout`](crate::CallOptions::timeout) gives it more.
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
    /// What is left is known from the responses to all calls with the same token. Those that have
    /// to wait are let through in the order in which they were made. Where the server tells of no
    /// rate limit, nothing waits.
    pub fn rate_limiting(mut self, wait: bool) -> Self {
        self.rate_limiting = wait;
        self
    }

    /// Sets what becomes of a value in a response that cannot be read without guessing. Defaults to [`Decoding::Lenient`].
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.decoding = decoding;
        self
    }

    /// Sets how many bytes the body of a response may have that is read as a whole. Defaults to 64 MiB.
    ///
    /// A longer one is [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge). Downloads are streams and have no limit; of an error's
    /// body, 1 MiB is read at most.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Builds the HTTP client from `builder`: proxies, certificates, DNS and the like.
    ///
    /// Redirects, retries, the connect timeout and the `User-Agent` are set on it by this crate. It
    /// replaces an [`http_client`](Self::http_client) that was set before, and is replaced by one.
    ///
    /// With `rustls-ring` or `rustls-no-provider` and without `rustls`, this builder needs a provider that the application
    /// installs before the client is built (`rustls::crypto::ring::default_provider().install_default()`), or preconfigured
    /// TLS (`tls_backend_preconfigured`). If it has neither, [`build`](Self::build) fails, and where panics abort the
    /// program, that ends.
    ///
    /// [`connection_verbose`](reqwest::ClientBuilder::connection_verbose) logs whatever is sent, and
    /// the token with it. A proxy of the environment (`HTTP_PROXY`) is used for a
    /// [`base_url`](Self::base_url) on this machine too; [`no_proxy`](reqwest::ClientBuilder::no_proxy)
    /// keeps it from that.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Http::Build(Some(Box::new(builder)));
        self
    }

    /// Uses a ready-made HTTP client, to share one pool with others.
    ///
    /// It has to follow no redirects: build it with [`reqwest::redirect::Policy::none`], which is not the default. A response
    /// that comes from another URL than the one that was asked for is an error. But a redirect to the same URL turns a `POST`
    /// into a `GET`, and nothing in the response tells: what was not written then looks like a success wherever the
    /// response has the form of what was asked for.
    ///
    /// What it sends again by itself is not counted: unless it is built with [`reqwest::retry::never`], that is what a server
    /// says it did not process ([`ErrorKind::NotProcessed`](crate::ErrorKind::NotProcessed)), twice at most for each attempt.
    ///
    /// Its own TLS, proxies and connect timeout apply. For proxies see [`http_client_builder`](Self::http_client_builder). Its
    /// own `User-Agent` is sent unless [`user_agent`](Self::user_agent) is set.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Ready(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the token is empty or
    /// cannot be sent in a header, the base URL breaks a rule, or the HTTP client cannot be built:
    /// without a rustls provider where one is needed, or for an https URL without TLS.
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
        let user_agent = self.user_agent.map(HeaderValue::try_from).transpose();
        let user_agent = user_agent
            .map_err(|_| Error::configuration("the user agent cannot be sent in a header"))?;

        let is_ready_made = matches!(self.http, Http::Ready(_));
        let (http, user_agent) = match self.http {
            Http::Ready(client) => (client, user_agent),
            Http::Build(builder) => {
                let default = HeaderValue::from_static(USER_AGENT);
                let is_given = builder.is_some();
                let builder = builder
                    .map_or_else(|| default_http(&base_url), |builder| *builder)
                    .redirect(reqwest::redirect::Policy::none())
                    // What it would send again by itself is left to the policy, which counts it.
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
    // A proxy from the environment must not see what is meant for this machine only.
    if base_url.is_plain_loopback() {
        builder.no_proxy()
    } else {
        builder
    }
}

impl fmt::Debug for IntercomBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the base URL, which was not checked for a password yet.
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
