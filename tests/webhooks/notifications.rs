//! What is read from a notification, in all the forms in which its fields come.

use intercom_client::chrono::{DateTime, Utc};
use intercom_client::webhooks::{Notification, Topic, Verifier, WebhookError};
use serde_json::{Value, json};

use crate::{signed, text};

/// A notification with `fields` in place of its own.
fn with(fields: Value) -> Result<Notification, WebhookError> {
    let mut body = json!({
        "type": "notification_event",
        "id": "notif_5c1f",
        "topic": "contact.user.created",
        "app_id": "k3v9x1ab",
        "created_at": 1747222800,
        "first_sent_at": 1747222805,
        "delivery_attempts": 2,
        "delivery_status": "retry",
        "delivered_at": 0,
        "self": "https://api.intercom.io/subscriptions/nsub_7",
        "links": { "docs": "https://example.com" },
        "data": {
            "type": "notification_event_data",
            "item": { "type": "contact", "id": "66f2a9", "email": "ada@example.com" },
        },
    });
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    signed(body.to_string())
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    Some(text.parse().unwrap())
}

#[test]
fn every_field_is_read() {
    let notification = with(json!({})).unwrap();
    assert_eq!(notification.id.as_deref(), Some("notif_5c1f"));
    assert_eq!(notification.topic, Topic::ContactUserCreated);
    assert_eq!(notification.app_id.as_deref(), Some("k3v9x1ab"));
    assert_eq!(notification.created_at, time("2025-05-14T11:40:00Z"));
    assert_eq!(notification.first_sent_at, time("2025-05-14T11:40:05Z"));
    assert_eq!(notification.delivery_attempts, Some(2));
    assert_eq!(notification.delivery_status.as_deref(), Some("retry"));
    let url = "https://api.intercom.io/subscriptions/nsub_7";
    assert_eq!(notification.self_url.as_deref(), Some(url));
    assert_eq!(notification.links["docs"], "https://example.com");
    let data_type = notification.data_type.as_deref();
    assert_eq!(data_type, Some("notification_event_data"));
    assert_eq!(notification.item_type(), Some("contact"));
    assert_eq!(notification.item_id(), Some("66f2a9"));
    let item: Value = notification.item().unwrap();
    assert_eq!(item["email"], "ada@example.com");
}

#[test]
fn a_ping_is_a_notification() {
    let body = r#"{"type":"notification_event","app_id":"k3v9x1ab","data":{"type":"notification_event_data",
        "item":{"type":"ping","message":"hello"}},"links":{},"id":null,"topic":"ping","delivery_status":null,
        "delivery_attempts":1,"delivered_at":0,"first_sent_at":1747222805,"created_at":1747222800,"self":null}"#;
    let ping = signed(body).unwrap();
    assert_eq!((ping.topic, ping.id), (Topic::Ping, None));
    assert_eq!(ping.delivery_attempts, Some(1));
}

#[test]
fn all_but_the_topic_may_be_null_or_absent() {
    let least = signed(r#"{"topic":"ping"}"#).unwrap();
    let null = |name: &&str| format!(r#""{name}":null"#);
    let names = [
        "type",
        "id",
        "app_id",
        "created_at",
        "first_sent_at",
        "delivery_attempts",
        "delivery_status",
        "self",
        "links",
        "data",
    ];
    let nulls: Vec<_> = names.iter().map(null).collect();
    let null = signed(format!(r#"{{"topic":"ping",{}}}"#, nulls.join(","))).unwrap();
    let empty = signed(r#"{"topic":"ping","data":{"item":null,"type":null}}"#).unwrap();
    for notification in [least, null, empty] {
        assert_eq!(notification.topic, Topic::Ping);
        assert_eq!(notification.created_at, None);
        assert_eq!(notification.delivery_attempts, None);
        assert!(notification.links.is_empty());
        assert_eq!(notification.item_type(), None);
        assert_eq!(notification.item_json(), "null");
        assert_eq!(notification.item::<Value>().unwrap(), Value::Null);
        assert_eq!(notification.item::<Option<Value>>().unwrap(), None);
    }
}

#[test]
fn times_and_numbers_are_read_in_every_form() {
    let expected = time("2025-05-14T11:40:00Z");
    for form in [
        json!(1747222800),
        json!("1747222800"),
        json!(1747222800.0),
        json!("2025-05-14T11:40:00Z"),
        json!("2025-05-14T13:40:00.000+02:00"),
        json!("2025-05-14T11:40:00"),
    ] {
        let read = with(json!({ "created_at": form, "first_sent_at": form })).unwrap();
        assert_eq!(
            (read.created_at, read.first_sent_at),
            (expected, expected),
            "{form}"
        );
    }
    let read =
        with(json!({ "delivery_attempts": "3", "id": 12, "app_id": 7, "links": [] })).unwrap();
    assert_eq!(read.delivery_attempts, Some(3));
    assert_eq!(
        (read.id.as_deref(), read.app_id.as_deref()),
        (Some("12"), Some("7"))
    );
    let read = with(json!({ "delivery_attempts": -1 })).unwrap();
    assert_eq!(read.delivery_attempts, None);
}

#[test]
fn an_unknown_topic_stays_what_it_is() {
    for name in [
        "pigeon.arrived",
        "CONTACT.CREATED",
        "",
        " ",
        "contact.user.created ",
        "…",
    ] {
        let topic = with(json!({ "topic": name })).unwrap().topic;
        assert_eq!(topic, Topic::Unknown(name.to_owned()));
        assert_eq!((topic.as_str(), topic.to_string().as_str()), (name, name));
        assert_eq!(name.parse(), Ok(topic.clone()));
    }
}

#[test]
fn of_a_key_that_is_there_twice_the_last_value_counts() {
    for body in [
        r#"{"topic":"a","topic":"ping"}"#,
        r#"{"data":{"item":{"id":"1"}},"topic":"ping","data":{"item":{"type":"contact","id":"1","id":"2"}}}"#,
        r#"{"data":{"item":7,"item":{"type":"contact","id":2}},"topic":"ping"}"#,
    ] {
        let read = signed(body).unwrap();
        assert_eq!(read.topic, Topic::Ping, "{body}");
        let id = body.contains("data").then_some("2");
        assert_eq!(read.item_id(), id, "{body}");
    }
    for data in ["null", "\"\"", "[]", "{}"] {
        let read = signed(format!(r#"{{"topic":"ping","data":{data}}}"#)).unwrap();
        assert_eq!(read.item_json(), "null", "{data}");
    }
}

#[test]
fn every_known_topic_is_read_and_written() {
    for name in Topic::VALUES {
        let topic = with(json!({ "topic": name })).unwrap().topic;
        assert!(!matches!(topic, Topic::Unknown(_)), "{name}");
        assert_eq!(topic.as_str(), *name);
    }
    assert_eq!(Topic::VALUES.len(), 110);
}

#[test]
fn what_is_signed_and_no_notification_says_where() {
    for (body, place) in [
        ("", "too early"),
        ("null", "expected type"),
        ("[]", "expected type"),
        (r#"["notification_event",1,"ping"]"#, "expected type"),
        ("\"ping\"", "expected type"),
        ("{}", "missing at topic"),
        (r#"{"topic":null}"#, "missing at topic"),
        (r#"{"topic":["ada@example.com"]}"#, "at topic"),
        (r#"{"topic":"ping","data":"ada@example.com"}"#, "at data"),
        (r#"{"topic":"ping"} ada@example.com"#, "invalid JSON"),
        (
            r#"{"topic":"ping","data":{"item":{"email":"ada@example.com""#,
            "too early",
        ),
    ] {
        let error = signed(body).unwrap_err();
        assert!(
            matches!(error, WebhookError::InvalidNotification(_)),
            "{body}: {error}"
        );
        assert!(error.to_string().contains(place), "{body}: {error}");
        assert!(!text(&error).contains("ada"), "{body}: {error:?}");
    }
    // What is no UTF-8 is read with a mark in its place.
    let read = signed(b"{\"topic\":\"ping\",\"data\":{\"item\":\"\xff\"}}").unwrap();
    assert_eq!(read.item_json(), "\"\u{fffd}\"");
}

#[test]
fn an_item_that_is_something_else_says_where() {
    #[derive(Debug, serde::Deserialize)]
    struct Item {
        #[allow(dead_code, reason = "it is not read")]
        tags: Vec<u8>,
    }
    let item = json!({ "item": { "tags": [1, "ada@example.com"] } });
    let error = with(json!({ "data": item }))
        .unwrap()
        .item::<Item>()
        .unwrap_err();
    assert!(matches!(error, WebhookError::InvalidItem(_)) && !error.is_unauthenticated());
    let shown = text(&error);
    for part in ["data.item", "Item", "tags[1]"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    assert!(!shown.contains("ada"), "{shown}");

    let error = with(json!({})).unwrap().item::<Item>().unwrap_err();
    assert!(error.to_string().contains("missing at tags"), "{error}");
}

#[test]
fn an_item_nested_too_deeply_is_there_as_it_came() {
    let deep = format!(
        r#"{{"topic":"ping","data":{{"item":{}{}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let notification = signed(deep).unwrap();
    assert!(notification.item::<Value>().is_ok());
    assert_eq!(notification.item_json().len(), 200_000);
    assert!(signed("[".repeat(100_000)).is_err());
}

#[test]
fn the_id_of_an_item_is_found_where_it_is() {
    let id = |item: Value| {
        let notification = with(json!({ "data": { "item": item } })).unwrap();
        notification.item_id().map(str::to_owned)
    };
    assert_eq!(
        id(json!({ "type": "contact", "id": "66f2a9", "deleted": true })),
        Some("66f2a9".into())
    );
    assert_eq!(
        id(json!({ "type": "content_import_source", "id": 33 })),
        Some("33".into())
    );
    assert_eq!(
        id(json!({ "type": "conversation", "conversation_id": "456" })),
        Some("456".into())
    );
    // That of something else.
    assert_eq!(
        id(json!({ "type": "procedure.hitl_notification", "conversation_id": "456" })),
        None
    );
    for none in [
        json!({}),
        json!([]),
        json!("66f2a9"),
        json!(7),
        json!({ "id": null }),
    ] {
        assert_eq!(id(none.clone()), None, "{none}");
    }
}

#[test]
fn the_item_is_not_shown() {
    let notification = with(json!({})).unwrap();
    let shown = format!("{notification:?} {notification:#?}");
    for part in ["ContactUserCreated", "notif_5c1f", "k3v9x1ab", "2025-05-14"] {
        assert!(shown.contains(part), "{shown}");
    }
    assert!(
        !shown.contains("ada") && !shown.contains("66f2a9"),
        "{shown}"
    );
}

#[test]
fn a_body_that_was_verified_is_read_without_the_secret() {
    let body = br#"{"topic":"ticket.created","data":{"item":{"type":"ticket","id":"9"}}}"#;
    let read = Notification::from_unverified(body).unwrap();
    let verified = Verifier::new("s")
        .verify(body, Some(Verifier::new("s").sign(body)))
        .unwrap();
    assert_eq!(read.item_json(), verified.item_json());
    assert_eq!(read.item_json(), r#"{"type":"ticket","id":"9"}"#);
}
