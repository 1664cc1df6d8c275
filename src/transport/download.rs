//! Bodies that are not read into memory, and the redirects that lead to them.

use http::Method;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use reqwest::{Request, RequestBuilder};

use crate::error::Error;
use crate::response::{ByteStream, Response};
use crate::transport::call::Call;
use crate::transport::redirect::{is_followed, leave_behind, location, refuse_redirect};
use crate::transport::retry::retry;
use crate::transport::send::{BoxFuture, build, read_response, send, send_authorized};
use crate::wire::RawResponse;
use crate::wire::base_url::same_origin;
use crate::wire::endpoint::Endpoint;

const MAX_REDIRECTS: usize = 10;

/// Sends a request, follows redirects to the data, and returns the body unread.
pub(crate) fn download(call: Call, request: RequestBuilder) -> BoxFuture<Response<ByteStream>> {
    let span = call.span.clone();
    let request = build(&call, request);
    Box::pin(span.around(async move {
        let mut request = request?;
        // Packed data is unpacked by the caller only, and not by the HTTP client.
        let identity = HeaderValue::from_static("identity");
        request.headers_mut().insert(ACCEPT_ENCODING, identity);
        let (response, stats) = retry(&call, request, attempt).await?;
        let mut parts = RawResponse::head(&response);
        parts.stats = stats;
        call.span.record_response(&parts);
        let endpoint = call.endpoint.clone();
        let stream = ByteStream::new(
            response,
            parts.clone(),
            endpoint,
            call.timeouts,
            call.started,
        );
        Ok(Response::new(stream, parts, call.endpoint))
    }))
}

/// Sends a request and waits for the headers of the data; the status is a success.
async fn attempt(call: &Call, request: Box<Request>) -> Result<reqwest::Response, Error> {
    let mut response = follow(call, request).await?;
    let parts = RawResponse::head(&response);
    if !parts.status.is_success() {
        return Err(match read_response(call, &mut response).await {
            Err(error) => error,
            Ok(parts) => Error::api(&call.endpoint, parts),
        });
    }
    // No generated download is a web page, but a maintenance page may come in its place.
    if parts.is_labelled_as_web_page() && matches!(call.endpoint, Endpoint::Operation(_)) {
        let parts = read_response(call, &mut response).await?;
        return Err(Error::decode(&call.endpoint, "data", None, parts));
    }
    Ok(response)
}

async fn follow(call: &Call, mut request: Box<Request>) -> Result<reqwest::Response, Error> {
    call.set_headers(request.headers_mut());
    let mut redirects = 0;
    let mut is_ours = true;
    loop {
        let method = request.method().clone();
        let mut next = Request::new(method, request.url().clone());
        *next.headers_mut() = request.headers().clone();
        let response = if is_ours {
            send_authorized(call, request).await?
        } else {
            send(call, request).await?
        };
        if !response.status().is_redirection() {
            return Ok(response);
        }
        let refuse = |why| Err(refuse_redirect(call, &response, why));
        if !is_followed(response.status()) {
            return refuse("the redirect is not followed");
        }
        if next.method() != Method::GET {
            return refuse("only a GET follows redirects");
        }
        if redirects == MAX_REDIRECTS {
            return refuse("too many redirects");
        }
        let Some(url) = location(&response) else {
            return refuse("the redirect leads nowhere");
        };
        if !call.core.settings.base_url.may_redirect_to(&url) {
            return refuse("a download is not redirected to plain http");
        }
        if !same_origin(&url, next.url()) {
            leave_behind(&mut next);
            is_ours = false;
        }
        *next.url_mut() = url;
        request = Box::new(next);
        redirects += 1;
    }
}
