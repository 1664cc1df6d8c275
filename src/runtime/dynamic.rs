//! Support for calls by name (feature `dynamic`).

use std::{future::Future, pin::Pin};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::error::{Error, InvalidField};
use crate::json::{self, lost};
use crate::operation::Operation;
use crate::response::{ByteStream, Response};

/// A call that was checked and not yet made.
pub(crate) type Call = Pin<Box<dyn Future<Output = Result<Response<Value>, Error>> + Send>>;

/// The operation of this id, or of this name.
pub(crate) fn find(
    operations: &[&'static Operation],
    id: &str,
) -> Result<&'static Operation, Error> {
    let is_named = |operation: &Operation| {
        id.split_once('.') == Some((operation.resource, operation.name)) || operation.id == id
    };
    let found = operations.iter().find(|operation| is_named(operation));
    found.copied().ok_or_else(|| Error::no_such_operation(id))
}

/// What a call was given and what has been taken of it.
pub(crate) struct Given {
    operation: &'static Operation,
    parameters: Map<String, Value>,
    body: Option<Value>,
}

impl Given {
    pub(crate) fn new(
        operation: &'static Operation,
        parameters: Map<String, Value>,
        body: Option<Value>,
    ) -> Self {
        Self {
            operation,
            parameters,
            body,
        }
    }

    /// Takes a parameter of path or query; `null` is one that was not given.
    pub(crate) fn parameter<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Error> {
        let given = self
            .parameters
            .remove(name)
            .filter(|value| !value.is_null());
        self.typed(given, name)
    }

    /// Takes a parameter of the path: text, or an integer.
    pub(crate) fn path(&mut self, name: &str) -> Result<String, Error> {
        match self.parameters.remove(name) {
            None | Some(Value::Null) => Err(self.invalid(format!("`{name}` is required"))),
            Some(Value::String(id)) => Ok(id),
            Some(Value::Number(id)) if !id.is_f64() => Ok(id.to_string()),
            Some(_) => Err(self.invalid(format!(
                "{name} is not of the type that the operation takes"
            ))),
        }
    }

    /// Takes the body; what its type would not send is refused rather than dropped.
    pub(crate) fn body<T: DeserializeOwned + Serialize>(&mut self) -> Result<Option<T>, Error> {
        let given = self.body.take();
        let Some(body) = self.typed::<T>(given.clone(), "body")? else {
            return Ok(None);
        };
        let sent = serde_json::to_value(&body).map_err(Error::unwritable)?;
        match given.and_then(|given| lost(&given, &sent, "body".to_owned())) {
            Some(path) => {
                Err(self.invalid(format!("{path} is not a field that the operation takes")))
            }
            None => Ok(Some(body)),
        }
    }

    /// Refuses what nothing has taken.
    pub(crate) fn finish(&self) -> Result<(), Error> {
        if let Some(name) = self.parameters.keys().next() {
            return Err(self.invalid(format!("there is no parameter `{name}`")));
        }
        match self.body {
            Some(_) => Err(self.invalid("takes no JSON body".to_owned())),
            None => Ok(()),
        }
    }

    pub(crate) fn no_json_body(&self) -> Error {
        self.invalid("takes a form of several parts, which is no JSON".to_owned())
    }

    pub(crate) fn unknown(&self) -> Error {
        Error::no_such_operation(self.operation.id)
    }

    fn typed<T: DeserializeOwned>(
        &self,
        value: Option<Value>,
        name: &str,
    ) -> Result<Option<T>, Error> {
        let Some(value) = value else { return Ok(None) };
        serde_path_to_error::deserialize(value)
            .map(Some)
            .map_err(|error| {
                let path = error.path().to_string();
                let place = if path == "." {
                    name.to_owned()
                } else {
                    format!("{name}.{path}")
                };
                match InvalidField::required(&error.inner().to_string()) {
                    Some(field) => self.invalid(format!("`{place}.{field}` is required")),
                    // Any other cause would quote the value, which may be personal.
                    None => self.invalid(format!(
                        "{place} is not of the type that the operation takes"
                    )),
                }
            })
    }

    fn invalid(&self, reason: String) -> Error {
        Error::invalid_request(self.operation, reason)
    }
}

/// A body as a type reads it.
pub(crate) fn read<T: DeserializeOwned>(
    operation: &'static Operation,
    body: &[u8],
) -> Result<T, Error> {
    json::from_json(body).map_err(|error| Error::invalid_request(operation, error.to_string()))
}

/// What a type holds of a body, as JSON.
pub(crate) fn through<T: DeserializeOwned + Serialize>(
    operation: &'static Operation,
    body: &[u8],
) -> Result<Value, Error> {
    serde_json::to_value(read::<T>(operation, body)?).map_err(Error::unwritable)
}

/// What the type holds, as JSON.
pub(crate) fn value<T: Serialize>(response: Response<T>) -> Result<Response<Value>, Error> {
    let value = serde_json::to_value(&*response).map_err(Error::unwritable)?;
    Ok(response.map(|_| value))
}

/// The whole download in the response's body.
pub(crate) async fn bytes(response: Response<ByteStream>) -> Result<Response<Value>, Error> {
    let (response, stream) = response.replace(Value::Null);
    Ok(response.with_body(stream.collect().await?))
}
