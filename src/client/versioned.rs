//! The client of one version, through which all generated calls go.

use std::fmt;
use std::sync::Arc;

use http::Method;
use serde::de::DeserializeOwned;

use crate::client::Intercom;
use crate::client::decoder::Decoder;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{ByteStream, Expected, Response, nothing};
use crate::transport::call::{Accept, Call};
use crate::transport::download::download;
use crate::transport::options::{CallOptions, Decoding};
use crate::transport::send::{BoxFuture, execute};
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;
use crate::wire::path;

/// A client for one version, with options for its calls.
#[derive(Clone)]
pub struct VersionedClient {
    intercom: Intercom,
    version: &'static str,
    options: Option<Arc<CallOptions>>,
}

impl VersionedClient {
    pub(crate) fn new(intercom: Intercom, version: &'static str) -> Self {
        Self {
            intercom,
            version,
            options: None,
        }
    }

    /// Returns this client with `options`, which take precedence over those that it has.
    pub(crate) fn with_options(&self, options: CallOptions) -> Self {
        let options = match &self.options {
            Some(earlier) => earlier.merged(options),
            None => options,
        };
        Self {
            options: Some(Arc::new(options)),
            ..self.clone()
        }
    }

    /// Returns the request of an operation, with nothing but its path.
    pub(crate) fn request(
        &self,
        operation: &'static Operation,
        parameters: &[&str],
    ) -> Result<reqwest::RequestBuilder, Error> {
        let wrong = |reason| Error::invalid_request(operation, reason);
        let method = Method::from_bytes(operation.method.as_bytes())
            .map_err(|_| wrong("the method is not legal".to_owned()))?;
        let path = path::fill(operation.path, parameters).map_err(wrong)?;
        let settings = &self.intercom.0.settings;
        let url = settings.base_url.join(&path);
        Ok(settings.http.request(method, url))
    }

    /// Sends a request of an operation that returns JSON.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<Response<T>, Error> {
        let (response, decoder) = self.start(operation, request)?;
        decoder.decode(response.await?)
    }

    /// Starts a call of an operation that returns JSON; the decoder is for its response.
    pub(crate) fn start(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<(BoxFuture<RawResponse>, Decoder), Error> {
        let expected = Expected::of(operation, self.is_strict());
        self.start_expecting(operation, request, expected)
    }

    /// Sends a request of an operation that returns JSON, and leaves the JSON as it came.
    #[cfg(feature = "dynamic")]
    pub(crate) async fn send_json(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<Response<serde_json::Value>, Error> {
        let (response, decoder) = self.start_expecting(operation, request, Expected::default())?;
        decoder.decode(response.await?)
    }

    /// Sends a request for a page of a list, in which single items may be errors.
    pub(crate) async fn send_page<T: DeserializeOwned>(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<Response<T>, Error> {
        let expected = Expected::of(operation, false);
        let (response, decoder) = self.start_expecting(operation, request, expected)?;
        decoder.decode(response.await?)
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.intercom.0.settings.decoding == Decoding::Strict
    }

    fn start_expecting(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
        expected: Expected,
    ) -> Result<(BoxFuture<RawResponse>, Decoder), Error> {
        let call = self.call(operation, Accept::Json)?;
        let decoder = Decoder {
            operation,
            expected,
            span: call.span.clone(),
        };
        Ok((execute(call, request), decoder))
    }

    /// Sends a request of an operation that returns nothing but success.
    pub(crate) async fn send_empty(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<Response<()>, Error> {
        let call = self.call(operation, Accept::Json)?;
        let span = call.span.clone();
        let parts = execute(call, request).await?;
        let endpoint = Endpoint::Operation(operation);
        nothing(parts, endpoint).inspect_err(|error| span.failed(error))
    }

    /// Sends a request of an operation that returns data of any size.
    pub(crate) async fn send_stream(
        &self,
        operation: &'static Operation,
        request: reqwest::RequestBuilder,
    ) -> Result<Response<ByteStream>, Error> {
        download(self.call(operation, Accept::Bytes)?, request).await
    }

    fn call(&self, operation: &'static Operation, accept: Accept) -> Result<Call, Error> {
        Call::new(
            &self.intercom.0,
            Endpoint::Operation(operation),
            Some(self.version),
            self.options.as_deref(),
            accept,
        )
    }
}

impl fmt::Debug for VersionedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("version", &self.version)
            .field("region", &self.intercom.region())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
