//! Requests built by hand.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::error::Error;
use crate::response::{ByteStream, Response};
use crate::transport::Core;
use crate::transport::call::{Accept, Call};
use crate::transport::download::download;
use crate::transport::options::CallOptions;
use crate::transport::retry::policy::RetryPolicy;
use crate::transport::send::execute;
use crate::wire::endpoint::Endpoint;
use crate::wire::path;

/// A request to any path of the API; see [`Intercom::request`](crate::Intercom::request).
///
/// Mistakes are reported when the request is sent. A path is rejected if it does not begin with
/// `/`, or if it holds an empty segment, a `.` or `..` segment (also percent-encoded), a fragment, a
/// backslash or a control character: it would reach another endpoint than it seems to.
///
/// Whether a request is idempotent is inferred from its method alone: a scroll `GET` is retried, and a search `POST` is not.
/// [`retry`](Self::retry) changes that.
///
/// ```no_run
/// # async fn run(intercom: intercom_client::Intercom) -> Result<(), intercom_client::Error> {
/// use intercom_client::Method;
/// use serde_json::{Value, json};
///
/// let found = intercom
///     .request(Method::POST, "/contacts/search")
///     .api_version("2.14")
///     .json(&json!({ "query": { "field": "role", "operator": "=", "value": "lead" } }))
///     .send()
///     .await?;
/// let found: Value = found.json()?;
/// println!("{}", found["total_count"]);
/// # Ok(()) }
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder {
    core: Core,
    endpoint: Endpoint,
    request: Result<reqwest::RequestBuilder, Error>,
    options: CallOptions,
}

impl RequestBuilder {
    pub(crate) fn new(core: &Core, method: Method, path: &str) -> Self {
        let endpoint = Endpoint::Custom(method.clone());
        let settings = &core.settings;
        let request = match path::problem(path) {
            Some(problem) => Err(Error::invalid(&endpoint, problem)),
            None => Ok(settings.http.request(method, settings.base_url.join(path))),
        };
        Self {
            core: core.clone(),
            endpoint,
            request,
            options: CallOptions::new(),
        }
    }

    /// Adds parameters to the query: a struct, a map, or pairs such as `&[("per_page", "50")]`.
    pub fn query<T: Serialize + ?Sized>(self, query: &T) -> Self {
        self.edit(|request| request.query(query))
    }

    /// Sends `body` as JSON.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.edit(|request| request.json(body))
    }

    /// Sends `body` as it is. Set its `Content-Type` by [`header`](Self::header).
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.edit(|request| request.body(body.into()))
    }

    /// Sends a header; see [`CallOptions::header`].
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.options = self.options.header(name, value);
        self
    }

    /// Sends this version as `Intercom-Version`, for example `2.14`.
    ///
    /// Defaults to the version of the [client](crate::IntercomBuilder::api_version). If that has none
    /// either, no version is sent, and the API uses the default version of the app.
    pub fn api_version(mut self, version: impl AsRef<str>) -> Self {
        self.options = self.options.api_version(version);
        self
    }

    /// Sets how long the whole call may take; see [`CallOptions::timeout`].
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options = self.options.timeout(limit);
        self
    }

    /// Sets how long each attempt may take until its response begins; see [`CallOptions::response_timeout`].
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.options = self.options.response_timeout(limit);
        self
    }

    /// Sets how long to wait for each chunk of the body; see [`CallOptions::read_timeout`].
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.options = self.options.read_timeout(limit);
        self
    }

    /// Sets when the call is retried; see [`CallOptions::retry`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// Applies options, which take precedence over those set before.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = self.options.merged(options);
        self
    }

    /// Sends the request and reads the response into memory.
    ///
    /// # Errors
    /// Every kind but [`ErrorKind::Decode`](crate::ErrorKind::Decode), since the body is not read as JSON. A status other than
    /// 2xx is an error.
    pub async fn send(self) -> Result<Response<Bytes>, Error> {
        let endpoint = self.endpoint.clone();
        let (call, request) = self.into_call(Accept::Json)?;
        let parts = execute(call, request).await?;
        Ok(Response::new(parts.body.clone(), parts, endpoint))
    }

    /// Sends the request and returns the body as a stream.
    ///
    /// Redirects of a `GET` are followed, but the token is not sent to another host.
    ///
    /// # Errors
    /// Those of [`send`](Self::send). Errors of the body come from the stream.
    pub async fn send_stream(self) -> Result<Response<ByteStream>, Error> {
        let (call, request) = self.into_call(Accept::Bytes)?;
        download(call, request).await
    }

    fn edit(
        mut self,
        edit: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Self {
        self.request = self.request.map(edit);
        self
    }

    fn into_call(self, accept: Accept) -> Result<(Call, reqwest::RequestBuilder), Error> {
        let request = self.request?;
        let options = Some(&self.options);
        let call = Call::new(&self.core, self.endpoint, None, options, accept)?;
        Ok((call, request))
    }
}

impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("endpoint", &format_args!("{}", self.endpoint))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
