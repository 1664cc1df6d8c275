//! A receiver of webhooks with axum: it verifies signatures, responds at once, and works afterwards.
//!
//! ```text
//! cargo run --example webhook_receiver --features webhooks
//! ```
//! needs no account: the receiver is sent signed, forged and oversized notifications, and the requests that Intercom signs
//! in another header, all on 127.0.0.1. With the client secret of an app in `INTERCOM_CLIENT_SECRET` it waits for real
//! ones on port 8080 instead, for `POST /intercom` and for `/intercom/uninstall`, `/intercom/health` and
//! `/intercom/canvas`; put HTTPS in front of it.

#[path = "webhook_receiver/offline.rs"]
mod offline;
#[path = "webhook_receiver/requests.rs"]
mod requests;

use std::collections::HashSet;
use std::env;
use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use intercom_client::v2_14::types::{Contact, Conversation};
use intercom_client::webhooks::{Notification, SIGNATURE_HEADER, Topic, Verifier, WebhookError};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Anyone can send a body, so only so much of it is read. A conversation with 500 parts fits.
const MAX_BODY: usize = 4 << 20;
/// How many notifications may wait. A program that must not lose any keeps them on disk.
const QUEUE: usize = 1_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    match env::var("INTERCOM_CLIENT_SECRET") {
        Ok(secret) if !secret.is_empty() => receive_real_ones(&secret).await,
        _ => offline::run().await,
    }
}

async fn receive_real_ones(client_secret: &str) -> Result<(), Box<dyn Error>> {
    let (queue, notifications) = mpsc::channel(QUEUE);
    let worker = tokio::spawn(work(notifications));
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    println!("Listening on http://{}/intercom", listener.local_addr()?);
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    axum::serve(listener, receiver(Verifier::new(client_secret), queue))
        .with_graceful_shutdown(stop)
        .await?;
    // What was accepted is done before the program ends.
    worker.await?;
    Ok(())
}

/// What the handlers share.
#[derive(Clone)]
struct Receiving {
    verifier: Verifier,
    queue: Sender<Notification>,
}

fn receiver(verifier: Verifier, queue: Sender<Notification>) -> Router {
    // Intercom checks with HEAD whether the URL exists before it accepts the URL.
    let methods = post(receive).head(|| async { StatusCode::OK });
    let requests = requests::routes(verifier.clone());
    Router::new()
        .route("/intercom", methods)
        .with_state(Receiving { verifier, queue })
        .merge(requests)
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// Responds within the five seconds that Intercom waits: the worker does all that takes time.
async fn receive(
    State(receiving): State<Receiving>,
    headers: HeaderMap,
    // The bytes as they were sent; of parsed JSON the signature could not be checked.
    body: Bytes,
) -> StatusCode {
    let signature = headers.get(SIGNATURE_HEADER);
    let notification = match receiving.verifier.verify(&body, signature) {
        Ok(notification) => notification,
        Err(error) => {
            println!("   refused  {error}");
            return if error.is_unauthenticated() {
                StatusCode::UNAUTHORIZED
            } else {
                StatusCode::BAD_REQUEST
            };
        }
    };
    match receiving.queue.try_send(notification) {
        Ok(()) => StatusCode::OK,
        // Intercom retries after a minute.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Handles each notification once; returns what was done when no more can come.
async fn work(mut notifications: Receiver<Notification>) -> Vec<String> {
    // A real program keeps these in its database, for a day or so.
    let mut handled = HashSet::new();
    let mut done = Vec::new();
    while let Some(notification) = notifications.recv().await {
        // A notification is delivered twice when the response to it got lost. A ping has no id.
        if let Some(id) = &notification.id
            && !handled.insert(id.clone())
        {
            println!("   again    {id}");
            continue;
        }
        match handle(&notification) {
            Ok(what) => {
                println!("   handled  {}: {what}", notification.topic);
                done.push(what);
            }
            // It names the path of the field, and no personal data.
            Err(error) => println!("   failed   {}: {error}", notification.topic),
        }
    }
    done
}

/// What this program is for. The types are those of the API version that the app is set to.
fn handle(notification: &Notification) -> Result<String, WebhookError> {
    Ok(match &notification.topic {
        Topic::Ping => "Intercom can reach us".to_owned(),
        Topic::ContactUserCreated | Topic::ContactLeadCreated => {
            let contact: Contact = notification.item()?;
            format!("send a welcome to contact {}", contact.id)
        }
        Topic::ConversationUserCreated | Topic::ConversationUserReplied => {
            let conversation: Conversation = notification.item()?;
            format!("reply to conversation {}", conversation.id)
        }
        // There is little more than an id in what was deleted.
        Topic::ContactDeleted => {
            let id = notification.item_id().unwrap_or("(none)");
            format!("forget contact {id}")
        }
        other => format!("nothing to do for {other}"),
    })
}
