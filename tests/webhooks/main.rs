//! Notifications by webhook as a receiver sees them: which are accepted, and what is in them.

mod forgeries;
#[cfg(all(feature = "v2_14", feature = "contacts", feature = "conversations"))]
mod items;
mod notifications;
mod recorded;
mod signatures;
#[path = "../support/text.rs"]
mod text;

use intercom_client::webhooks::{Notification, Verifier, WebhookError};
use text::text;

const SECRET: &str = "3f1c0a9e-client-secret";

fn verifier() -> Verifier {
    Verifier::new(SECRET)
}

/// The notification in a body that is signed as it should be.
fn signed(body: impl AsRef<[u8]>) -> Result<Notification, WebhookError> {
    let body = body.as_ref();
    verifier().verify(body, Some(verifier().sign(body)))
}
