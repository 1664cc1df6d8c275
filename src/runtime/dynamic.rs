//! Calls by name, with JSON in and JSON out (feature `dynamic`).

use std::fmt;
use std::future::IntoFuture;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::client::pending::Pending;
use crate::client::versioned::VersionedClient;
use crate::error::{Error, InvalidField};
use crate::input::{
    Content, IntoField, IntoMap, Object, Outcome, Shape, Signature, did_you_mean, read,
};
use crate::json;
use crate::operation::Operation;
use crate::response::{CallFuture, Response};
use crate::transport::options::CallOptions;

/// A request of an operation that is looked up by its name at run time; `Api::call` of a version creates it.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
/// # async fn example(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::Error> {
/// use serde_json::json;
///
/// let contact = api.call("ShowContact", json!({ "contact_id": "6329bd9f" })).await?;
/// println!("{}", contact["email"]);
/// let created = api.call("contacts.create", json!({})).body(json!({ "email": "ada@example.com" })).send().await?;
/// println!("{}", created.status());
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct DynamicRequest(Result<Pending, Error>);

impl DynamicRequest {
    pub(crate) fn new(
        client: VersionedClient,
        signatures: &[&'static Signature],
        operation: &str,
        parameters: impl IntoMap,
    ) -> Self {
        Self(find(signatures, operation).and_then(|signature| {
            let invalid = |error: InvalidField| {
                Error::invalid_request(signature.operation, error.to_string())
            };
            let parameters = parameters
                .into_map()
                .map_err(|error| invalid(error.within("parameters")))?
                .unwrap_or_default();
            pending(client, signature, parameters).map_err(invalid)
        }))
    }

    /// Sets the body. An unknown field, or a value of the wrong type, is an error when the request is sent.
    pub fn body(mut self, body: impl IntoField<Value>) -> Self {
        self.0 = self.0.and_then(|mut pending| {
            let Some(body) = body.into_field().map_err(|error| pending.invalid(&error))? else {
                return Ok(pending);
            };
            pending.set_json(body)?;
            Ok(pending)
        });
        self
    }

    /// Sets options for this call, which take precedence over those that it has.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.0 = self.0.map(|pending| pending.with_options(options));
        self
    }

    /// Sends the request and returns the response as it came. A download is in its [`raw_body`](Response::raw_body).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if there is no such operation, or if it does not take what
    /// was set. Otherwise those of every call, see [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> CallFuture<Response<Value>> {
        CallFuture::new(async {
            let pending = self.0?;
            let (operation, outcome) =
                (pending.signature().operation, &pending.signature().outcome);
            let (client, request) = pending.into_request()?;
            match outcome {
                Outcome::Json => client.send_json(operation, request).await,
                Outcome::Nothing => {
                    let response = client.send_empty(operation, request).await?;
                    Ok(response.map(|()| Value::Null))
                }
                Outcome::Bytes(_) => {
                    let response = client.send_stream(operation, request).await?;
                    let (response, stream) = response.replace(Value::Null);
                    Ok(response.with_body(stream.collect().await?))
                }
            }
        })
    }
}

impl IntoFuture for DynamicRequest {
    type Output = Result<Value, Error>;
    type IntoFuture = CallFuture<Value>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().into_value()
    }
}

impl fmt::Debug for DynamicRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynamicRequest").field(&self.0).finish()
    }
}

/// `contacts.get`.
fn name(operation: &Operation) -> String {
    format!("{}.{}", operation.resource, operation.name)
}

/// Looks up an operation by its id or its name.
pub(crate) fn find(
    signatures: &[&'static Signature],
    id: &str,
) -> Result<&'static Signature, Error> {
    let is_named = |operation: &Operation| {
        id.split_once('.') == Some((operation.resource, operation.name)) || operation.id == id
    };
    let found = signatures
        .iter()
        .find(|signature| is_named(signature.operation));
    found.copied().ok_or_else(|| {
        let names: Vec<String> = signatures
            .iter()
            .map(|signature| name(signature.operation))
            .collect();
        let ids = signatures.iter().map(|signature| signature.operation.id);
        let mut known = ids.chain(names.iter().map(String::as_str));
        Error::unknown_operation(id, &did_you_mean(id, &mut known))
    })
}

/// Builds the request with its parameters; a null parameter is not set.
fn pending(
    client: VersionedClient,
    signature: &'static Signature,
    mut parameters: Map<String, Value>,
) -> Result<Pending, InvalidField> {
    parameters.retain(|_, value| !value.is_null());
    let in_path = signature.path.iter();
    let path = in_path.map(|name| match parameters.remove(*name) {
        None => Err(InvalidField::missing(name)),
        Some(Value::String(id)) => Ok(id),
        Some(Value::Number(id)) if !id.is_f64() => Ok(id.to_string()),
        Some(_) => Err(InvalidField::new(*name, "is neither text nor an integer")),
    });
    let path = path.collect::<Result<Vec<String>, _>>()?;
    let (headers, query): (Map<_, _>, Map<_, _>) = parameters
        .into_iter()
        .partition(|(name, _)| signature.headers.field(name).is_some());
    let unknown = query
        .keys()
        .find(|name| signature.query.field(name).is_none());
    if let Some(name) = unknown {
        return Err(unknown_parameter(signature, name));
    }
    let mut pending = Pending::new(client, signature, path);
    pending.headers.set_json(headers);
    pending.query.set_json(query);
    Ok(pending)
}

fn unknown_parameter(signature: &Signature, name: &str) -> InvalidField {
    let named = [&signature.query, &signature.headers]
        .into_iter()
        .flat_map(|declared| declared.fields.iter().map(|field| field.name));
    let is_of_body = |object: &Object| object.field(name).is_some();
    let hint = match &signature.body {
        Content::Json(Shape::Object(object)) | Content::Form(Shape::Object(object))
            if is_of_body(object) =>
        {
            "; it is a field of the body, which `body` takes".to_owned()
        }
        _ => did_you_mean(name, &mut signature.path.iter().copied().chain(named)),
    };
    InvalidField::new("", format!("there is no parameter `{name}`{hint}"))
}

/// Returns what an operation would send of a body.
pub(crate) fn body(signature: &Signature, body: &[u8]) -> Result<Value, Error> {
    let (Content::Json(shape) | Content::Form(shape)) = &signature.body else {
        return Err(Error::no_such_operation(signature.operation.id));
    };
    let operation = signature.operation;
    let invalid = |error: String| Error::invalid_request(operation, error);
    let body = json::from_json(body).map_err(|error| invalid(error.to_string()))?;
    read(shape, body).map_err(|error| invalid(error.to_string()))
}

/// The error of an operation that does not return JSON; it takes what [`through`] does, which a build may not need otherwise.
pub(crate) fn not_json(operation: &'static Operation, _body: &[u8]) -> Result<Value, Error> {
    Err(Error::invalid_request(operation, "returns no JSON"))
}

/// A body as a type reads it.
pub(crate) fn response<T: DeserializeOwned>(
    operation: &'static Operation,
    body: &[u8],
) -> Result<T, Error> {
    json::from_json(body).map_err(|error| Error::invalid_request(operation, error.to_string()))
}

/// Reads a body as a type and returns it as JSON.
pub(crate) fn through<T: DeserializeOwned + Serialize>(
    operation: &'static Operation,
    body: &[u8],
) -> Result<Value, Error> {
    serde_json::to_value(response::<T>(operation, body)?).map_err(Error::unwritable)
}
