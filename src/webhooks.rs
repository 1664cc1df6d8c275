//! Webhooks: signature verification and typed notifications.
//!
//! Intercom sends a `POST` for each event in the workspaces that use your app, and signs its body with the client secret of
//! the app. A [`Verifier`] checks the signature and reads the [`Notification`]. Its [`item`](Notification::item) is the contact,
//! the conversation, or whatever the [`Topic`] is about. A receiver with axum looks like this:
//!
//! ```
//! use axum::body::Bytes;
//! use axum::extract::State;
//! use axum::http::{HeaderMap, StatusCode};
//! use axum::routing::post;
//! use intercom_client::webhooks::{SIGNATURE_HEADER, Topic, Verifier};
//!
//! async fn receive(State(verifier): State<Verifier>, headers: HeaderMap, body: Bytes) -> StatusCode {
//!     match verifier.verify(&body, headers.get(SIGNATURE_HEADER)) {
//!         Ok(notification) if notification.topic == Topic::Ping => StatusCode::OK,
//!         Ok(notification) => {
//!             // Put it into a queue here.
//!             println!("{notification:?}");
//!             StatusCode::OK
//!         }
//!         Err(error) if error.is_unauthenticated() => StatusCode::UNAUTHORIZED,
//!         Err(error) => {
//!             eprintln!("{error}");
//!             StatusCode::BAD_REQUEST
//!         }
//!     }
//! }
//!
//! # let client_secret = "a-secret";
//! let app = axum::Router::new()
//!     .route("/intercom", post(receive).head(|| async { StatusCode::OK }))
//!     .with_state(Verifier::new(client_secret));
//! # let _: axum::Router = app;
//! ```
//!
//! The item is read as a type of an API version. Use the version that the app is set to in Intercom's Developer Hub, since
//! its notifications have that version:
//!
//! ```
//! # #[cfg(all(feature = "v2_14", feature = "contacts", feature = "conversations"))] {
//! use intercom_client::v2_14::types::{Contact, Conversation};
//! use intercom_client::webhooks::{Notification, Topic, WebhookError};
//!
//! fn handle(notification: &Notification) -> Result<(), WebhookError> {
//!     match &notification.topic {
//!         Topic::ContactUserCreated | Topic::ContactLeadCreated => {
//!             let contact: Contact = notification.item()?;
//!             println!("{:?} is new", contact.email);
//!         }
//!         Topic::ConversationUserReplied => {
//!             let conversation: Conversation = notification.item()?;
//!             println!("{} has a reply", conversation.id);
//!         }
//!         // The item of a deletion is little more than the id.
//!         Topic::ContactDeleted => println!("{:?} is gone", notification.item_id()),
//!         other => println!("nothing to do for {other}"),
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! # Which request has which header
//!
//! Only notifications are signed in `X-Hub-Signature`. All other requests that Intercom sends to the URLs of an app have another
//! kind of signature, in `X-Body-Signature`. No request has both.
//!
//! | request | header | signature of the raw body | checked by |
//! |---|---|---|---|
//! | a notification of any [`Topic`] | [`SIGNATURE_HEADER`] | `sha1=` and HMAC-SHA1 in hex | [`Verifier::verify`] |
//! | the app was uninstalled | [`BODY_SIGNATURE_HEADER`] | HMAC-SHA256 in hex | [`Verifier::verify_body`] |
//! | a health check of the installation | [`BODY_SIGNATURE_HEADER`] | HMAC-SHA256 in hex | [`Verifier::verify_body`] |
//! | Canvas Kit: initialize, configure, submit and others | [`BODY_SIGNATURE_HEADER`] | HMAC-SHA256 in hex | [`Verifier::verify_body`] |
//!
//! The key of both is the client secret. `verify_body` returns nothing: the body is not a notification, so read it as JSON once
//! it is verified. The example `webhook_receiver` receives all of them.
//!
//! # What a receiver should do
//!
//! - Verify the body byte for byte as it was received, before anything parses it. JSON that was parsed
//!   and written again has other bytes, and so another signature.
//! - Respond with a 2xx at once, and do the work afterwards. Intercom waits five seconds, retries once after
//!   a minute, and then gives the notification up. After many failures it stops sending for a while. `410`
//!   ends the subscription, and `429` slows all notifications down.
//! - Expect duplicate, late and reordered notifications. A duplicate has the same [`id`](Notification::id), so
//!   remember the ids that were handled. If the current state matters, fetch it by the API.
//! - Limit the size of the body that is read, since anyone may send one.
//! - Respond to `HEAD` with a 2xx: Intercom checks a URL with it before it accepts the URL.
//! - While the client secret is replaced, accept both: [`Verifier::also_accept`].
//!
//! The signature holds no time, so a recorded notification stays valid. Handling each id only once protects against replays.
//!
//! To test a receiver, [`Verifier::sign`] and [`Verifier::sign_body`] sign a body as Intercom does.

mod envelope;
mod error;
mod notification;
mod topic;
mod verifier;

pub use self::error::{InvalidJson, WebhookError};
pub use self::notification::Notification;
pub use self::topic::Topic;
pub use self::verifier::Verifier;

/// The header with the signature of a notification. The name is in lower case, as in HTTP/2 and in maps of headers.
///
/// Its value is `sha1=` and the HMAC-SHA1 of the body in hex; [`Verifier::verify`] checks it.
pub const SIGNATURE_HEADER: &str = "x-hub-signature";

/// The header with the signature of the other requests that Intercom sends to an app: uninstalls, health checks, and those of
/// Canvas Kit.
///
/// Its value is the HMAC-SHA256 of the body in hex, without a prefix; [`Verifier::verify_body`] checks it.
pub const BODY_SIGNATURE_HEADER: &str = "x-body-signature";
