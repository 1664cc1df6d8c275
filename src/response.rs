//! What a call returns: the value, and what came with it.

mod expected;
mod future;
mod stream;

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

pub(crate) use self::expected::{Expected, decode};
pub use self::future::CallFuture;
pub use self::stream::ByteStream;
use crate::error::Error;
use crate::json::{self, JsonError, Unread};
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;
use crate::wire::headers::RateLimit;

/// A value of the API, with the status, the headers and the body that it came in.
///
/// It dereferences to the value, which [`into_inner`](Self::into_inner) takes out, to be changed too. Its `Debug` shows
/// the status and the value, and no headers.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    parts: Box<RawResponse>,
    endpoint: Endpoint,
    left_out: LeftOut,
}

/// What was left out of a value: where it stood, and what it was.
#[derive(Clone, Default)]
pub(crate) struct LeftOut {
    paths: Vec<String>,
    values: Vec<Value>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, parts: RawResponse, endpoint: Endpoint) -> Self {
        Self {
            value,
            parts: Box::new(parts),
            endpoint,
            left_out: LeftOut::default(),
        }
    }

    /// The response with what was left out of its value.
    pub(crate) fn with_left_out(mut self, unread: Vec<Unread>) -> Self {
        for Unread { path, json, .. } in unread {
            self.left_out.paths.push(path);
            self.left_out.values.push(json);
        }
        self
    }

    /// Returns the paths of what could not be read without guessing, and is left out of the value: `data[3].tags`.
    ///
    /// Empty in most cases. What was left out is in the `unknown_fields` of what it belongs to, and in the
    /// [`raw_body`](Self::raw_body). A client with [`Decoding::Strict`](crate::Decoding::Strict) fails where this would not be
    /// empty.
    pub fn unread(&self) -> &[String] {
        &self.left_out.paths
    }

    /// What was left out, with where it stood.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (&str, &Value)> {
        let paths = self.left_out.paths.iter().map(String::as_str);
        paths.zip(&self.left_out.values)
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
        self.parts.stats.attempts
    }

    /// How long the call took, with all its attempts and the waiting between them.
    pub fn elapsed(&self) -> Duration {
        self.parts.stats.elapsed
    }

    /// What came with the value.
    pub(crate) fn parts(&self) -> &RawResponse {
        &self.parts
    }

    /// Returns the body as it was received, fields that the types do not know included.
    ///
    /// Empty where the value is a [`ByteStream`](crate::ByteStream).
    pub fn raw_body(&self) -> &Bytes {
        &self.parts.body
    }

    /// Reads the body as another type, for what the type of the operation does not have.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is not JSON, or not of the form of `U`.
    pub fn raw<U: DeserializeOwned>(&self) -> Result<U, Error> {
        json::from_json(&self.parts.body)
            .map_err(|error| not_json(error, &self.parts, &self.endpoint))
    }

    /// Replaces the value and keeps what came with it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: f(self.value),
            parts: self.parts,
            endpoint: self.endpoint,
            left_out: self.left_out,
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
            endpoint: self.endpoint,
            left_out: self.left_out,
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
        json::from_json(&self.parts.body)
            .map_err(|error| not_json(error, &self.parts, &self.endpoint))
    }
}

/// Reads a map with keys of the user's own into a type of the user's; a map that is not there is an empty one.
#[allow(dead_code, reason = "a build may be without maps")]
pub(crate) fn typed<T: DeserializeOwned>(
    field: &str,
    map: Option<&Map<String, Value>>,
) -> Result<T, Error> {
    let none = Map::new();
    let text = serde_json::to_vec(map.unwrap_or(&none)).unwrap_or_default();
    json::from_json(&text).map_err(|error| Error::unfit(field, error))
}

fn not_json(error: JsonError, parts: &RawResponse, endpoint: &Endpoint) -> Error {
    Error::decode(endpoint, "JSON", Some(error), parts.clone())
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// As the value alone; what its type does not know is in [`raw_body`](Response::raw_body) only.
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
