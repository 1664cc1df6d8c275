//! The kinds of failure.

/// What kind of trouble an [`Error`](crate::Error) is, with what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built as asked for.
    ///
    /// The message names the setting that is wrong, or the environment variable.
    Configuration,
    /// The request could not be made from what was given; nothing was sent.
    ///
    /// The message names the parameter or field that is missing or not legal.
    InvalidRequest,
    /// No access token was to be had; nothing was sent.
    ///
    /// The [source](std::error::Error::source) is what the [`TokenSource`](crate::TokenSource) failed with.
    Token,
    /// The [`TokenSource`](crate::TokenSource) did not return in time; nothing was sent.
    ///
    /// The limit is [`response_timeout`](crate::CallOptions::response_timeout).
    TokenTimeout,
    /// The name of the server has no address; nothing was sent.
    ///
    /// Check the base URL, the machine's DNS and whether a proxy has to be used.
    Dns,
    /// No connection was established; nothing was sent.
    ///
    /// Check whether the network, a firewall or a proxy lets the machine reach the server.
    Connect,
    /// The server was reached, and no secure connection came of it; nothing was sent.
    ///
    /// A certificate that is not trusted, often that of a proxy which reads along, or no TLS at that port: the
    /// [sources](std::error::Error::source) say which.
    Tls,
    /// No connection was established in time; nothing was sent.
    ///
    /// As for [`Connect`](Self::Connect); the limit is [`IntercomBuilder::connect_timeout`](crate::IntercomBuilder::connect_timeout).
    ConnectTimeout,
    /// The response did not begin in time; the request may have been acted on.
    ///
    /// Look whether it was before a `POST` is sent again. The limit is
    /// [`response_timeout`](crate::CallOptions::response_timeout).
    ResponseTimeout,
    /// The response began, and a part of its body did not come in time.
    ///
    /// The request was most likely acted on. The limit is [`read_timeout`](crate::CallOptions::read_timeout).
    ReadTimeout,
    /// The whole call took longer than its [timeout](crate::CallOptions::timeout).
    ///
    /// The message says if that was spent waiting for the rate limit; otherwise the request may have been acted on.
    CallTimeout,
    /// The server says that it did not process the request (HTTP/2: `REFUSED_STREAM`, or a `GOAWAY` that came before it); nothing
    /// was done.
    ///
    /// It is about to stop, or has too much to do. The same request may be sent again, a `POST` too.
    NotProcessed,
    /// The connection broke before the response came, or what came is no HTTP; the request may have been acted on.
    ///
    /// Look whether it was before a `POST` is sent again.
    Transport,
    /// The server answered with a redirect that is not followed, or that a ready-made HTTP client followed.
    ///
    /// The API does not redirect calls: check the base URL and the region, or what is in between. A `POST` may have been acted
    /// on all the same, unless the status is 307 or 308.
    Redirect,
    /// The API rejected the request, with a status of 400 to 499 other than 429.
    ///
    /// [`Error::errors`](crate::Error::errors) says why. A 401 is often a token of another region, a 404 something that
    /// another version or region has.
    Rejected,
    /// The rate limit is spent (429). Nothing was done.
    ///
    /// Wait for [`Error::retry_after`](crate::Error::retry_after). If it happens with
    /// [`rate_limiting`](crate::IntercomBuilder::rate_limiting) on, other programs use the same app's or workspace's limit.
    RateLimited,
    /// As many jobs as may be at a time are pending already (429). Nothing was done, and the next window does not help.
    ///
    /// Wait for one of the jobs to end, or cancel it.
    QuotaExceeded,
    /// The server failed, with a status of 500 to 599; the request may have been acted on.
    ///
    /// Intercom's support asks for [`Error::request_id`](crate::Error::request_id).
    Server,
    /// A web page came in place of the API's answer, whatever its status.
    ///
    /// It is most likely from a proxy, a firewall or a login page in between; [`Error::body`](crate::Error::body) has it.
    WebPage,
    /// The response was received and is not of the expected form.
    ///
    /// The message says where in the body; please report it. [`Error::body`](crate::Error::body) has the answer.
    Decode,
    /// The response is JSON, and not what was asked for: a resource without its `id`, or no list where there should be one.
    ///
    /// The message names what is missing; [`Error::body`](crate::Error::body) has the response. It is most likely from
    /// something in between, and it is no empty list.
    UnexpectedResponse,
    /// The response is one of success and has no body, where there should be one. The request was acted on.
    EmptyResponse,
    /// The body of the response is longer than [`max_response_size`](crate::IntercomBuilder::max_response_size).
    ///
    /// What was read of it is not kept. The request was most likely acted on.
    TooLarge,
    /// The response broke off before its end.
    ///
    /// The request was most likely acted on; [`Error::body`](crate::Error::body) has what came.
    Body,
    /// The app has a scroll open already, of which it can have one at a time (400, code `scroll_exists`).
    ///
    /// Read the other to its end, or wait: a scroll that is not used for a minute expires.
    ScrollExists,
    /// The scroll is over, or was not used for a minute (404). It is no "not found", and no end of the list.
    ///
    /// Start from the beginning: a scroll cannot be taken up again.
    ScrollExpired,
    /// The pages of a list lead in a circle, or nowhere.
    ///
    /// Please report it; the items before it are as they should be.
    Pagination,
    /// The server is one of a test, and none of its mocks matches the request.
    ///
    /// It is no "not found" of the API: code that creates what it does not find would pass against an empty server. The mock's
    /// `assert` says how the request differs.
    NoMock,
}
