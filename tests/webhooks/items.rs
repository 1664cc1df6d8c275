//! Items as the types of version 2.14.

use intercom_client::v2_14::types;
use intercom_client::webhooks::{Notification, Topic, WebhookError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{signed, text};

fn notification(topic: &str, item: Value) -> Notification {
    let data = json!({ "type": "notification_event_data", "item": item });
    signed(json!({ "topic": topic, "data": data }).to_string()).unwrap()
}

type Read = fn(&Notification) -> Result<Value, WebhookError>;

/// Reads an item as `T`, and writes it again.
fn through<T: DeserializeOwned + Serialize>(
    notification: &Notification,
) -> Result<Value, WebhookError> {
    let item: T = notification.item()?;
    Ok(serde_json::to_value(item).unwrap())
}

#[test]
fn an_item_reads_as_the_type_that_it_names() {
    let readers: &[(&str, &str, Read)] = &[
        ("admin.logged_in", "admin", through::<types::Admin>),
        ("company.created", "company", through::<types::Company>),
        ("contact.deleted", "contact", through::<types::Contact>),
        (
            "conversation.read",
            "conversation",
            through::<types::Conversation>,
        ),
        (
            "conversation_part.redacted",
            "conversation_part",
            through::<types::ConversationPart>,
        ),
        ("ticket.created", "ticket", through::<types::Ticket>),
        #[cfg(feature = "all-resources")]
        ("article.created", "article", through::<types::Article>),
        #[cfg(feature = "all-resources")]
        ("call.started", "call", through::<types::Call>),
        #[cfg(feature = "all-resources")]
        (
            "content_import_source.created",
            "content_import_source",
            through::<types::ContentImportSource>,
        ),
        #[cfg(feature = "all-resources")]
        ("event.created", "event", through::<types::DataEvent>),
        #[cfg(feature = "all-resources")]
        ("job.completed", "job", through::<types::Jobs>),
        #[cfg(feature = "all-resources")]
        ("visitor.signed_up", "visitor", through::<types::Visitor>),
    ];
    for (topic, item_type, reader) in readers {
        let sent = notification(topic, json!({ "type": item_type, "id": "712" }));
        assert!(!matches!(sent.topic, Topic::Unknown(_)), "{topic}");
        assert_eq!(sent.item_type(), Some(*item_type));
        let item = reader(&sent).unwrap_or_else(|error| panic!("{topic}: {error}"));
        assert!(item["id"] == "712" || item["id"] == 712, "{topic}: {item}");
    }
}

#[test]
fn a_contact_has_its_times_as_texts() {
    let sent = notification(
        "contact.user.updated",
        json!({
            "type": "contact", "id": "66f2a9", "workspace_id": "k3v9x1ab", "role": "user",
            "email": "ada@example.com", "phone": null, "avatar": null, "owner_id": null,
            "created_at": "2025-05-14T11:40:00.016+00:00", "updated_at": "2025-05-15T08:00:00.988+00:00",
            "signed_up_at": null, "last_seen_at": 1747222800, "has_hard_bounced": false,
            "social_profiles": { "type": "list", "data": [] },
            "location": { "type": "location", "country": "Japan", "city": null },
            "tags": { "type": "list", "data": [{ "type": "tag", "id": "93", "url": "/tags/93" }], "total_count": 1 },
            "companies": { "type": "list", "data": [], "has_more": false },
            "custom_attributes": { "plan": "gold" }, "not_in_the_description": [1],
        }),
    );
    let contact: types::Contact = sent.item().unwrap();
    assert_eq!(contact.id, "66f2a9");
    assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
    let created_at = contact.created_at.unwrap();
    assert_eq!(created_at.timestamp_millis(), 1_747_222_800_016);
    assert_eq!(contact.last_seen_at.unwrap().timestamp(), 1_747_222_800);
}

#[test]
fn a_conversation_has_lists_without_envelopes() {
    let sent = notification(
        "conversation.user.replied",
        json!({
            "type": "conversation", "id": 204100731, "created_at": 1747222800, "state": "open",
            "read": false, "admin_assignee_id": 5017690, "team_assignee_id": null,
            "contacts": [{ "type": "contact", "id": "66f2a9" }],
            "teammates": [{ "type": "admin", "id": "5017690" }],
            "tags": { "type": "tag.list", "tags": [] },
            "source": { "type": "conversation", "id": "31", "delivered_as": "customer_initiated" },
            "conversation_parts": {
                "type": "conversation_part.list", "total_count": 1,
                "conversation_parts": [{ "type": "conversation_part", "id": "78", "part_type": "comment" }],
            },
        }),
    );
    let conversation: types::Conversation = sent.item().unwrap();
    assert_eq!(conversation.id, "204100731");
    assert_eq!(sent.item_id(), Some("204100731"));
    let written = serde_json::to_value(&conversation).unwrap();
    assert_eq!(written["contacts"]["contacts"][0]["id"], "66f2a9");
    assert_eq!(
        written["conversation_parts"]["conversation_parts"][0]["id"],
        "78"
    );
}

#[test]
fn what_was_deleted_is_known_by_its_id() {
    let contact = notification(
        "contact.deleted",
        json!({ "type": "contact", "id": "66f2a9", "deleted": true }),
    );
    let read: types::ContactDeleted = contact.item().unwrap();
    assert_eq!(contact.item_id(), Some(read.id.as_str()));

    let conversation = notification(
        "conversation.deleted",
        json!({ "type": "conversation", "conversation_id": "456" }),
    );
    let error = conversation.item::<types::Conversation>().unwrap_err();
    assert!(error.to_string().contains("missing at id"), "{error}");
    assert_eq!(conversation.item_id(), Some("456"));
}

#[test]
fn two_things_side_by_side_are_taken_apart() {
    #[derive(Deserialize)]
    struct Attached {
        contact: types::Contact,
        conversation: types::Conversation,
    }
    let sent = notification(
        "conversation.contact.attached",
        json!({
            "conversation": { "type": "conversation", "id": "456" },
            "contact": { "type": "contact", "id": "66f2a9", "created_at": "2025-05-14T11:40:00Z" },
        }),
    );
    let attached: Attached = sent.item().unwrap();
    assert_eq!(attached.contact.id, "66f2a9");
    assert_eq!(attached.conversation.id, "456");

    #[derive(Deserialize)]
    struct ContactTag {
        contact: types::Contact,
        tag: types::Tag,
    }
    let sent = notification(
        "contact.user.tag.created",
        json!({
            "type": "contact_tag", "created_at": 1747222800,
            "tag": { "type": "tag", "id": "93", "name": "gold" },
            "contact": { "type": "contact", "id": "66f2a9" },
        }),
    );
    let tagged: ContactTag = sent.item().unwrap();
    assert_eq!(tagged.contact.id, "66f2a9");
    assert_eq!(tagged.tag.name.as_deref(), Some("gold"));

    // From version 2.15 on, a ticket that was closed is inside of the item.
    #[derive(Deserialize)]
    struct Closed {
        ticket: types::Ticket,
    }
    let sent = notification(
        "ticket.closed",
        json!({ "ticket": { "type": "ticket", "id": "9", "ticket_id": "12" } }),
    );
    let closed: Closed = sent.item().unwrap();
    assert_eq!(closed.ticket.id, "9");
}

#[test]
fn the_error_names_the_type_and_the_field() {
    let sent = notification(
        "contact.user.created",
        json!({ "type": "contact", "name": "ada@example.com" }),
    );
    let error = sent.item::<types::Contact>().unwrap_err();
    for part in ["data.item", "Contact", "missing at id"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    assert!(!text(&error).contains("ada"), "{error:?}");
}

#[test]
fn what_cannot_be_read_of_an_item_is_left_out_and_named() {
    let sent = notification(
        "contact.user.created",
        json!({ "type": "contact", "id": "66f2a9", "created_at": "soon", "tags": { "data": [{ "id": "1" }, 7] } }),
    );
    let contact: types::Contact = sent.item().unwrap();
    assert_eq!(contact.created_at, None);
    assert_eq!(contact.tags.unwrap().data.len(), 1);
    let unread = sent.unread::<types::Contact>().unwrap();
    assert_eq!(unread, ["created_at", "tags.data[1]"]);
}
