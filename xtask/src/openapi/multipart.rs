//! Whether a version has bodies of several parts.

use serde_json::Value;

use intercom_client_codegen::spec::document::{operations, resolve};

/// Bodies that the pipeline prefers to one of several parts.
const PREFERRED: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

/// Whether some operation's body can only be sent as `multipart/form-data`.
pub fn is_sent(document: &Value) -> bool {
    operations(document).any(|operation| {
        let body = operation.operation.get("requestBody");
        let content = body.and_then(|body| resolve(document, body)["content"].as_object());
        let has = |wanted: &str| {
            content.is_some_and(|content| {
                // `multipart/form-data; boundary=…` is one too.
                let mut kinds = content.keys().map(|kind| kind.split(';').next());
                kinds.any(|kind| kind == Some(wanted))
            })
        };
        has("multipart/form-data") && !PREFERRED.into_iter().any(has)
    })
}
