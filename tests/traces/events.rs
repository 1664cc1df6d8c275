//! The events: one for each retry, and one for each wait.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use intercom_client::{CallOptions, ErrorKind};
use tracing::{Instrument, Level};

use super::collector::{Collected, Emitted, Fields, Span, Value};
use super::{CONTACT, contact, fields, get, port, respond};
use crate::support::calls::{client, soon};
use crate::support::{Reply, Server};

/// The fields of an event without `time`, which is how long something took.
fn without(event: &Emitted, time: &'static str) -> Fields {
    let mut fields = event.fields.clone();
    let took = fields.remove(time);
    assert!(matches!(took, Some(Value::Number(_))), "{event:?}");
    fields
}

#[tokio::test]
async fn each_retry_is_an_event_in_the_span_of_its_call() {
    let collected = Collected::start();
    let server = Server::start([respond(503, "{}"), Reply::hang_up(), contact()]).await;
    soon(get(&client(&server)).send()).await.unwrap();
    let span = collected.only();
    assert_eq!(span.fields["http.request.resend_count"], 2.into());
    assert_eq!(span.fields["intercom.attempts"], 3.into());
    assert_eq!(span.fields["http.response.status_code"], 200.into());
    assert!(!span.has("error.type") && !span.has("otel.status_code"));

    let events = collected.events();
    let message = Value::Shown("retrying the request after a delay".to_owned());
    let first = fields([
        ("message", message.clone()),
        ("http.request.resend_count", 1.into()),
        ("http.response.status_code", 503.into()),
        ("error.type", "503".into()),
    ]);
    let second = fields([
        ("message", message),
        ("http.request.resend_count", 2.into()),
        ("error.type", "Transport".into()),
    ]);
    assert_eq!(events.len(), 2, "{events:#?}");
    for (event, expected) in events.iter().zip([first, second]) {
        assert_eq!(without(event, "delay_ms"), expected);
        assert_eq!(event.level, Level::INFO);
        let span = &collected.all_spans()[event.span.unwrap()];
        assert_eq!(span.name, "intercom");
    }
}

#[tokio::test]
async fn a_call_that_fails_for_good_counts_its_retries() {
    let collected = Collected::start();
    let server = Server::start(vec![respond(500, "{}"); 3]).await;
    soon(get(&client(&server)).send()).await.unwrap_err();
    let span = collected.only();
    assert_eq!(span.fields["http.request.resend_count"], 2.into());
    assert_eq!(span.fields["error.type"], "500".into());
    assert_eq!(span.fields["intercom.request_id"], "r-17".into());
    assert_eq!(collected.events().len(), 2);
}

/// A contact, after which nothing is left until this Unix second.
fn exhausted_until(reset: u64) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("x-ratelimit-limit", "1"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", &reset.to_string()),
    ];
    Reply::new(200, &headers, CONTACT)
}

#[tokio::test]
async fn a_wait_for_the_rate_limit_is_an_event() {
    let collected = Collected::start();
    // Far enough from now to be a wait, and at most a second more than that.
    let soonest = SystemTime::now() + Duration::from_millis(200);
    let reset = soonest.duration_since(UNIX_EPOCH).unwrap().as_secs() + 1;
    let server = Server::start([exhausted_until(reset), contact()]).await;
    let intercom = client(&server);
    soon(get(&intercom).send()).await.unwrap();
    assert!(collected.events().is_empty());
    soon(get(&intercom).send()).await.unwrap();

    let events = collected.events();
    assert_eq!(events.len(), 1, "{events:#?}");
    let message = Value::Shown("waited for the rate limit".to_owned());
    assert_eq!(
        without(&events[0], "wait_ms"),
        fields([("message", message)])
    );
    assert_eq!(events[0].level, Level::DEBUG);
    let spans = collected.spans();
    let about = &collected.all_spans()[events[0].span.unwrap()];
    assert_eq!(about.fields["intercom.request_id"], "r-17".into());
    assert!(!spans[0].has("intercom.request_id"));
    assert_eq!(spans[1].fields["intercom.attempts"], 1.into());
}

#[tokio::test]
async fn a_wait_that_a_deadline_ends_is_an_event_too() {
    let collected = Collected::start();
    let reset = SystemTime::now() + Duration::from_secs(40);
    let reset = reset.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let server = Server::start([exhausted_until(reset)]).await;
    let intercom = client(&server);
    soon(get(&intercom).send()).await.unwrap();
    let deadline = CallOptions::new().timeout(Duration::from_millis(50));
    let hurried = intercom
        .v2_14()
        .with_options(deadline)
        .contacts()
        .get("68c7a1f0");
    let error = soon(hurried.send()).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CallTimeout);
    let events = collected.events();
    assert_eq!(events.len(), 1, "{events:#?}");
    let message = Value::Shown("waited for the rate limit".to_owned());
    assert_eq!(
        without(&events[0], "wait_ms"),
        fields([("message", message)])
    );
}

#[tokio::test]
async fn calls_at_once_keep_their_spans_apart() {
    let collected = Collected::start();
    let first = Server::start([respond(503, "{}"), contact()]).await;
    let second = Server::start([respond(502, "{}"), respond(500, "{}"), contact()]).await;
    let (one, two) = (client(&first), client(&second));
    let outer = tracing::info_span!("caller");
    let calls = async { tokio::join!(get(&one).send(), get(&two).send()) };
    let (one, two) = soon(calls.instrument(outer)).await;
    one.unwrap();
    two.unwrap();

    let all = collected.all_spans();
    let caller = all.iter().position(|span| span.name == "caller");
    let spans = collected.spans();
    assert_eq!(spans.len(), 2);
    for (server, statuses) in [(&first, &["503"][..]), (&second, &["502", "500"])] {
        let is_its = |span: &Span| span.fields.get("server.port") == Some(&port(server));
        let span = spans.iter().find(|span| is_its(span)).unwrap();
        assert_eq!(span.parent, caller);
        let resent = Value::Number(statuses.len() as u64);
        assert_eq!(span.fields["http.request.resend_count"], resent);
        let events = collected.events().into_iter();
        let types: Vec<Value> = events
            .filter(|event| is_its(&all[event.span.unwrap()]))
            .map(|event| event.fields["error.type"].clone())
            .collect();
        let expected: Vec<Value> = statuses.iter().map(|status| (*status).into()).collect();
        assert_eq!(types, expected);
    }
}

#[tokio::test]
async fn what_is_left_out_of_a_response_is_an_event_with_operation_and_paths_and_no_values() {
    let collected = Collected::start();
    let body = r#"{"type":"contact","id":"68c7a1f0","email":{"of":"ada@example.com"},
        "tags":{"data":[{"id":"1"},"lovelace"]},"custom_attributes":{"plan":"pro"},"new":"countess"}"#;
    let server = Server::start([respond(200, body)]).await;
    let contact = soon(get(&client(&server)).send()).await.unwrap();
    assert_eq!(contact.unread(), ["email", "tags.data[1]"]);

    let events = collected.events();
    assert_eq!(events.len(), 1, "{events:#?}");
    let (span, event) = (collected.only(), &events[0]);
    assert_eq!(event.level, Level::WARN);
    assert_eq!(collected.all_spans()[event.span.unwrap()].name, span.name);
    let message = Value::Shown("left out of the response what could not be read".to_owned());
    let expected = fields([
        ("message", message),
        ("intercom.operation", "contacts.get".into()),
        ("intercom.unread", 2.into()),
        ("intercom.unread.paths", "email, tags.data[1]".into()),
    ]);
    assert_eq!(event.fields, expected);
    let shown = format!("{span:?} {event:?}");
    for value in ["ada@example.com", "lovelace", "pro", "countess"] {
        assert!(!shown.contains(value), "{shown}");
    }
}

#[tokio::test]
async fn a_response_of_which_all_is_read_is_no_event() {
    let collected = Collected::start();
    let server = Server::start([respond(200, r#"{"id":"68c7a1f0","new":[1],"tags":null}"#)]).await;
    soon(get(&client(&server)).send()).await.unwrap();
    assert!(collected.events().is_empty(), "{:#?}", collected.events());
}
