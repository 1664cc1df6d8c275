//! The response of a call: the value, and what came with it.

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

pub(crate) use self::expected::{Expected, decode, nothing};
pub use self::future::CallFuture;
pub use self::stream::ByteStream;
use crate::error::Error;
use crate::json::{self, JsonError, Unread};
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;
use crate::wire::headers::RateLimit;

/// A value of the API, with the status, the headers and the body of its response.
///
/// It dereferences to the value. [`into_inner`](Self::into_inner) takes the value out, for example to change it. `Debug` shows
/// the status and the value, but no headers.
#[derive(Clone)]
pub struct Response<T> {
    /// Some values are large, and a call hands its response through several functions.
    value: Box<T>,
    parts: Box<RawResponse>,
    endpoint: Endpoint,
    left_out: LeftOut,
}

/// What was left out of a value: its path and its JSON.
#[derive(Clone, Default)]
pub(crate) struct LeftOut {
    paths: Vec<String>,
    values: Vec<Value>,
}

impl From<Vec<Unread>> for LeftOut {
    fn from(unread: Vec<Unread>) -> Self {
        let mut left_out = Self::default();
        for Unread { path, json, .. } in unread {
            left_out.paths.push(path);
            left_out.values.push(json);
        }
        left_out
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, parts: RawResponse, endpoint: Endpoint) -> Self {
        Self {
            value: Box::new(value),
            parts: Box::new(parts),
            endpoint,
            left_out: LeftOut::default(),
        }
    }

    /// Returns the paths of what was left out of the value because it cannot be read without guessing, such as `data[3].tags`.
    ///
    /// Usually there are none. The JSON of what was left out is in `unknown_fields` of the struct that it belongs to, and in the
    /// [`raw_body`](Self::raw_body). A client with [`Decoding::Strict`](crate::Decoding::Strict) fails in place of leaving
    /// anything out.
    pub fn unread(&self) -> &[String] {
        &self.left_out.paths
    }

    /// What was left out, with its path.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (&str, &Value)> {
        let paths = self.left_out.paths.iter().map(String::as_str);
        paths.zip(&self.left_out.values)
    }

    /// Takes the value out of the response.
    pub fn into_inner(self) -> T {
        *self.value
    }

    /// Returns the status of the response, which is always a success.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Returns Intercom's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.parts.request_id()
    }

    /// Returns the state of the rate limit, if the response reports it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.parts.headers)
    }

    /// Returns how many attempts the call made: 1, and one more for every retry.
    pub fn attempts(&self) -> u32 {
        self.parts.stats.attempts
    }

    /// Returns how long the call took, including all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.parts.stats.elapsed
    }

    /// What came with the value.
    pub(crate) fn parts(&self) -> &RawResponse {
        &self.parts
    }

    /// Returns the body as it was received, including fields that the types do not know.
    ///
    /// It is empty if the value is a [`ByteStream`](crate::ByteStream).
    pub fn raw_body(&self) -> &Bytes {
        &self.parts.body
    }

    /// Reads the body as a type of your own, for fields that the generated type does not have.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is not JSON, or does not have the form of `U`.
    pub fn raw<U: DeserializeOwned>(&self) -> Result<U, Error> {
        json::from_json(&self.parts.body)
            .map_err(|error| not_json(error, &self.parts, &self.endpoint))
    }

    /// Replaces the value and keeps what came with it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: Box::new(f(*self.value)),
            parts: self.parts,
            endpoint: self.endpoint,
            left_out: self.left_out,
        }
    }
}

#[cfg(feature = "dynamic")]
impl<T> Response<T> {
    /// Replaces the value, and returns the one that it had.
    pub(crate) fn replace<U>(self, value: U) -> (Response<U>, T) {
        let response = Response {
            value: Box::new(value),
            parts: self.parts,
            endpoint: self.endpoint,
            left_out: self.left_out,
        };
        (response, *self.value)
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.parts.body = body;
        self
    }
}

impl Response<Bytes> {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is not JSON, or does not have the form of `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json::from_json(&self.parts.body)
            .map_err(|error| not_json(error, &self.parts, &self.endpoint))
    }
}

/// Reads a map with keys of the user's own into a type of the user's. A missing map is read as an empty one.
#[allow(dead_code, reason = "a build may be without maps")]
pub(crate) fn typed<T: DeserializeOwned>(
    field: &str,
    map: Option<&Map<String, Value>>,
) -> Result<T, Error> {
    let none = Map::new();
    let text = serde_json::to_vec(map.unwrap_or(&none)).unwrap_or_default();
    json::from_json(&text).map_err(|error| Error::unfit(field, error.without_position()))
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

/// Serializes as the value alone; what its type does not know is only in the [`raw_body`](Response::raw_body).
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
