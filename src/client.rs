//! The client that everything starts from.

pub(crate) mod builder;
#[allow(dead_code, reason = "a build may be without versions")]
mod decoder;
pub(crate) mod pending;
pub(crate) mod request;
mod tls;
#[allow(dead_code, reason = "a build may be without versions")]
pub(crate) mod versioned;

use std::env::VarError;
use std::fmt;

use http::Method;

use crate::client::builder::IntercomBuilder;
use crate::client::request::RequestBuilder;
use crate::error::Error;
use crate::transport::Core;
use crate::transport::token::{Token, TokenSource};
use crate::wire::headers::RateLimit;
use crate::wire::region::Region;

/// A client of Intercom's REST API.
///
/// It holds a pool of connections and the settings. Clones share both and cost next to nothing, so one client serves a
/// whole program.
///
/// ```
/// use intercom_client::{Intercom, Region};
///
/// let intercom = Intercom::builder("access_token").region(Region::Eu).build()?;
/// assert_eq!(intercom.base_url(), "https://api.eu.intercom.io");
/// # Ok::<(), intercom_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Intercom(pub(crate) Core);

impl Intercom {
    /// Starts to build a client that authenticates with `token`: a text, a [`SharedToken`](crate::SharedToken), a closure, or any
    /// other [`TokenSource`].
    ///
    /// Pass the access token as the Developer Hub shows it, without `Bearer` before it.
    pub fn builder<M>(token: impl TokenSource<M>) -> IntercomBuilder {
        IntercomBuilder::new(token.into_credentials())
    }

    /// Creates a client for a workspace in the United States, with default settings.
    ///
    /// # Errors
    /// Those of [`IntercomBuilder::build`].
    pub fn new<M>(token: impl TokenSource<M>) -> Result<Self, Error> {
        Self::builder(token).build()
    }

    /// Creates a client from the environment: the token from `INTERCOM_ACCESS_TOKEN`, and the region (`us`, `eu` or `au`) from
    /// `INTERCOM_REGION`. Without a region it is the United States.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), which names the variable
    /// that is missing or wrong.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_vars(|name| std::env::var(name))
    }

    fn from_vars(var: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, Error> {
        let wrong = |name, problem: &dyn fmt::Display| {
            Err(Error::configuration(format!("{name}: {problem}")))
        };
        let token = match var(TOKEN_VAR) {
            Ok(token) => Token::from(token.trim()),
            Err(VarError::NotPresent) => return wrong(TOKEN_VAR, &"is not set"),
            // The error of the standard library quotes the value.
            Err(VarError::NotUnicode(_)) => return wrong(TOKEN_VAR, &"is not Unicode"),
        };
        if let Some(problem) = token.problem() {
            return wrong(TOKEN_VAR, &problem);
        }
        let region = match var(REGION_VAR) {
            // Deployment tools set a variable without a value to the empty string.
            Ok(region) if region.trim().is_empty() => Region::default(),
            Ok(region) => match region.trim().parse() {
                Ok(region) => region,
                Err(error) => return wrong(REGION_VAR, &error),
            },
            Err(VarError::NotPresent) => Region::default(),
            Err(VarError::NotUnicode(_)) => return wrong(REGION_VAR, &"is not Unicode"),
        };
        Self::builder(token).region(region).build()
    }

    /// Returns a client with another token. It shares the connections, the settings and the retry budget of this one.
    ///
    /// A token has one rate limiter, which is shared by all clients that are derived from one another, however often this is
    /// called with it. The limiter is dropped with the last of these clients. A token from a provider gets a new limiter with
    /// each call of this method.
    ///
    /// For a workspace in another region, call [`with_region`](Self::with_region) too.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the token is empty or
    /// cannot be sent in a header.
    pub fn with_token<M>(&self, token: impl TokenSource<M>) -> Result<Self, Error> {
        let token = token.into_credentials();
        if let Some(problem) = token.problem() {
            return Err(Error::configuration(problem));
        }
        Ok(Self(self.0.with_token(token)))
    }

    /// Returns a client for another region, in place of the region or base URL of this one. It
    /// shares the connections, settings, token, rate limiter and retry budget.
    ///
    /// Requests and handles that this client has made still go to its own region. The HTTP client is the same one, so
    /// it has TLS only if the features or the caller gave it TLS. If [`build`](IntercomBuilder::build) made it for http on this
    /// machine, it uses no proxy.
    ///
    /// ```
    /// use intercom_client::{Intercom, Region};
    ///
    /// let us = Intercom::new("a_token")?;
    /// let eu = us.with_token("another_token")?.with_region(Region::Eu);
    /// assert_eq!(eu.base_url(), "https://api.eu.intercom.io");
    /// assert_eq!(us.base_url(), "https://api.intercom.io");
    /// # Ok::<(), intercom_client::Error>(())
    /// ```
    #[must_use]
    pub fn with_region(&self, region: Region) -> Self {
        Self(self.0.with_region(region))
    }

    /// Returns the state of the rate limit as the responses to this client and its clones report it, or `None` before the first
    /// such response.
    ///
    /// `remaining` does not count requests in flight as left. After the end of a window it is the whole limit, and `reset` is
    /// unknown.
    ///
    /// ```no_run
    /// # async fn run(intercom: intercom_client::Intercom) -> Result<(), intercom_client::Error> {
    /// if let Some(left) = intercom.rate_limit().and_then(|limit| limit.remaining) {
    ///     println!("{left} requests may be sent before the next window");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.0.limiter.rate_limit()
    }

    /// Returns the region that requests go to, or `None` if a base URL was set.
    pub fn region(&self) -> Option<Region> {
        self.0.settings.region
    }

    /// Returns the URL that the API's paths are appended to, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.0.settings.base_url.as_str()
    }

    /// Builds a request by hand, for what the generated operations do not cover.
    ///
    /// It is sent like theirs, with the same authentication, retries, timeouts and errors. The path begins with `/`, is appended
    /// to the base URL, and may hold a query. Percent-encode the values in it; [`RequestBuilder`] says which paths are rejected.
    ///
    /// ```no_run
    /// # async fn run(intercom: intercom_client::Intercom) -> Result<(), intercom_client::Error> {
    /// use intercom_client::Method;
    ///
    /// let me = intercom.request(Method::GET, "/me").api_version("2.14").send().await?;
    /// println!("{}", me.status());
    /// # Ok(()) }
    /// ```
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> RequestBuilder {
        RequestBuilder::new(&self.0, method, path.as_ref())
    }
}

const TOKEN_VAR: &str = "INTERCOM_ACCESS_TOKEN";
const REGION_VAR: &str = "INTERCOM_REGION";

impl fmt::Debug for Intercom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intercom")
            .field("base_url", &self.base_url())
            .field("token", &self.0.token)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(vars: &[(&str, &str)]) -> Result<Intercom, Error> {
        Intercom::from_vars(|name| {
            let var = vars.iter().find(|(key, _)| *key == name);
            var.map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn the_environment_gives_token_and_region() {
        let default = from(&[(TOKEN_VAR, "t")]).unwrap();
        assert_eq!(default.region(), Some(Region::Us));
        let europe = from(&[(TOKEN_VAR, "t"), (REGION_VAR, "EU")]).unwrap();
        assert_eq!(europe.base_url(), "https://api.eu.intercom.io");
        let unset = from(&[(TOKEN_VAR, "t"), (REGION_VAR, "")]).unwrap();
        assert_eq!(unset.region(), Some(Region::Us));
    }

    #[test]
    fn a_wrong_variable_is_named_and_the_token_is_not_quoted() {
        for (vars, name) in [
            (&[][..], TOKEN_VAR),
            (&[(TOKEN_VAR, " ")], TOKEN_VAR),
            (&[(TOKEN_VAR, "hunter\n2")], TOKEN_VAR),
            (&[(TOKEN_VAR, "hunter2"), (REGION_VAR, "mars")], REGION_VAR),
        ] {
            let error = from(vars).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(name), "{text}");
            assert!(!text.contains("hunter"), "{text}");
        }
    }
}
