//! What calls report to `tracing`.

mod collector;
mod events;
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use intercom_client::{CallOptions, Intercom, Method, Region, RetryPolicy};
use tracing::Level;

use self::collector::{Collected, Fields, Value};
use crate::support::calls::{TOKEN, builder, client, quick, soon};
use crate::support::{Reply, Server};

const ID: &str = "68c7a1f0";
const CONTACT: &str = r#"{"type":"contact","id":"68c7a1f0"}"#;
const EMAIL: &str = "ada@example.com";

fn respond(status: u16, body: &str) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-17"),
    ];
    Reply::new(status, &headers, body)
}

fn contact() -> Reply {
    respond(200, CONTACT)
}

fn port(server: &Server) -> Value {
    let (_, port) = server.url.rsplit_once(':').unwrap();
    Value::Number(port.parse().unwrap())
}

fn fields<const N: usize>(fields: [(&'static str, Value); N]) -> Fields {
    fields.into()
}

fn get(intercom: &Intercom) -> intercom_client::v2_14::requests::ContactsGet {
    intercom.v2_14().contacts().get(ID)
}

#[tokio::test]
async fn a_call_is_one_span_under_the_names_of_opentelemetry() {
    let collected = Collected::start();
    let server = Server::start([contact()]).await;
    soon(get(&client(&server)).send()).await.unwrap();
    let span = collected.only();
    assert_eq!((span.name, span.level), ("intercom", Level::INFO));
    let expected = fields([
        ("otel.name", "GET /contacts/{contact_id}".into()),
        ("otel.kind", "client".into()),
        ("http.request.method", "GET".into()),
        ("http.response.status_code", 200.into()),
        ("url.template", "/contacts/{contact_id}".into()),
        ("server.address", "127.0.0.1".into()),
        ("server.port", port(&server)),
        ("intercom.operation", "contacts.get".into()),
        ("intercom.version", "2.14".into()),
        ("intercom.attempts", 1.into()),
        ("intercom.request_id", "r-17".into()),
    ]);
    assert_eq!(span.fields, expected);
    assert!(span.is_closed());
    assert!(collected.events().is_empty(), "{:#?}", collected.events());
}

#[tokio::test]
async fn the_type_of_a_failure_is_its_status_where_that_shows_the_failure() {
    for (reply, status, kind) in [
        (respond(404, "{}"), Some(404), "404"),
        (respond(503, "{}"), Some(503), "503"),
        (Reply::html(502), Some(502), "502"),
        (Reply::html(200), Some(200), "WebPage"),
        (respond(200, r#"{"id":"#), Some(200), "Decode"),
        (
            respond(200, r#"{"id":[]}"#),
            Some(200),
            "UnexpectedResponse",
        ),
        (respond(200, ""), Some(200), "EmptyResponse"),
        (Reply::redirect(302, "/elsewhere"), Some(302), "Redirect"),
        (Reply::hang_up(), None, "Transport"),
        (Reply::silence(), None, "ResponseTimeout"),
    ] {
        let collected = Collected::start();
        let server = Server::start([reply]).await;
        let intercom = builder(&server)
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        soon(get(&intercom).send()).await.unwrap_err();
        let span = collected.only();
        assert_eq!(span.fields["otel.status_code"], "ERROR".into(), "{kind}");
        assert_eq!(span.fields["error.type"], kind.into());
        let status_code = span.fields.get("http.response.status_code");
        assert_eq!(status_code, status.map(Value::Number).as_ref(), "{kind}");
        assert_eq!(span.fields["intercom.attempts"], 1.into(), "{kind}");
        assert!(!span.has("http.request.resend_count"), "{kind}");
        assert!(span.is_closed(), "{kind}");
    }
}

#[tokio::test]
async fn a_request_by_hand_has_no_path_and_only_methods_that_are_known() {
    let collected = Collected::start();
    let server = Server::start([contact(), contact()]).await;
    let intercom = client(&server);
    let path = format!("/contacts/{ID}?email={EMAIL}");
    soon(intercom.request(Method::GET, &path).send())
        .await
        .unwrap();
    let unknown = Method::from_bytes(b"ADA").unwrap();
    soon(intercom.request(unknown, &path).send()).await.unwrap();

    let spans = collected.spans();
    assert_eq!(spans.len(), 2);
    for (span, name, method) in [(&spans[0], "GET", "GET"), (&spans[1], "HTTP", "_OTHER")] {
        let expected = fields([
            ("otel.name", name.into()),
            ("otel.kind", "client".into()),
            ("http.request.method", method.into()),
            ("http.response.status_code", 200.into()),
            ("server.address", "127.0.0.1".into()),
            ("server.port", port(&server)),
            ("intercom.attempts", 1.into()),
            ("intercom.request_id", "r-17".into()),
        ]);
        assert_eq!(span.fields, expected);
    }
}

#[tokio::test]
async fn the_span_of_a_download_ends_when_its_body_is_handed_over() {
    let collected = Collected::start();
    let data = Reply::raw(200, &[("x-request-id", "r-17")], "abc");
    let server = Server::start([
        respond(500, "{}"),
        Reply::redirect(302, "/signed?key=k"),
        data,
    ]);
    let server = server.await;
    let api = client(&server).v2_14();
    let download = api.data_export().download(ID);
    let stream = soon(download.send()).await.unwrap();
    let span = collected.only();
    assert!(span.is_closed());
    let name = "GET /download/content/data/{job_identifier}";
    assert_eq!(span.fields["otel.name"], name.into());
    assert_eq!(
        span.fields["intercom.operation"],
        "data_export.download".into()
    );
    assert_eq!(span.fields["http.response.status_code"], 200.into());
    assert_eq!(span.fields["http.request.resend_count"], 1.into());
    assert_eq!(span.fields["intercom.request_id"], "r-17".into());
    assert!(!span.has("error.type"));
    assert_eq!(collected.events().len(), 1);
    soon(stream.into_inner().collect()).await.unwrap();
}

#[tokio::test]
async fn the_region_and_the_version_that_was_chosen_are_in_the_span() {
    let collected = Collected::start();
    let server = Server::start([]).await;
    // It talks no TLS, so that the call ends before anything is sent.
    let address = server.url.trim_start_matches("http://").parse().unwrap();
    let http = reqwest::Client::builder()
        .no_proxy()
        .resolve("api.eu.intercom.io", address);
    let intercom = Intercom::builder(TOKEN)
        .region(Region::Eu)
        .http_client_builder(http)
        .response_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let api = intercom
        .v2_14()
        .with_options(CallOptions::new().api_version("2.13"));
    let call = api.contacts().get(ID).send();
    soon(call).await.unwrap_err();
    let span = collected.only();
    let region = Value::Shown("eu".to_owned());
    assert_eq!(span.fields["intercom.region"], region);
    assert_eq!(span.fields["intercom.version"], "2.13".into());
    assert_eq!(span.fields["server.address"], "api.eu.intercom.io".into());
    assert_eq!(span.fields["server.port"], 443.into());
}

#[tokio::test]
async fn an_address_of_ipv6_is_in_the_span_without_brackets() {
    let collected = Collected::start();
    let intercom = Intercom::builder(TOKEN)
        .base_url("http://[::1]:1")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    soon(get(&intercom).send()).await.unwrap_err();
    assert_eq!(collected.only().fields["server.address"], "::1".into());
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_span_as_neither_success_nor_failure() {
    let collected = Collected::start();
    let server = Server::start([Reply::silence()]).await;
    let intercom = builder(&server)
        .response_timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let mut call = Box::pin(get(&intercom).send());
    while server.seen().is_empty() {
        tokio::select! {
            outcome = &mut call => panic!("there is no response: {outcome:?}"),
            () = tokio::task::yield_now() => {}
        }
    }
    assert!(!collected.only().is_closed());
    drop(call);
    let span = collected.only();
    assert!(span.is_closed());
    assert!(!span.has("otel.status_code") && !span.has("http.response.status_code"));
}

#[tokio::test]
async fn spans_and_events_hold_no_ids_queries_bodies_headers_or_token() {
    let collected = Collected::start();
    let quoted = format!(r#"{{"errors":[{{"code":"{EMAIL}","message":"{ID} {TOKEN}"}}]}}"#);
    let failures = [429, 503, 400].map(|status| respond(status, &quoted));
    let failures = [Reply::html(502), Reply::hang_up()]
        .into_iter()
        .chain(failures);
    let server = Server::start(failures.clone().chain(failures)).await;
    let policy = quick().retry_non_idempotent(true);
    let intercom = builder(&server).retry(policy).build().unwrap();
    let options = CallOptions::new().header("x-secret", "hunter2");
    let api = intercom.v2_14().with_options(options.clone());
    soon(api.contacts().get(ID).send()).await.unwrap_err();
    let create = api.contacts().create();
    let create = create.email(EMAIL).role("user");
    soon(create.send()).await.unwrap_err();
    let path = format!("/contacts/{ID}?email={EMAIL}");
    let request = intercom.request(Method::PUT, &path).options(options);
    let body = serde_json::json!({ "email": EMAIL, "key": "hunter2" });
    soon(request.json(&body).send()).await.unwrap_err();

    let (spans, events) = (collected.spans(), collected.events());
    assert_eq!((spans.len(), events.len()), (3, 5));
    let text = format!("{spans:?} {events:?}");
    for secret in [
        ID,
        EMAIL,
        "ada",
        TOKEN,
        "hunter2",
        "x-secret",
        "example.com",
    ] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}
