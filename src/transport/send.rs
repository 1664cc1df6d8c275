//! Sends requests and reads their responses.

use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http::{Method, StatusCode};
use reqwest::{Request, RequestBuilder};
use serde_json::{Value, json};

use crate::error::Error;
use crate::transport::call::Call;
use crate::transport::redirect::refuse_redirect;
use crate::transport::retry::retry;
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;
use crate::wire::path;
use crate::wire::timeout::{Elapsed, Phase};

/// A future that is compiled here rather than in every program that awaits it.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Sends a request and reads the whole response; the status is a success.
pub(crate) fn execute(call: Call, request: RequestBuilder) -> BoxFuture<RawResponse> {
    let span = call.span.clone();
    let request = build(&call, request);
    Box::pin(span.around(async move {
        let request = request?;
        let deleted = deleted(&call.endpoint, &request);
        let (mut parts, stats) = match retry(&call, request, attempt).await {
            Ok(found) => found,
            Err(error) => match error.was_deleted_before(deleted) {
                Ok(parts) => {
                    let stats = parts.stats;
                    (parts, stats)
                }
                Err(error) => return Err(error),
            },
        };
        parts.stats = stats;
        call.span.record_response(&parts);
        Ok(parts)
    }))
}

/// What stands for the response if a request deletes what was deleted already: its id, which is in the path.
fn deleted(endpoint: &Endpoint, request: &Request) -> Option<Value> {
    if request.method() != Method::DELETE {
        return None;
    }
    let mut segments = request.url().path_segments()?.rev();
    let id = match endpoint {
        Endpoint::Operation(operation) => {
            let mut id = None;
            for part in operation.path.rsplit('/') {
                let segment = segments.next();
                let name = part
                    .strip_prefix('{')
                    .and_then(|name| name.strip_suffix('}'));
                if name.is_some() && name == operation.deleted {
                    id = segment;
                    break;
                }
            }
            id
        }
        Endpoint::Custom(_) => segments.next(),
    };
    Some(match id {
        Some(id) => json!({ "id": path::decoded(id) }),
        None => json!({}),
    })
}

/// The request before the call's headers are set; boxed, since it moves from future to future.
pub(crate) fn build(call: &Call, request: RequestBuilder) -> Result<Box<Request>, Error> {
    let request = request.build();
    let request = request.map_err(|error| Error::unbuildable(&call.endpoint, error))?;
    Ok(Box::new(request))
}

/// Makes an attempt, from the token to the last byte of the body, so that it can be retried as a whole.
async fn attempt(call: &Call, mut request: Box<Request>) -> Result<RawResponse, Error> {
    call.set_headers(request.headers_mut());
    let mut response = send_authorized(call, request).await?;
    if response.status().is_redirection() {
        return Err(refuse_redirect(
            call,
            &response,
            "the redirect is not followed",
        ));
    }
    read_response(call, &mut response).await
}

/// Sends a request with the token once the rate limit admits it, and waits for the headers of the response.
pub(crate) async fn send_authorized(
    call: &Call,
    mut request: Box<Request>,
) -> Result<reqwest::Response, Error> {
    let permit = call.permit().await?;
    // After the wait, which may be longer than a token is valid.
    call.authorize(&mut request).await?;
    let response = send(call, request).await?;
    permit.report(
        response.headers(),
        response.status() == StatusCode::TOO_MANY_REQUESTS,
    );
    Ok(response)
}

/// Sends a request as it is and waits for the headers of the response.
pub(crate) async fn send(call: &Call, request: Box<Request>) -> Result<reqwest::Response, Error> {
    let settings = &call.core.settings;
    // The HTTP client that is built here follows none.
    let may_be_redirected = settings.is_ready_made.then(|| request.url().clone());
    let response = settings.http.execute(*request);
    let response = call.timeouts.apply(Phase::Response, response).await;
    let response = match response {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(Error::transport(&call.endpoint, error)),
        Err(late) => return Err(Error::timeout(&call.endpoint, late, None)),
    };
    // On the same host too: a write has become a read.
    if may_be_redirected.is_some_and(|url| *response.url() != url) {
        let host = response.url().host_str().unwrap_or_default();
        let reason = format!("the HTTP client followed a redirect to {host}");
        return Err(
            Error::redirect(&call.endpoint, reason, RawResponse::head(&response))
                .with_maybe_applied(true),
        );
    }
    Ok(response)
}

/// Reads the body, and turns a status of failure into an error.
///
/// The headers are taken out of the response, and its body is read to the end.
pub(crate) async fn read_response(
    call: &Call,
    response: &mut reqwest::Response,
) -> Result<RawResponse, Error> {
    let headers = std::mem::take(response.headers_mut());
    let mut parts = RawResponse {
        headers,
        ..RawResponse::head(response)
    };
    let failure = read_body(call, response, &mut parts).await;
    if !parts.status.is_success() {
        // The status says more than a truncated body does.
        let settings = &call.core.settings;
        let host = settings.base_url.host();
        return Err(Error::api(&call.endpoint, parts).by(host, settings.region));
    }
    match failure {
        None => Ok(parts),
        Some(Failure::Elapsed(late)) => Err(Error::timeout(&call.endpoint, late, Some(parts))),
        Some(Failure::TooLong) => Err(Error::too_long(&call.endpoint, parts)),
        Some(Failure::Broken(error)) => Err(Error::broken_body(&call.endpoint, error, Some(parts))),
    }
}

/// The most memory that is reserved for what `Content-Length` says.
const MAX_PREALLOCATION: usize = 16 << 20;
/// The most that is read of the body of an error response.
const MAX_ERROR_BODY: usize = 1 << 20;

enum Failure {
    Elapsed(Elapsed),
    TooLong,
    Broken(reqwest::Error),
}

/// Reads into `parts`, which also has what came before a failure.
async fn read_body(
    call: &Call,
    response: &mut reqwest::Response,
    parts: &mut RawResponse,
) -> Option<Failure> {
    let mut body = Bytes::new();
    let mut joined = BytesMut::new();
    let is_success = parts.status.is_success();
    let limit = if is_success {
        call.core.settings.max_response_size
    } else {
        MAX_ERROR_BODY
    };
    let failure = loop {
        match call.timeouts.apply(Phase::Chunk, response.chunk()).await {
            // Most bodies are one chunk, which needs no copy.
            Ok(Ok(Some(chunk))) if body.is_empty() && chunk.len() <= limit => body = chunk,
            Ok(Ok(Some(chunk))) => {
                if joined.is_empty() {
                    let left = response.content_length().unwrap_or_default();
                    let left = usize::try_from(left)
                        .map_or(MAX_PREALLOCATION, |left| left.min(MAX_PREALLOCATION));
                    joined.reserve(body.len() + chunk.len() + left);
                    joined.extend_from_slice(&body);
                }
                let left = limit.saturating_sub(joined.len());
                joined.extend_from_slice(&chunk[..chunk.len().min(left)]);
                if chunk.len() > left {
                    // The beginning of an error's body says enough.
                    break is_success.then_some(Failure::TooLong);
                }
            }
            Ok(Ok(None)) => break None,
            Ok(Err(error)) => break Some(Failure::Broken(error)),
            Err(late) => break Some(Failure::Elapsed(late)),
        }
    };
    parts.body = if joined.is_empty() {
        body
    } else {
        joined.freeze()
    };
    failure
}
