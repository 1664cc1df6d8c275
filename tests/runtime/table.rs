//! Odd forms of each kind of value, and what is read of them: a strict client fails exactly where something is left out, and
//! what is stored has every key that came.

mod containers;
mod places;

use intercom_client::{Decoding, Error, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::support::{Reply, Server};

#[derive(Clone, Copy)]
enum Of {
    Contact,
    Conversation,
    Contacts,
}
use Of::{Contact, Contacts, Conversation};

/// What a client reads of a body: the value as it is stored, and what it left out.
async fn read(of: Of, body: &[u8], decoding: Decoding) -> Result<(Value, Vec<String>), Error> {
    let server = Server::start([Reply::json(200, body)]).await;
    let client = crate::builder(&server).decoding(decoding).build().unwrap();
    let api = client.v2_14();
    match of {
        Contact => api.contacts().get("5").send().await.map(stored),
        Conversation => api.conversations().get("5").send().await.map(stored),
        Contacts => api.contacts().list().send().await.map(stored),
    }
}

fn stored<T: Serialize>(response: Response<T>) -> (Value, Vec<String>) {
    let unread = response.unread().to_vec();
    (serde_json::to_value(&*response).unwrap(), unread)
}

/// Reads a body in both ways; `expected` are places of what is stored, and what is there.
async fn check(of: Of, body: &[u8], unread: &[&str], expected: &[(&str, Value)]) {
    let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
    let (found, left_out) = read(of, body, Decoding::Lenient)
        .await
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
    assert_eq!(left_out, unread, "{shown}");
    for (place, value) in expected {
        let found = found.pointer(place).unwrap_or(&Value::Null);
        assert_eq!(found, value, "{shown}: {place}");
    }
    let strict = read(of, body, Decoding::Strict).await;
    match strict {
        Ok((same, _)) => {
            assert!(unread.is_empty(), "{shown}: a strict client read it");
            assert_eq!(same, found, "{shown}");
        }
        Err(error) => {
            assert!(error.is_decode() && !unread.is_empty(), "{shown}: {error}");
            assert!(error.to_string().contains(unread[0]), "{shown}: {error}");
        }
    }
    if let Ok(sent) = serde_json::from_slice::<Value>(body) {
        keeps(&sent, &found, &shown);
    }
}

/// Every key that came and says something is there.
fn keeps(sent: &Value, found: &Value, shown: &str) {
    match (sent, found) {
        (Value::Object(sent), Value::Object(found)) => {
            for (key, value) in sent {
                let is_nothing = match value {
                    Value::Null => true,
                    Value::String(text) => text.trim().is_empty() || text == "0",
                    Value::Number(number) => number.as_f64() == Some(0.0),
                    Value::Array(list) => list.iter().all(Value::is_null),
                    Value::Object(map) => map.is_empty(),
                    Value::Bool(_) => false,
                };
                match found.get(key) {
                    Some(found) => keeps(value, found, shown),
                    None => assert!(is_nothing, "{shown}: {key} is lost"),
                }
            }
        }
        (Value::Array(sent), Value::Array(found)) if sent.len() == found.len() => {
            sent.iter()
                .zip(found)
                .for_each(|(sent, found)| keeps(sent, found, shown));
        }
        _ => {}
    }
}

/// A field of a contact.
async fn field(name: &str, value: &str, is_read: bool, expected: Value) {
    let body = format!(r#"{{"id":"5","{name}":{value},"email":"a@example.com"}}"#);
    let left_out = [name];
    let (place, last) = (format!("/{name}"), ("/email", json!("a@example.com")));
    let unread = if is_read { &[][..] } else { &left_out };
    check(
        Contact,
        body.as_bytes(),
        unread,
        &[(&place, expected), last],
    )
    .await;
}

#[tokio::test]
async fn a_text_is_a_text_a_number_or_a_bool() {
    for (value, expected) in [
        ("true", json!("true")),
        ("7", json!("7")),
        ("-7.25", json!("-7.25")),
        ("18446744073709551616", json!("18446744073709551616")),
        ("\"\"", json!("")),
        ("null", Value::Null),
    ] {
        field("name", value, true, expected).await;
    }
    for value in ["[]", "{}", "[7]", r#"{"a":[1,null]}"#] {
        let json: Value = serde_json::from_str(value).unwrap();
        field("name", value, false, json).await;
    }
}

#[tokio::test]
async fn a_bool_is_what_says_yes_or_no() {
    for (value, expected) in [
        ("\"TRUE\"", json!(true)),
        ("\" false \"", json!(false)),
        ("1", json!(true)),
        ("0", json!(false)),
        ("\"1\"", json!(true)),
        ("\"0\"", json!(false)),
        ("\"\"", Value::Null),
        ("null", Value::Null),
    ] {
        field("has_hard_bounced", value, true, expected).await;
    }
    for value in ["2", "\"yes\"", "[]", "{}", "1.5"] {
        let json: Value = serde_json::from_str(value).unwrap();
        field("has_hard_bounced", value, false, json).await;
    }
}

#[tokio::test]
async fn a_time_is_a_form_of_iso_8601_or_rfc_2822_or_a_number_by_its_size() {
    let second = 1_704_164_645;
    for (value, expected) in [
        ("1704164645", json!(second)),
        ("\"1704164645\"", json!(second)),
        ("1704164645000", json!(second)),
        ("1704164645000000", json!(second)),
        ("\"1704164645000\"", json!(second)),
        ("1704164645.5", json!(1_704_164_645.5)),
        ("\"2024-01-02T03:04:05Z\"", json!(second)),
        ("\"2024-01-02T03:04:05.000+00:00\"", json!(second)),
        ("\"2024-01-02T05:04:05+0200\"", json!(second)),
        ("\"2024-01-02 03:04:05\"", json!(second)),
        ("\"2024-01-02 03:04:05 UTC\"", json!(second)),
        ("\"2024-01-02 05:04:05 +0200\"", json!(second)),
        ("\"2024-01-02T03:04Z\"", json!(1_704_164_640)),
        ("\"2024-01-02T03:04:05,000Z\"", json!(second)),
        ("\"20240102T030405Z\"", json!(second)),
        ("\"20240102T050405+0200\"", json!(second)),
        ("\"Tue, 02 Jan 2024 03:04:05 GMT\"", json!(second)),
        ("\"Tue, 02 Jan 2024 03:04:05 +0000\"", json!(second)),
        ("\"2024-01-02\"", json!(1_704_153_600)),
        ("\"\"", Value::Null),
        ("0", json!(0)),
        ("-1", json!(-1)),
    ] {
        field("signed_up_at", value, true, expected).await;
    }
    for value in [
        "\"tomorrow\"",
        "true",
        "[]",
        "{}",
        "100000000000000000",
        "\"2024-13-02\"",
    ] {
        let json: Value = serde_json::from_str(value).unwrap();
        field("signed_up_at", value, false, json).await;
    }
}

#[tokio::test]
async fn an_integer_is_a_number_or_the_text_of_one() {
    for (value, is_read, expected) in [
        ("\"42\"", true, json!(42)),
        ("\" 42 \"", true, json!(42)),
        ("42.9", true, json!(42)),
        ("\"42.9\"", true, json!(42)),
        ("4.2e1", true, json!(42)),
        ("9223372036854775807", true, json!(i64::MAX)),
        ("\"\"", true, Value::Null),
        ("null", true, Value::Null),
        ("\"many\"", false, json!("many")),
        ("true", false, json!(true)),
        ("[]", false, json!([])),
        (
            "9223372036854775808",
            false,
            json!(9_223_372_036_854_775_808_u64),
        ),
    ] {
        let body = format!(
            r#"{{"id":"5","statistics":{{"count_reopens":{value},"count_assignments":1}}}}"#
        );
        let unread = if is_read {
            &[][..]
        } else {
            &["statistics.count_reopens"]
        };
        let expected = [
            ("/statistics/count_reopens", expected),
            ("/statistics/count_assignments", json!(1)),
        ];
        check(Conversation, body.as_bytes(), unread, &expected).await;
    }
}

#[tokio::test]
async fn an_enum_is_any_text() {
    for (value, is_read, expected) in [
        ("\"open\"", true, json!("open")),
        ("\"dormant\"", true, json!("dormant")),
        ("\"\"", true, Value::Null),
        ("null", true, Value::Null),
        ("7", false, json!(7)),
        ("true", false, json!(true)),
        ("[\"open\"]", false, json!(["open"])),
        ("{}", false, json!({})),
    ] {
        let body = format!(r#"{{"id":"5","state":{value},"title":"t"}}"#);
        let unread = if is_read { &[][..] } else { &["state"] };
        check(
            Conversation,
            body.as_bytes(),
            unread,
            &[("/state", expected), ("/title", json!("t"))],
        )
        .await;
    }
}

#[tokio::test]
async fn an_id_is_text_and_zero_is_nobody() {
    for (value, expected) in [
        ("0", Value::Null),
        ("\"0\"", Value::Null),
        ("\"\"", Value::Null),
        ("\" \"", Value::Null),
        ("814860", json!(814_860)),
        ("\"814860\"", json!(814_860)),
        ("\"a-17\"", json!("a-17")),
        ("\"007\"", json!("007")),
        ("-0.0", Value::Null),
    ] {
        field("owner_id", value, true, expected).await;
    }
    field("owner_id", "{\"id\":7}", false, json!({"id":7})).await;
    for (value, expected) in [
        ("0", json!("0")),
        ("\"0\"", json!("0")),
        ("7.0", json!("7")),
    ] {
        field("external_id", value, true, expected).await;
    }
}
