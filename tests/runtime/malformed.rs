//! Answers that are broken, too large or too deep: an error that says where, or what could be read, and never a panic.

use std::error::Error as _;

use intercom_client::v2_14::types::{Contact, ContactList};
use intercom_client::{Error, Response};

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

fn nested(depth: usize, open: &str, close: &str) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

#[tokio::test]
async fn what_is_cut_off_is_placed() {
    for (body, expected) in [
        ("", "the body is empty"),
        ("  \n", "the JSON ends too early (line 2, column 0)"),
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
        let expected = "a value is not of the expected type (line 1";
        check(contact(body.as_bytes()).await, body.as_bytes(), expected);
    }
    // A list without the object around it says what it is.
    let list = contacts(br#"[{"type":"contact","id":"5"}]"#).await.unwrap();
    assert_eq!(list.data.len(), 1);
}

#[tokio::test]
async fn what_is_no_json_is_placed() {
    for (body, expected) in [
        ("\u{feff}{}", "invalid JSON (line 1, column 1)"),
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
async fn what_is_no_utf_8_is_placed_unless_nothing_reads_it() {
    for (body, expected) in [
        (
            &b"{\"id\":\"5\",\"email\":\"ada@example.com\xff\"}"[..],
            "invalid JSON at email",
        ),
        (
            b"{\"id\":\"5\",\"custom_attributes\":{\"a\":\"ada@example.com\xff\"}}",
            "at custom_attributes.a",
        ),
        (
            b"{\"id\":\"5\",\"ada@example.com\xff\":1}",
            "invalid JSON (line 1",
        ),
        (b"\xff\xfe{\0}\0", "invalid JSON (line 1, column 1)"),
    ] {
        check(contact(body).await, body, expected);
    }
    let read = contact(b"{\"id\":\"5\",\"unknown\":\"\xff\"}")
        .await
        .unwrap();
    assert_eq!(read.email, None);
}

#[tokio::test]
async fn what_is_too_deep_is_an_error_and_not_the_end_of_the_program() {
    let lists = nested(10_000, "[", "]");
    let objects = nested(10_000, r#"{"a":"#, "}");
    let attributes = format!(r#"{{"id":"5","custom_attributes":{{"a":{lists}}}}}"#);
    let tags = format!(r#"{{"id":"5","tags":{{"data":[{lists}]}}}}"#);
    for (body, expected) in [
        (
            lists.as_str(),
            "a value is not of the expected type (line 1",
        ),
        (&"[".repeat(1_000_000), "(line 1"),
        (&attributes, "at custom_attributes.a[0][0]"),
        (&format!(r#"{{"id":"5","email":{objects}}}"#), "at email"),
        (&tags, "at tags.data[0]"),
    ] {
        check(contact(body.as_bytes()).await, body.as_bytes(), expected);
    }
    for (body, expected) in [
        (&lists, "at [0] (line 1"),
        (&"[".repeat(1_000_000), "(line 1"),
    ] {
        check(contacts(body.as_bytes()).await, body.as_bytes(), expected);
    }
    // Nobody reads it.
    let ignored = format!(r#"{{"unknown":{lists},"id":"5","email":"a@example.com"}}"#);
    let read = contact(ignored.as_bytes()).await.unwrap();
    assert_eq!(read.email.as_deref(), Some("a@example.com"));
}

#[tokio::test]
async fn a_number_that_does_not_fit_is_placed() {
    for (value, field) in [
        ("123456789012345678901234567890", "owner_id"),
        ("1e999", "owner_id"),
        ("123456789012345678901234567890", "created_at"),
        ("9223372036854775807", "created_at"),
        ("-1e300", "created_at"),
        // Rounded, it would be the id of something else.
        ("123456789012345678901234567890", "external_id"),
    ] {
        let body = format!(r#"{{"id":"5","{field}":{value},"name":"Ada"}}"#);
        check(
            contact(body.as_bytes()).await,
            body.as_bytes(),
            &format!(" at {field} (line 1"),
        );
    }
    for count in [
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "\"123456789012345678901234567890\"",
        "1e999",
        "12.5",
    ] {
        let body = format!(r#"{{"data":[],"total_count":{count},"type":"list"}}"#);
        check(
            contacts(body.as_bytes()).await,
            body.as_bytes(),
            " at total_count (line 1",
        );
    }
    for id in [
        "18446744073709551615",
        "-9223372036854775808",
        "12345678901234567",
    ] {
        let body = format!(r#"{{"id":"5","external_id":{id}}}"#);
        let read = contact(body.as_bytes()).await.unwrap();
        assert_eq!(read.external_id.as_deref(), Some(id));
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_placed_wherever_it_is() {
    for (body, place) in [
        (
            r#"{"id":"5","email":{"address":"ada@example.com"}}"#,
            "email",
        ),
        (r#"{"id":"5","email":["ada@example.com"]}"#, "email"),
        (
            r#"{"id":"5","tags":{"data":[{"id":"1"},{"id":{"ada@example.com":1}}]}}"#,
            "tags.data[1].id",
        ),
        (
            r#"{"id":"5","tags":{"data":[{"id":"1"}, true , {"id":"2"}]}}"#,
            "tags.data[1]",
        ),
        (r#"{"id":"5","owner_id":["ada@example.com"]}"#, "owner_id"),
        (r#"{"id":"5","has_hard_bounced":7}"#, "has_hard_bounced"),
        (r#"{"id":"5","created_at":"ada@example.com"}"#, "created_at"),
        (
            r#"{"id":"5","custom_attributes":"ada@example.com"}"#,
            "custom_attributes",
        ),
    ] {
        let expected = format!("a value is not of the expected type at {place} (line 1");
        check(contact(body.as_bytes()).await, body.as_bytes(), &expected);
    }
}

#[tokio::test]
async fn of_a_key_that_is_there_twice_the_last_value_counts() {
    let body = br#"{"id":"5","email":"a@example.com","email":"b@example.com"}"#;
    let read = contact(body).await.unwrap();
    assert_eq!(read.email.as_deref(), Some("b@example.com"));
}
