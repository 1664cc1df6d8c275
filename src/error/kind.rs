//! The kinds of failure.

/// The kind of an [`Error`](crate::Error), with what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built with these settings.
    ///
    /// The message names the setting or the environment variable.
    Configuration,
    /// The request could not be built from these arguments. Nothing was sent.
    ///
    /// The message names the parameter or field that is missing or invalid.
    InvalidRequest,
    /// There is no access token. Nothing was sent.
    ///
    /// The [source](std::error::Error::source) is the error of the [`TokenSource`](crate::TokenSource).
    Token,
    /// The [`TokenSource`](crate::TokenSource) did not return in time. Nothing was sent.
    ///
    /// The limit is [`response_timeout`](crate::CallOptions::response_timeout).
    TokenTimeout,
    /// DNS has no address for the server. Nothing was sent.
    ///
    /// Check the base URL, the DNS of this machine, and whether it needs a proxy.
    Dns,
    /// No connection was established. Nothing was sent.
    ///
    /// Check whether the network, a firewall or a proxy blocks the connection.
    Connect,
    /// The TLS handshake failed. Nothing was sent.
    ///
    /// Either the certificate is not trusted, often because a proxy inspects the traffic, or there is no TLS at that port. The
    /// [sources](std::error::Error::source) say which.
    Tls,
    /// No connection was established in time. Nothing was sent.
    ///
    /// Check the same as for [`Connect`](Self::Connect). The limit is
    /// [`IntercomBuilder::connect_timeout`](crate::IntercomBuilder::connect_timeout).
    ConnectTimeout,
    /// The response did not begin in time. The request may have been acted on.
    ///
    /// Check whether it was before you retry a `POST`. The limit is
    /// [`response_timeout`](crate::CallOptions::response_timeout).
    ResponseTimeout,
    /// The response began, but a chunk of its body did not come in time.
    ///
    /// The request was most likely acted on. The limit is [`read_timeout`](crate::CallOptions::read_timeout).
    ReadTimeout,
    /// The whole call took longer than its [timeout](crate::CallOptions::timeout).
    ///
    /// The message says if it was waiting for the rate limit. Otherwise the request may have been acted on.
    CallTimeout,
    /// The server reports that it did not process the request (HTTP/2: `REFUSED_STREAM`, or a `GOAWAY` that came before it).
    /// Nothing was done.
    ///
    /// The server is about to stop, or is overloaded. It is safe to retry, even a `POST`.
    NotProcessed,
    /// The connection broke before the response came, or the response is not HTTP. The request may have been acted on.
    ///
    /// Check whether it was before you retry a `POST`.
    Transport,
    /// The server responded with a redirect that is not followed, or a ready-made HTTP client followed one.
    ///
    /// The API does not redirect calls: check the base URL, the region and proxies. A `POST` may have been acted
    /// on, unless the status is 307 or 308.
    Redirect,
    /// The API rejected the request, with a status of 400 to 499 other than 429.
    ///
    /// [`Error::errors`](crate::Error::errors) says why. A 401 often means a token of another region, and a 404 something that
    /// exists in another version or region.
    Rejected,
    /// The rate limit is exhausted (429). Nothing was done.
    ///
    /// Wait for [`Error::retry_after`](crate::Error::retry_after). If it happens while
    /// [`rate_limiting`](crate::IntercomBuilder::rate_limiting) is on, other programs use up the limit of the same app or
    /// workspace.
    RateLimited,
    /// Too many jobs are pending already (429). Nothing was done, and the next window of the rate limit does not help.
    ///
    /// Wait until a job ends, or cancel one.
    QuotaExceeded,
    /// The server failed, with a status of 500 to 599. The request may have been acted on.
    ///
    /// Intercom's support asks for [`Error::request_id`](crate::Error::request_id).
    Server,
    /// The response is a web page rather than one of the API, whatever its status.
    ///
    /// It most likely comes from a proxy, a firewall or a login page. [`Error::body`](crate::Error::body) has it.
    WebPage,
    /// The response does not have the expected form.
    ///
    /// The message says where in the body; please report it. [`Error::body`](crate::Error::body) has the body.
    Decode,
    /// The response is JSON, but not what was requested: a resource lacks its `id`, or an envelope its list.
    ///
    /// The message names what is missing, and [`Error::body`](crate::Error::body) has the body. It most likely comes from
    /// a proxy or the like. It does not mean that the list is empty.
    UnexpectedResponse,
    /// The response reports success but lacks the body that it should have. The request was acted on.
    EmptyResponse,
    /// The body of the response is longer than [`max_response_size`](crate::IntercomBuilder::max_response_size).
    ///
    /// The part that was read is not kept. The request was most likely acted on.
    TooLarge,
    /// The body of the response is truncated.
    ///
    /// The request was most likely acted on. [`Error::body`](crate::Error::body) has the part that arrived.
    Body,
    /// The app has a scroll open already, and can have only one at a time (400, code `scroll_exists`).
    ///
    /// Read the other one to its end, or wait: a scroll expires when it is not used for a minute.
    ScrollExists,
    /// The scroll has ended or expired, which it does when it is not used for a minute (404). This is neither "not found" nor the
    /// end of the list.
    ///
    /// Start from the beginning: a scroll cannot be resumed.
    ScrollExpired,
    /// The pages of a list lead in a circle, or to a page that cannot be requested.
    ///
    /// Please report it. The items before it are correct.
    Pagination,
    /// The server is a mock server of a test, and none of its mocks matches the request.
    ///
    /// This is not a "not found" of the API: otherwise code that creates what it does not find would pass against an empty server.
    /// `assert` of the mock says how the request differs.
    NoMock,
}
