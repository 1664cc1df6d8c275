//! What a call returns: the value, and what came with it.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use crate::error::{self, Error, JsonError};
use crate::rate_limit::RateLimit;
use crate::target::Target;

/// A value of the API, with the status, the headers and the body that it came in.
///
/// It dereferences to the value; [`into_inner`](Self::into_inner) takes it out. Its `Debug` shows
/// the status and the value, and no headers.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    parts: Box<Parts>,
    target: Target,
}

/// A response whose body has been read.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) effort: Effort,
}

/// What it took to get an answer, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effort {
    /// How many attempts were made.
    pub(crate) attempts: u32,
    /// The time since the call was made.
    pub(crate) elapsed: Duration,
}

impl Parts {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// The media type without its parameters.
    pub(crate) fn content_type(&self) -> Option<&str> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(value.split(';').next().unwrap_or(value).trim())
    }

    /// Whether the server says that the body is something other than JSON.
    pub(crate) fn is_foreign(&self) -> bool {
        self.content_type()
            .is_some_and(|found| !found.to_ascii_lowercase().ends_with("json"))
    }

    /// Whether the body is a web page, which the API never means to send.
    pub(crate) fn is_web_page(&self) -> bool {
        match self.content_type() {
            Some(found) => {
                let found = found.to_ascii_lowercase();
                found == "text/html" || found == "application/xhtml+xml"
            }
            None => self.body.trim_ascii_start().starts_with(b"<"),
        }
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, parts: Parts, target: Target) -> Self {
        Self {
            value,
            parts: Box::new(parts),
            target,
        }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status of the response, always one of success.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Intercom's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.parts.request_id()
    }

    /// The state of the rate limit, where the response tells it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.parts.headers)
    }

    /// How often the request was sent until this answer came: 1, and one more for every retry.
    pub fn attempts(&self) -> u32 {
        self.parts.effort.attempts
    }

    /// How long the call took, with all its attempts and the waiting between them.
    pub fn elapsed(&self) -> Duration {
        self.parts.effort.elapsed
    }

    /// What came with the value.
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The body as it was received, fields that the types do not know included.
    ///
    /// Empty where the value is a [`ByteStream`](crate::ByteStream).
    pub fn body(&self) -> &Bytes {
        &self.parts.body
    }

    /// Replaces the value and keeps what came with it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: f(self.value),
            parts: self.parts,
            target: self.target,
        }
    }
}

#[cfg(feature = "dynamic")]
impl<T> Response<T> {
    /// The response with another value, and the value that it had.
    pub(crate) fn replace<U>(self, value: U) -> (Response<U>, T) {
        let response = Response {
            value,
            parts: self.parts,
            target: self.target,
        };
        (response, self.value)
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.parts.body = body;
        self
    }
}

impl Response<Bytes> {
    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is not JSON, or not of the form of `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        error::from_json(&self.parts.body)
            .map_err(|error| not_json(error, &self.parts, &self.target))
    }
}

/// Reads the answer of an operation, which has to be JSON.
pub(crate) fn decode<T: DeserializeOwned>(parts: &Parts, target: &Target) -> Result<T, Error> {
    error::answer(&parts.body).map_err(|error| not_json(error, parts, target))
}

fn not_json(error: JsonError, parts: &Parts, target: &Target) -> Error {
    Error::decode(target, "JSON", Some(error), parts.clone())
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// As the value alone; what its type does not know is in [`body`](Response::body) only.
impl<T: Serialize> Serialize for Response<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T> AsRef<T> for Response<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.parts.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
