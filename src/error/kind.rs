//! The coarse kinds of failure.

/// What kind of trouble an [`Error`](crate::Error) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built as asked for.
    Configuration,
    /// The request could not be made from what was given; nothing was sent.
    InvalidRequest,
    /// No access token was to be had; nothing was sent.
    Token,
    /// No connection was established; nothing was sent.
    Connect,
    /// Something took longer than it may.
    Timeout,
    /// The connection broke before the response came; the request may have been acted on.
    Transport,
    /// The server answered with a redirect that is not followed.
    Redirect,
    /// The server answered with a status that reports an error.
    Api,
    /// The response was received and is not of the expected form.
    Decode,
    /// The response broke off before its end.
    Body,
    /// The pages of a list lead in a circle, or nowhere.
    Pagination,
}
