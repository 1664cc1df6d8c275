//! Sends the receiver what Intercom would send, and what others would, and checks the responses.

use std::error::Error;

use intercom_client::reqwest::{Client, Method};
use intercom_client::webhooks::{BODY_SIGNATURE_HEADER, SIGNATURE_HEADER, Verifier};
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
        "reply to conversation 204100731",
        "forget contact 66f2a9",
        "nothing to do for pigeon.arrived",
    ];
    if surprises > 0 {
        return Err(format!("{surprises} responses are not as they should be").into());
    }
    if done != expected {
        return Err(format!("what was handled is not as it should be: {done:?}").into());
    }
    println!(
        "\nDone. Each response is as it should be, and {} notifications were handled.",
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
    /// Returns how many responses are not as they should be.
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
        let other = Verifier::new("another secret");
        let sign = |body: &str| Some((SIGNATURE_HEADER, intercom.sign(body.as_bytes())));
        let notifications = [
            step("a ping", &ping, sign(&ping), 200),
            step("a new contact", &new_contact, sign(&new_contact), 200),
            step("the same once more", &new_contact, sign(&new_contact), 200),
            step("a reply", &reply, sign(&reply), 200),
            step("a deleted contact", &deletion, sign(&deletion), 200),
            step("an unknown topic", &unknown, sign(&unknown), 200),
            step("a contact that is none", &odd, sign(&odd), 200),
            step("no signature", &forged, None, 401),
            step(
                "no signature, but a header",
                &forged,
                Some((SIGNATURE_HEADER, "sha1=".to_owned())),
                401,
            ),
            step(
                "another secret",
                &forged,
                Some((SIGNATURE_HEADER, other.sign(forged.as_bytes()))),
                401,
            ),
            step("the signature of another body", &forged, sign(&reply), 401),
            step(
                "the signature of a request that is no notification",
                &forged,
                Some((BODY_SIGNATURE_HEADER, intercom.sign_body(forged.as_bytes()))),
                401,
            ),
            step(
                "signed, but no notification",
                &no_notification,
                sign(&no_notification),
                400,
            ),
            step("a body too large", &oversized, sign(&oversized), 413),
        ];

        let uninstalled = json!({ "app_id": "k3v9x1ab" }).to_string();
        let health = json!({ "workspace_id": "k3v9x1ab" }).to_string();
        let opened = json!({ "workspace_id": "k3v9x1ab", "context": {} }).to_string();
        let sign = |body: &str| {
            let signature = intercom.sign_body(body.as_bytes());
            Some((BODY_SIGNATURE_HEADER, signature))
        };
        let forged = Some((
            BODY_SIGNATURE_HEADER,
            other.sign_body(uninstalled.as_bytes()),
        ));
        let of_notification = Some((SIGNATURE_HEADER, intercom.sign(uninstalled.as_bytes())));
        let requests = [
            step(
                "the app is uninstalled",
                &uninstalled,
                sign(&uninstalled),
                200,
            )
            .to("/uninstall"),
            step("a health check", &health, sign(&health), 200)
                .to("/health")
                .expect_body("OK"),
            step("Canvas Kit", &opened, sign(&opened), 200)
                .to("/canvas")
                .expect_body("components"),
            step("no signature", &uninstalled, None, 401).to("/uninstall"),
            step("another secret", &uninstalled, forged, 401).to("/uninstall"),
            step("the signature of another body", &opened, sign(&health), 401).to("/canvas"),
            step(
                "the signature of a notification",
                &uninstalled,
                of_notification,
                401,
            )
            .to("/uninstall"),
        ];

        let asked = [
            step("HEAD, as Intercom tries the URL", "", None, 200).by(Method::HEAD),
            step("GET, as a browser asks", "", None, 405).by(Method::GET),
        ];
        let steps = asked.into_iter().chain(notifications).chain(requests);
        let mut surprises = 0;
        for (number, step) in steps.enumerate() {
            println!("\n{}. {}", number + 1, step.title);
            let (status, body) = self.send(&step).await?;
            let is_right = status == step.expected && body.contains(step.expected_body);
            let verdict = match is_right {
                true => String::new(),
                false => format!(", which should be {} {}", step.expected, step.expected_body),
            };
            println!("   response {status} {body}{verdict}");
            surprises += usize::from(!is_right);
        }
        Ok(surprises)
    }

    async fn send(&self, step: &Step<'_>) -> Result<(u16, String), Box<dyn Error>> {
        let url = format!("{}{}", self.url, step.path);
        let request = self.client.request(step.method.clone(), url);
        let mut request = request.body(step.body.to_owned());
        if let Some((header, signature)) = &step.signature {
            request = request.header(*header, signature);
        }
        let response = request.send().await?;
        Ok((response.status().as_u16(), response.text().await?))
    }
}

/// One request, and what should come of it.
struct Step<'a> {
    title: &'a str,
    method: Method,
    path: &'a str,
    body: &'a str,
    signature: Option<(&'static str, String)>,
    expected: u16,
    /// What is in the body of the response.
    expected_body: &'a str,
}

fn step<'a>(
    title: &'a str,
    body: &'a str,
    signature: Option<(&'static str, String)>,
    expected: u16,
) -> Step<'a> {
    Step {
        title,
        method: Method::POST,
        path: "",
        body,
        signature,
        expected,
        expected_body: "",
    }
}

impl<'a> Step<'a> {
    fn by(self, method: Method) -> Self {
        Self { method, ..self }
    }

    fn to(self, path: &'a str) -> Self {
        Self { path, ..self }
    }

    fn expect_body(self, expected_body: &'a str) -> Self {
        Self {
            expected_body,
            ..self
        }
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
