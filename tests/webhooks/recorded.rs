//! Notifications that others received, where the recordings are beside the checkout.

use std::path::Path;

use serde_json::Value;

use crate::signed;

#[test]
fn recorded_notifications_are_read() {
    let recordings =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/recorded/payloads.jsonl");
    let Ok(lines) = std::fs::read_to_string(&recordings) else {
        println!("skipped: there are no recordings beside the checkout");
        return;
    };
    let mut read = 0;
    for line in lines.lines() {
        let recording: Value = serde_json::from_str(line).unwrap();
        if recording["kind"] != "webhook" {
            continue;
        }
        let (name, body) = (&recording["id"], &recording["body"]);
        let notification =
            signed(body.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(body["topic"], notification.topic.as_str(), "{name}");
        assert_eq!(body["id"].as_str(), notification.id.as_deref(), "{name}");
        assert_eq!(
            body["app_id"].as_str(),
            notification.app_id.as_deref(),
            "{name}"
        );
        let created_at = notification.created_at.map(|time| time.timestamp());
        assert_eq!(body["created_at"].as_i64(), created_at, "{name}");
        assert_eq!(
            body["data"]["item"],
            notification.item::<Value>().unwrap(),
            "{name}"
        );
        #[cfg(all(feature = "v2_14", feature = "contacts", feature = "conversations"))]
        check_item(name, &notification);
        read += 1;
    }
    assert!(read > 0, "there is no webhook among the recordings");
    println!("{read} recorded notifications were read");
}

#[cfg(all(feature = "v2_14", feature = "contacts", feature = "conversations"))]
fn check_item(name: &Value, notification: &intercom_client::webhooks::Notification) {
    use intercom_client::v2_14::types::{Contact, Conversation};

    let id = match notification.item_type() {
        Some("contact") => notification.item::<Contact>().map(|contact| contact.id),
        // It has an id of another name, and nothing else.
        Some("conversation") if notification.topic == "conversation.deleted" => return,
        Some("conversation") => notification.item::<Conversation>().map(|found| found.id),
        _ => return,
    };
    let id = id.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(notification.item_id(), Some(id.as_str()), "{name}");
}
