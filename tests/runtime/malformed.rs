//! Responses that are broken, odd or too deep: an error that says where, or what could be read, and never a panic.

mod asked;
mod left_out;

use std::error::Error as _;

use intercom_client::v2_14::types::{Contact, ContactList};
use intercom_client::{Error, ErrorKind, Response};

use crate::client;
use crate::support::{Reply, Server};

/// What no error may show.
const SECRET: &str = "ada@example.com";

async fn contact(body: &[u8]) -> Result<Response<Contact>, Error> {
    let server = Server::start([Reply::json(200, body)]).await;
    let contacts = client(&server).v2_14().contacts();
    contacts.get("5").send().await
}

async fn contacts(body: &[u8]) -> Result<Response<ContactList>, Error> {
    let server = Server::start([Reply::json(200, body)]).await;
    client(&server).v2_14().contacts().list().send().await
}

/// The error has the status, the body and this text, and nothing of the body in what is logged.
fn check<T>(result: Result<T, Error>, body: &[u8], expected: &str) {
    let name = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
    let Err(error) = result else {
        panic!("{name} was read");
    };
    assert!(error.is_decode(), "{name}: {error}");
    assert_eq!(error.status().unwrap().as_u16(), 200, "{name}");
    assert_eq!(error.body().unwrap(), body, "{name}");
    let shown = error.to_string();
    assert!(
        shown.contains(expected),
        "{name}: {shown}, not {expected:?}"
    );
    assert!(shown.len() < 300, "{name}: {shown}");
    let source = error.source().unwrap();
    let logged = format!("{error} {error:?} {source} {source:?}");
    assert!(!logged.contains(SECRET), "{name}: {logged}");
    assert!(!logged.contains("12345678"), "{name}: {logged}");
}

/// The contact is read, and what could not be read of it is named.
async fn reads(body: &[u8], unread: &[&str]) -> Response<Contact> {
    let name = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
    let contact = contact(body).await;
    let contact = contact.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(contact.unread(), unread, "{name}");
    contact
}

fn nested(depth: usize, open: &str, close: &str) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

#[tokio::test]
async fn what_is_cut_off_is_placed() {
    for (body, expected) in [
        ("{", "the JSON ends too early (line"),
        (
            r#"{"id":"5","email":"ada@example.com"#,
            "too early at email",
        ),
        (r#"{"id":"5","email":"ada@example.com","#, "too early (line"),
        (
            r#"{"id":"5","tags":{"data":[{"id":"ada@example.com"},{"id":"#,
            "too early at tags.data[1].id",
        ),
        (r#"{"id":"5","owner_id":"#, "too early at owner_id"),
        (
            r#"{"id":"5","unknown":["ada@example.com""#,
            "too early at unknown",
        ),
    ] {
        check(contact(body.as_bytes()).await, body.as_bytes(), expected);
    }
}

#[tokio::test]
async fn what_is_no_object_is_refused() {
    for body in [
        r#"["ada@example.com"]"#,
        r#" "ada@example.com""#,
        "12345678",
        "null",
        "true",
        "[]",
    ] {
        let expected = "a value is not of the expected type";
        check(contact(body.as_bytes()).await, body.as_bytes(), expected);
    }
    // A list without the object around it says what it is.
    let list = contacts(br#"[{"type":"contact","id":"5"}]"#).await.unwrap();
    assert_eq!(list.data.len(), 1);
}

#[tokio::test]
async fn what_is_no_json_is_placed() {
    for (body, expected) in [
        (
            r#"{"id":"5"} ada@example.com"#,
            "invalid JSON (line 1, column 12)",
        ),
        (
            r#"{"id":"5"}{"id":"6"}"#,
            "invalid JSON (line 1, column 11)",
        ),
        (
            "{\n\"id\":\"5\",\n\"owner_id\":NaN}",
            "invalid JSON at owner_id (line 3",
        ),
        (
            r#"{"id":"5","owner_id":Infinity}"#,
            "invalid JSON at owner_id",
        ),
        (
            r#"{"id":"5","owner_id":-Infinity}"#,
            "invalid JSON at owner_id",
        ),
        (r#"{"id":"5","owner_id":0x10}"#, "invalid JSON"),
        (
            r#"{"id":"5","email":'ada@example.com'}"#,
            "invalid JSON at email",
        ),
        (
            r#"{"id":"5","email":"ada@example.com",}"#,
            "invalid JSON (line 1",
        ),
    ] {
        check(contact(body.as_bytes()).await, body.as_bytes(), expected);
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_read_over() {
    let read = reads("\u{feff} {\"id\":\"5\"}".as_bytes(), &[]).await;
    assert_eq!(read.id, "5");
}

#[tokio::test]
async fn what_is_no_utf_8_is_read_with_a_mark_in_its_place() {
    let read = reads(b"{\"id\":\"5\",\"name\":\"Ad\xff\"}", &[]).await;
    assert_eq!(read.name.as_deref(), Some("Ad\u{fffd}"));
    let read = reads(b"{\"id\":\"5\",\"name\":\"Ad\\ud83d\"}", &[]).await;
    assert_eq!(read.name.as_deref(), Some("Ad\u{fffd}"));
    let read = reads(b"{\"id\":\"5\",\"name\":\"\\udc00\xc3\xbc\\ud83d!\"}", &[]).await;
    assert_eq!(read.name.as_deref(), Some("\u{fffd}ü\u{fffd}!"));
    let read = reads(
        b"{\"id\":\"5\",\"custom_attributes\":{\"a\":\"\xff\"}}",
        &[],
    )
    .await;
    assert_eq!(read.custom_attributes["a"], "\u{fffd}");
    let body = b"\xff\xfe{\0}\0";
    check(contact(body).await, body, "invalid JSON (line 1, column 1)");
}

#[tokio::test]
async fn what_is_too_deep_is_left_out_and_not_the_end_of_the_program() {
    let lists = nested(10_000, "[", "]");
    let objects = nested(10_000, r#"{"a":"#, "}");
    let attributes = format!(r#"{{"id":"5","custom_attributes":{{"a":{lists}}}}}"#);
    let read = contact(attributes.as_bytes()).await.unwrap();
    assert_eq!(read.unread().len(), 1);
    let place = &read.unread()[0];
    assert!(place.starts_with("custom_attributes.a[0][0]"), "{place}");
    let email = format!(r#"{{"id":"5","email":{objects}}}"#);
    let read = contact(email.as_bytes()).await.unwrap();
    assert!(read.unread().contains(&"email".to_owned()));
    let unknown = format!(r#"{{"unknown":{lists},"id":"5","email":"a@example.com"}}"#);
    let read = contact(unknown.as_bytes()).await.unwrap();
    assert_eq!(read.email.as_deref(), Some("a@example.com"));
    let expected = "a value is not of the expected type";
    check(contact(lists.as_bytes()).await, lists.as_bytes(), expected);
    let endless = "[".repeat(1_000_000);
    check(
        contact(endless.as_bytes()).await,
        endless.as_bytes(),
        "(line 1",
    );
    check(
        contacts(endless.as_bytes()).await,
        endless.as_bytes(),
        "(line 1",
    );
}

#[tokio::test]
async fn a_success_that_is_something_else_is_an_error() {
    for (body, kind) in [
        (
            r#"{"type":"error.list","errors":[{"code":"server_error","message":"try later"}]}"#,
            ErrorKind::Rejected,
        ),
        (
            r#"{"message":"temporarily unavailable"}"#,
            ErrorKind::UnexpectedResponse,
        ),
        ("{}", ErrorKind::UnexpectedResponse),
        (r#"{"id":0,"data":7}"#, ErrorKind::UnexpectedResponse),
        (
            r#"{"id":"","data":"contacts"}"#,
            ErrorKind::UnexpectedResponse,
        ),
        (r#"{"id":[],"data":true}"#, ErrorKind::UnexpectedResponse),
        ("", ErrorKind::EmptyResponse),
        ("  \n", ErrorKind::EmptyResponse),
        ("\u{feff}  <html>", ErrorKind::WebPage),
    ] {
        let one = contact(body.as_bytes()).await.map(drop).unwrap_err();
        let list = contacts(body.as_bytes()).await.map(drop).unwrap_err();
        assert_eq!(
            (one.kind(), list.kind()),
            (kind, kind),
            "{body}: {one} {list}"
        );
        assert!(
            one.may_have_acted() || kind == ErrorKind::Rejected,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_event_that_a_captive_portal_took_is_an_error() {
    let page = "<!DOCTYPE html><html></html>";
    for content_type in ["text/html", "application/json", "text/plain"] {
        let server =
            Server::start([Reply::new(200, &[("content-type", content_type)], page)]).await;
        let events = client(&server).v2_14().data_events();
        let event = events
            .create()
            .event_name("ordered")
            .created_at(intercom_client::chrono::Utc::now());
        let error = event.user_id("7").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WebPage, "{content_type}");
        assert!(error.may_have_acted());
    }
}

#[tokio::test]
async fn of_a_key_that_is_there_twice_the_last_value_counts() {
    let body = br#"{"id":"5","email":"a@example.com","email":"b@example.com"}"#;
    let read = contact(body).await.unwrap();
    assert_eq!(read.email.as_deref(), Some("b@example.com"));
}
