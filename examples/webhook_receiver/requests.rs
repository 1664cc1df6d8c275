//! The requests that are no notifications: each has a URL of its own, a response that Intercom reads, and its signature in
//! `X-Body-Signature`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use intercom_client::webhooks::{BODY_SIGNATURE_HEADER, Verifier};
use serde_json::{Value, json};

/// A response in JSON.
type JsonResponse = (StatusCode, [(HeaderName, &'static str); 1], String);

/// The URLs to set in the Developer Hub besides that of the notifications.
pub fn routes(verifier: Verifier) -> Router {
    Router::new()
        .route("/intercom/uninstall", post(uninstall))
        .route("/intercom/health", post(health))
        .route("/intercom/canvas", post(canvas))
        .with_state(verifier)
}

async fn uninstall(
    State(verifier): State<Verifier>,
    headers: HeaderMap,
    body: Bytes,
) -> JsonResponse {
    checked(&verifier, &headers, &body, |request| {
        println!("   request  {} has removed the app", request["app_id"]);
        json!({})
    })
}

async fn health(State(verifier): State<Verifier>, headers: HeaderMap, body: Bytes) -> JsonResponse {
    checked(&verifier, &headers, &body, |request| {
        println!("   request  {} asks how we are", request["workspace_id"]);
        json!({ "state": "OK" })
    })
}

async fn canvas(State(verifier): State<Verifier>, headers: HeaderMap, body: Bytes) -> JsonResponse {
    checked(&verifier, &headers, &body, |request| {
        println!("   request  {} opens the app", request["workspace_id"]);
        let text = json!({ "type": "text", "text": "Hello from the app" });
        json!({ "canvas": { "content": { "components": [text] } } })
    })
}

/// Reads the request once its signature is checked, over the bytes as they were sent, and not before.
fn checked(
    verifier: &Verifier,
    headers: &HeaderMap,
    body: &[u8],
    respond: impl FnOnce(Value) -> Value,
) -> JsonResponse {
    let signature = headers.get(BODY_SIGNATURE_HEADER);
    let (status, response) = match verifier.verify_body(body, signature) {
        Ok(()) => match serde_json::from_slice(body) {
            Ok(request) => (StatusCode::OK, respond(request)),
            Err(_) => (StatusCode::BAD_REQUEST, json!({})),
        },
        Err(error) => {
            println!("   refused  {error}");
            (StatusCode::UNAUTHORIZED, json!({}))
        }
    };
    let headers = [(CONTENT_TYPE, "application/json")];
    (status, headers, response.to_string())
}
