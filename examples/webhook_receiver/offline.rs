//! Sends the receiver what Intercom would send, and what others would, and checks what becomes of it.

use std::error::Error;

use intercom_client::reqwest::{Client, Method};
use intercom_client::webhooks::{SIGNATURE_HEADER, Verifier};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

const SECRET: &str = "a-client-secret-for-the-example-only";

pub async fn run() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/intercom", listener.local_addr()?);
    println!(
        "INTERCOM_CLIENT_SECRET is not set: the receiver at {url} is sent notifications of our own."
    );

    let (queue, notifications) = mpsc::channel(super::QUEUE);
    let worker = tokio::spawn(super::work(notifications));
    let (stop, stopped) = oneshot::channel::<()>();
    let app = super::receiver(Verifier::new(SECRET), queue);
    let server = axum::serve(listener, app).with_graceful_shutdown(async { drop(stopped.await) });
    let server = tokio::spawn(async move { server.await });

    let sender = Sender {
        client: Client::builder().no_proxy().build()?,
        url,
    };
    let surprises = sender.send_all().await?;

    // Its connections have to close for the server to stop.
    drop(sender);
    drop(stop);
    server.await??;
    let done = worker.await?;
    let expected = [
        "Intercom can reach us",
        "send a welcome to contact 66f2a9",
        "answer conversation 204100731",
        "forget contact 66f2a9",
        "nothing to do for pigeon.arrived",
    ];
    if surprises > 0 {
        return Err(format!("{surprises} answers are not as they should be").into());
    }
    if done != expected {
        return Err(format!("what was handled is not as it should be: {done:?}").into());
    }
    println!(
        "\nDone. Each answer is as it should be, and {} notifications were handled.",
        done.len()
    );
    Ok(())
}

/// A stand-in for Intercom, and for those who pretend to be it.
struct Sender {
    client: Client,
    url: String,
}

impl Sender {
    /// How many answers are other than they should be.
    async fn send_all(&self) -> Result<usize, Box<dyn Error>> {
        let intercom = Verifier::new(SECRET);
        let contact = json!({ "type": "contact", "id": "66f2a9", "created_at": "2025-05-14T11:40:00.000+00:00" });
        let conversation =
            json!({ "type": "conversation", "id": 204100731, "created_at": 1747222800 });
        let deleted = json!({ "type": "contact", "id": "66f2a9", "deleted": true });

        let ping = notification(Value::Null, "ping", json!({ "type": "ping" }));
        let new_contact = notification(json!("notif_1"), "contact.user.created", contact);
        let reply = notification(json!("notif_2"), "conversation.user.replied", conversation);
        let deletion = notification(json!("notif_3"), "contact.deleted", deleted);
        let unknown = notification(json!("notif_4"), "pigeon.arrived", json!({}));
        let odd = notification(
            json!("notif_5"),
            "contact.user.created",
            json!({ "id": [] }),
        );
        let forged = notification(json!("notif_6"), "contact.deleted", json!({ "id": "1" }));
        let no_notification = "[]".to_owned();
        let oversized = " ".repeat(super::MAX_BODY + 1);

        let sign = |body: &String| Some(intercom.sign(body.as_bytes()));
        let other = Verifier::new("another secret").sign(forged.as_bytes());
        let steps: [(&str, Method, &str, Option<String>, u16); 15] = [
            (
                "HEAD, as Intercom tries the URL",
                Method::HEAD,
                "",
                None,
                200,
            ),
            ("a ping", Method::POST, &ping, sign(&ping), 200),
            (
                "a new contact",
                Method::POST,
                &new_contact,
                sign(&new_contact),
                200,
            ),
            (
                "the same once more",
                Method::POST,
                &new_contact,
                sign(&new_contact),
                200,
            ),
            ("a reply", Method::POST, &reply, sign(&reply), 200),
            (
                "a deleted contact",
                Method::POST,
                &deletion,
                sign(&deletion),
                200,
            ),
            (
                "a topic nobody knows",
                Method::POST,
                &unknown,
                sign(&unknown),
                200,
            ),
            (
                "a contact that is none",
                Method::POST,
                &odd,
                sign(&odd),
                200,
            ),
            ("no signature", Method::POST, &forged, None, 401),
            (
                "no signature, but a header",
                Method::POST,
                &forged,
                Some("sha1=".to_owned()),
                401,
            ),
            ("another secret", Method::POST, &forged, Some(other), 401),
            (
                "the signature of another body",
                Method::POST,
                &forged,
                sign(&reply),
                401,
            ),
            (
                "signed, but no notification",
                Method::POST,
                &no_notification,
                sign(&no_notification),
                400,
            ),
            (
                "a body too large",
                Method::POST,
                &oversized,
                sign(&oversized),
                413,
            ),
            ("GET, as a browser asks", Method::GET, "", None, 405),
        ];
        let mut surprises = 0;
        for (number, (title, method, body, signature, expected)) in steps.into_iter().enumerate() {
            println!("\n{}. {title}", number + 1);
            let status = self.send(method, body, signature).await?;
            let verdict = match status == expected {
                true => String::new(),
                false => format!(", which should be {expected}"),
            };
            println!("   answer   {status}{verdict}");
            surprises += usize::from(status != expected);
        }
        Ok(surprises)
    }

    async fn send(
        &self,
        method: Method,
        body: &str,
        signature: Option<String>,
    ) -> Result<u16, Box<dyn Error>> {
        let mut request = self.client.request(method, &self.url).body(body.to_owned());
        if let Some(signature) = signature {
            request = request.header(SIGNATURE_HEADER, signature);
        }
        Ok(request.send().await?.status().as_u16())
    }
}

/// A notification as Intercom writes it.
fn notification(id: Value, topic: &str, item: Value) -> String {
    let notification = json!({
        "type": "notification_event",
        "id": id,
        "topic": topic,
        "app_id": "k3v9x1ab",
        "created_at": 1747222800,
        "first_sent_at": 1747222805,
        "delivery_attempts": 1,
        "data": { "type": "notification_event_data", "item": item },
    });
    notification.to_string()
}
