//! A request of an operation, filled by its setters.

use http::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{RequestBuilder, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decoder::Decoder;
use super::versioned::VersionedClient;
use crate::error::{Error, InvalidField};
#[cfg(feature = "dynamic")]
use crate::input::read;
use crate::input::{Content, Fields, Object, Outcome, Shape, Signature, pairs};
use crate::operation::Operation;
use crate::response::{ByteStream, CallFuture, Response};
use crate::transport::options::CallOptions;
use crate::transport::send::BoxFuture;
use crate::wire::RawResponse;

/// A request that is not sent yet: what every generated request holds.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    client: VersionedClient,
    signature: &'static Signature,
    path: Vec<String>,
    pub(crate) query: Fields,
    pub(crate) headers: Fields,
    /// The fields of the body, if it has fields of its own.
    pub(crate) body: Fields,
    /// The body, if it was set as a whole and is one of several things, or is not an object.
    whole: Option<Value>,
}

/// The fields of an operation without body fields.
static NO_FIELDS: Object = Object {
    name: "Body",
    fields: &[],
    one_of: &[],
};

#[allow(
    dead_code,
    reason = "not every version, nor every resource, needs all of them"
)]
impl Pending {
    pub(crate) fn new(
        client: VersionedClient,
        signature: &'static Signature,
        path: Vec<String>,
    ) -> Self {
        let body = match signature.body {
            Content::Json(Shape::Object(object)) | Content::Form(Shape::Object(object)) => object,
            _ => &NO_FIELDS,
        };
        Self {
            client,
            signature,
            path,
            query: Fields::new(&signature.query),
            headers: Fields::new(&signature.headers),
            body: Fields::new(body),
            whole: None,
        }
    }

    /// Creates a request with the fields of one of the alternatives of its body.
    pub(crate) fn with_fields(mut self, object: &'static Object) -> Self {
        self.body = Fields::new(object);
        self
    }

    /// Sets the whole body, which is one of several things or not an object. It replaces what was set before.
    pub(crate) fn set_whole(&mut self, body: Result<Option<Value>, InvalidField>) {
        match body {
            Ok(Some(body)) => {
                self.whole = Some(body);
                self.body.reset();
            }
            Ok(None) => {}
            Err(error) => self.body.reject(error),
        }
    }

    /// Sets the whole body from JSON.
    #[cfg(feature = "dynamic")]
    pub(crate) fn set_json(&mut self, body: Value) -> Result<(), Error> {
        match (&self.signature.body, body) {
            (
                Content::Json(Shape::Object(_)) | Content::Form(Shape::Object(_)),
                Value::Object(body),
            ) => {
                self.body.set_json(body);
            }
            (Content::Json(shape) | Content::Form(shape), body) => {
                let body = read(shape, body).map_err(|error| match error.path() {
                    "" => error.within("body"),
                    _ => error,
                });
                self.set_whole(body.map(Some));
            }
            (Content::None | Content::Multipart | Content::Bytes(_), _) => {
                return Err(self.invalid(&InvalidField::new("", "takes no JSON body")));
            }
        }
        Ok(())
    }

    #[cfg(feature = "dynamic")]
    pub(crate) fn signature(&self) -> &'static Signature {
        self.signature
    }

    pub(crate) fn with_options(mut self, options: CallOptions) -> Self {
        self.client = self.client.with_options(options);
        self
    }

    pub(crate) fn invalid(&self, error: &InvalidField) -> Error {
        Error::invalid_request(self.signature.operation, error.to_string())
    }

    /// Returns the request to send, and the client that sends it.
    ///
    /// # Errors
    /// Names the first parameter or field that was set to a value it cannot hold, or that is required and not set.
    pub(crate) fn into_request(self) -> BuiltRequest {
        let signature = self.signature;
        let invalid =
            |error: InvalidField| Error::invalid_request(signature.operation, error.to_string());
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let mut request = self.client.request(signature.operation, &path)?;
        let query = self.query.pairs().map_err(invalid)?;
        if !query.is_empty() {
            request = request.query(&query);
        }
        for (name, value) in self.headers.pairs().map_err(invalid)? {
            request = request.header(name, value);
        }
        if let Outcome::Bytes(kind) = signature.outcome {
            request = request.header(ACCEPT, kind);
        }
        let body = || body(self.body, self.whole);
        request = match &signature.body {
            Content::None | Content::Multipart => request,
            Content::Json(_) => request.json(&body().map_err(invalid)?),
            Content::Form(_) => request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form(&pairs(&body().map_err(invalid)?, &[]))),
            Content::Bytes(kind) => request.header(CONTENT_TYPE, *kind),
        };
        Ok((self.client, request))
    }
}

/// A request that is built, and the client that sends it.
pub(crate) type BuiltRequest = Result<(VersionedClient, RequestBuilder), Error>;

/// Sends a request of an operation that returns JSON.
pub(crate) fn send<T: DeserializeOwned + 'static>(
    operation: &'static Operation,
    built: BuiltRequest,
) -> CallFuture<Response<T>> {
    CallFuture::new(async move {
        let (response, decoder) = start(operation, built)?;
        decoder.decode(response.await?)
    })
}

fn start(
    operation: &'static Operation,
    built: BuiltRequest,
) -> Result<(BoxFuture<RawResponse>, Decoder), Error> {
    let (client, request) = built?;
    client.start(operation, request)
}

/// Sends a request of an operation that returns nothing but success.
pub(crate) fn send_empty(
    operation: &'static Operation,
    built: BuiltRequest,
) -> CallFuture<Response<()>> {
    CallFuture::new(async move {
        let (client, request) = built?;
        client.send_empty(operation, request).await
    })
}

/// Sends a request of an operation that returns data of any size.
pub(crate) fn send_stream(
    operation: &'static Operation,
    built: BuiltRequest,
) -> CallFuture<Response<ByteStream>> {
    CallFuture::new(async move {
        let (client, request) = built?;
        client.send_stream(operation, request).await
    })
}

/// Returns the body: its fields, or the body that was set as a whole with the fields that were set besides.
fn body(fields: Fields, whole: Option<Value>) -> Result<Value, InvalidField> {
    match whole {
        None if fields.has_none() => {
            fields.into_map()?;
            Err(InvalidField::missing("body"))
        }
        None => fields.into_json(),
        Some(Value::Object(mut whole)) => {
            whole.extend(fields.into_map()?);
            Ok(Value::Object(whole))
        }
        Some(whole) => fields.into_map().map(|_| whole),
    }
}

/// Returns the pairs of a form, which are written as those of a query.
fn form(pairs: &[(String, String)]) -> String {
    let form = Url::parse("form:").map(|mut form| {
        form.query_pairs_mut().extend_pairs(pairs);
        form.query().unwrap_or_default().to_owned()
    });
    form.unwrap_or_default()
}

/// The error of a request without the body that it needs.
#[allow(dead_code, reason = "not every version has such a body")]
pub(crate) fn missing_body(operation: &'static Operation) -> Error {
    Error::invalid_request(operation, InvalidField::missing("body").to_string())
}
