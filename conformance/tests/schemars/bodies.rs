//! Bodies as they are received and sent, of our own making, one for each way in which types are read.

use intercom_client::{schemars::JsonSchema, v2_14::types};
use jsonschema::Validator;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// A body, and what to do with it.
pub struct Body {
    pub name: &'static str,
    pub writes: Validator,
    pub through: fn(&Value) -> Result<Value, serde_json::Error>,
    pub value: Value,
}

fn body<T: JsonSchema + DeserializeOwned + Serialize>(name: &'static str, value: Value) -> Body {
    Body {
        name,
        writes: super::writes::<T>(),
        through: super::through::<T>,
        value,
    }
}

pub fn received() -> Vec<Body> {
    let author =
        json!({ "type": "admin", "id": "8", "name": "Grace", "email": "grace@example.com" });
    vec![
        body::<types::Contact>(
            "contact",
            json!({
                "type": "contact", "id": "63a", "email": "ada@example.com", "owner_id": 8, "has_hard_bounced": false,
                "created_at": 1_663_753_631, "signed_up_at": null, "custom_attributes": { "plan": "pro" },
                "avatar": { "type": "avatar", "image_url": "https://example.com/ada.png" },
                "tags": { "url": "/contacts/63a/tags", "total_count": 1, "has_more": false,
                    "data": [{ "type": "tag", "id": "2", "url": "/tags/2" }] },
                "location": { "type": "location", "country": "Norway", "city": "Oslo" },
            }),
        ),
        body::<types::Conversation>(
            "conversation",
            json!({
                "type": "conversation", "id": "7", "created_at": 1_663_753_631, "open": true, "state": "open",
                "priority": "not_priority", "admin_assignee_id": 0, "team_assignee_id": "8",
                "source": { "type": "conversation", "id": "4", "delivered_as": "customer_initiated",
                    "author": author, "attachments": [{ "type": "upload", "name": "a.png", "filesize": 7 }] },
                "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "63a" }] },
                "conversation_parts": { "type": "conversation_part.list", "total_count": 1,
                    "conversation_parts": [{ "type": "conversation_part", "id": "1", "part_type": "comment",
                        "body": "<p>Hi</p>", "created_at": 1_663_753_650, "author": author }] },
                "statistics": { "type": "conversation_statistics", "time_to_assignment": 4 },
                "custom_attributes": { "Language": "English" },
            }),
        ),
        body::<types::Ticket>(
            "ticket",
            json!({
                "type": "ticket", "id": "64", "ticket_id": "20", "category": "Customer", "open": true,
                "ticket_attributes": { "_default_title_": "Broken" }, "created_at": 1_663_753_631,
                "ticket_state": { "type": "ticket_state", "id": "4", "category": "in_progress" },
                "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "63a" }] },
            }),
        ),
        body::<types::CompaniesFindResponse>(
            "tagged company list",
            json!({
                "type": "list", "total_count": 1,
                "data": [{ "type": "company", "id": "5", "company_id": "6", "monthly_spend": 49,
                    "plan": { "type": "plan", "id": "1", "name": "pro" }, "custom_attributes": {} }],
                "pages": { "type": "pages", "page": 1, "per_page": 15, "next": { "starting_after": "abc" } },
            }),
        ),
        body::<types::Article>(
            "article",
            json!({
                "type": "article", "id": "9", "author_id": 8, "state": "published", "parent_ids": [18, 19],
                "statistics": { "type": "article_statistics", "views": 7, "happy_reaction_percentage": 0.5 },
                "translated_content": { "type": "article_translated_content", "fr": { "title": "Bonjour" } },
            }),
        ),
        body::<types::DataEventSummary>(
            "event summary",
            json!({
                "type": "event.summary", "email": "ada@example.com",
                "events": [{ "name": "placed-order", "first": "2023-11-14T22:13:20Z", "count": 1 }],
            }),
        ),
    ]
}

pub fn sent() -> Vec<Body> {
    vec![
        body::<types::UpdateContactRequest>(
            "update of a contact",
            json!({ "name": "Ada", "phone": null, "owner_id": 8, "signed_up_at": 1_700_000_000,
                "unsubscribed_from_emails": true, "custom_attributes": { "plan": "pro" } }),
        ),
        body::<types::CreateMessageRequest>(
            "message",
            json!({ "message_type": "email", "body": "<p>Hi</p>", "from": { "type": "admin", "id": 8 },
                "to": { "type": "user", "id": "63a" }, "cc": [{ "type": "lead", "id": "63b" }] }),
        ),
        body::<types::ConversationsManageRequest>(
            "snooze",
            json!({ "message_type": "snoozed", "admin_id": "5", "snoozed_until": 1_700_000_000 }),
        ),
        body::<types::ReplyConversationRequest>(
            "reply of an admin",
            json!({ "message_type": "quick_reply", "type": "admin", "admin_id": "5", "created_at": 1_590_000_000,
                "reply_options": [{ "text": "Yes", "uuid": "a5e1c524" }], "attachment_urls": ["https://example.com/a.png"] }),
        ),
        body::<types::TicketsReplyRequest>(
            "tagged reply",
            json!({ "type": "user", "message_type": "comment", "body": "Thanks", "email": "ada@example.com" }),
        ),
        body::<types::CreateTicketRequest>(
            "new ticket",
            json!({ "ticket_type_id": "53", "contacts": [{ "id": "63a" }, { "email": "ada@example.com" }],
                "ticket_attributes": { "_default_title_": "Broken" }, "assignment": { "admin_assignee_id": "8" } }),
        ),
        body::<types::SearchRequest>(
            "search",
            json!({
                "query": { "operator": "AND", "value": [
                    { "field": "created_at", "operator": ">", "value": "1306054154" },
                    { "field": "tag_id", "operator": "IN", "value": ["7"] },
                ] },
                "pagination": { "per_page": 5, "starting_after": "abc" },
            }),
        ),
        body::<types::FinAgentMessage>(
            "message to Fin",
            json!({ "author": "user", "body": "Hello", "timestamp": "2025-01-24T10:00:00.123Z" }),
        ),
        body::<types::TagMultipleUsersRequest>(
            "tags for users",
            json!({ "name": "test", "users": [{ "id": "123" }, { "id": "456", "untag": true }] }),
        ),
    ]
}
