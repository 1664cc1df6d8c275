//! Bodies in the shapes that the API sends, with values of our own.

use serde_json::{Value, json};

/// A response, and what of it is a resource's own id.
pub struct Fixture {
    pub name: &'static str,
    pub body: Value,
    /// Pointers, with `*` for every place in a list.
    pub ids: &'static [&'static str],
}

impl Fixture {
    /// Whether what stands at the pointer has to be there.
    pub fn is_id(&self, pointer: &str) -> bool {
        let matches = |pattern: &&&str| {
            let (pattern, pointer) = (pattern.split('/'), pointer.split('/'));
            pattern.clone().count() == pointer.clone().count()
                && pattern.zip(pointer).all(|(p, q)| p == "*" || p == q)
        };
        self.ids.iter().any(|id| matches(&id))
    }
}

fn admin() -> Value {
    json!({
        "type": "admin", "id": "814860", "name": "Grace", "email": "grace@example.com", "job_title": "Rear admiral",
        "away_mode_enabled": false, "away_mode_reassign": false, "has_inbox_seat": true, "team_ids": [814_865],
        "avatar": { "image_url": "https://example.com/grace.png" },
    })
}

fn contact() -> Value {
    json!({
        "type": "contact", "id": "6329bd9ffe4e2e91dac76188", "external_id": "ada", "role": "user",
        "email": "ada@example.com", "name": "Ada", "owner_id": 814_860, "has_hard_bounced": false,
        "created_at": 1_663_753_631, "signed_up_at": null, "custom_attributes": { "plan": "pro", "seats": 5 },
        "tags": { "url": "/contacts/6329bd9ffe4e2e91dac76188/tags", "total_count": 1, "has_more": false,
            "data": [{ "type": "tag", "id": "2", "url": "/tags/2" }] },
        "location": { "type": "location", "country": "Norway", "city": "Oslo" },
        "social_profiles": { "data": [{ "type": "social_profile", "name": "Mastodon", "url": "https://example.com/@ada" }] },
    })
}

fn conversation() -> Value {
    let author =
        json!({ "type": "admin", "id": "814860", "name": "Grace", "email": "grace@example.com" });
    json!({
        "type": "conversation", "id": "7", "created_at": 1_663_753_631, "updated_at": 1_663_753_700, "open": true,
        "state": "open", "read": false, "priority": "not_priority", "admin_assignee_id": 0, "team_assignee_id": "814865",
        "source": { "type": "conversation", "id": "403918320", "delivered_as": "customer_initiated", "subject": "",
            "body": "<p>Hello</p>", "author": author.clone(), "attachments": [], "url": null, "redacted": false },
        "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "6329bd9ffe4e2e91dac76188" }] },
        "conversation_parts": { "type": "conversation_part.list", "total_count": 1, "conversation_parts": [{
            "type": "conversation_part", "id": "1", "part_type": "comment", "body": "<p>Hi</p>", "created_at": 1_663_753_650,
            "author": author, "attachments": [], "external_id": null, "redacted": false }] },
        "statistics": { "type": "conversation_statistics", "time_to_assignment": 4, "count_reopens": 0 },
    })
}

fn company() -> Value {
    json!({
        "type": "company", "id": "531ee472cce572a6ec000006", "company_id": "6", "name": "Analytical", "created_at": 1_394_531_169,
        "monthly_spend": 49, "user_count": 10, "session_count": 26, "plan": { "type": "plan", "id": "1", "name": "pro" },
        "custom_attributes": { "floor": 2 },
    })
}

/// Responses that every version has.
pub fn common() -> Vec<Fixture> {
    let fixture = |name, body, ids| Fixture { name, body, ids };
    vec![
        fixture("admin", admin(), &["/id"]),
        fixture("contact", contact(), &["/id"]),
        fixture(
            "contact list",
            json!({ "type": "list", "total_count": 2, "data": [contact(), { "type": "contact", "id": "c2" }],
                "pages": { "type": "pages", "page": 1, "per_page": 50, "total_pages": 1, "next": null } }),
            &["/data/*/id"],
        ),
        fixture(
            "conversation",
            conversation(),
            &["/id", "/conversation_parts/conversation_parts/*/id"],
        ),
        fixture(
            "company list",
            json!({ "type": "list", "total_count": 1, "data": [company()],
                "pages": { "type": "pages", "page": 1, "per_page": 15, "total_pages": 2,
                    "next": { "starting_after": "abc" } } }),
            &["/data/*/id"],
        ),
        fixture(
            "article",
            json!({ "type": "article", "id": "5619", "workspace_id": "wp1", "title": "How to", "description": "", "body": "<p>So</p>",
                "author_id": 814_860, "state": "published", "created_at": 1_663_753_631, "updated_at": 1_663_753_700,
                "url": null, "parent_id": 125_685, "parent_type": "collection", "default_locale": "en",
                "statistics": { "type": "article_statistics", "views": 12, "conversations": 3, "reactions": 2 } }),
            &["/id"],
        ),
        fixture(
            "collection",
            json!({ "id": "159", "workspace_id": "wp1", "name": "Basics", "description": "", "created_at": 1_663_753_631,
                "updated_at": 1_663_753_700, "url": "https://help.example.com/basics", "icon": "book", "order": 1,
                "default_locale": "en", "parent_id": null, "help_center_id": 79 }),
            &["/id"],
        ),
        fixture(
            "data attributes",
            json!({ "type": "list", "data": [
                { "type": "data_attribute", "name": "plan", "full_name": "custom_attributes.plan", "label": "Plan", "description": "",
                    "data_type": "string", "model": "contact", "custom": true, "archived": false, "options": ["pro", "free"],
                    "ui_writable": true, "api_writable": true, "id": 34, "created_at": 1_663_753_631, "admin_id": "814860" },
                { "type": "data_attribute", "name": "email", "model": "contact", "custom": false } ] }),
            &[],
        ),
        fixture(
            "message",
            json!({ "type": "admin_message", "id": "401918346", "created_at": 1_663_753_631, "subject": "Hello",
                "body": "Hi there", "message_type": "inapp" }),
            &["/id"],
        ),
        fixture(
            "news item",
            json!({ "type": "news-item", "id": "37", "workspace_id": "wp1", "title": "New", "body": "<p>New</p>", "sender_id": 814_860,
                "state": "live", "newsfeed_assignments": [{ "newsfeed_id": 65, "published_at": 1_664_638_214 }], "labels": ["Update"],
                "cover_image_url": null, "reactions": ["👍"], "deliver_silently": true,
                "created_at": 1_663_753_631, "updated_at": 1_663_753_700 }),
            &["/id"],
        ),
        fixture(
            "note",
            json!({ "type": "note", "id": "29", "created_at": 1_663_753_631, "body": "<p>Called</p>", "author": admin(),
                "contact": { "type": "contact", "id": "6329bd9ffe4e2e91dac76188" } }),
            &["/id", "/author/id"],
        ),
        fixture(
            "segments",
            json!({ "type": "segment.list", "segments": [{ "type": "segment", "id": "56203d253cba154d39010062", "name": "Active",
                "created_at": 1_394_621_988, "updated_at": 1_394_622_004, "person_type": "contact", "count": 3 }] }),
            &["/segments/*/id"],
        ),
        fixture(
            "subscription types",
            json!({ "type": "list", "data": [{ "type": "subscription", "id": "122", "state": "live", "consent_type": "opt_out",
                "default_translation": { "name": "News", "description": "What is new", "locale": "en" },
                "translations": [{ "name": "Nouvelles", "description": "", "locale": "fr" }], "content_types": ["email", "sms"] }] }),
            &["/data/*/id"],
        ),
        fixture(
            "tags",
            json!({ "type": "list", "data": [{ "type": "tag", "id": "2", "name": "VIP", "applied_at": 1_663_753_631,
                "applied_by": { "type": "admin", "id": "814860" } }] }),
            &["/data/*/id"],
        ),
        fixture(
            "team",
            json!({ "type": "team", "id": "814865", "name": "Support", "admin_ids": [814_860] }),
            &["/id"],
        ),
        fixture(
            "visitor",
            json!({ "type": "visitor", "id": "530370b477ad7120001d", "user_id": "8a88a590", "anonymous": true, "email": "",
                "name": null, "app_id": "wp1", "created_at": 1_663_753_631, "owner_id": "814860", "session_count": 2,
                "unsubscribed_from_emails": false, "custom_attributes": { "source": "ad" },
                "tags": { "type": "tag.list", "tags": [{ "type": "tag", "id": "2", "name": "VIP" }] },
                "companies": { "type": "company.list", "companies": [] }, "location_data": {} }),
            &["/id"],
        ),
        fixture(
            "event summaries",
            json!({ "type": "event.summary", "email": "ada@example.com", "intercom_user_id": "6329bd9ffe4e2e91dac76188", "user_id": "ada",
                "events": [{ "name": "placed-order", "first": "2022-09-21T10:27:11.000Z", "last": "2022-09-21T10:28:20.000+00:00",
                    "count": 2, "description": "Placed an order" }] }),
            &[],
        ),
    ]
}

/// What came with version 2.14 at the latest.
#[cfg(feature = "v2_14")]
pub fn newer() -> Vec<Fixture> {
    let attribute = json!({ "type": "ticket_type_attribute", "id": "205", "workspace_id": "wp1", "name": "Severity", "description": "",
        "data_type": "string", "order": 0, "required_to_create": false, "visible_on_create": true, "archived": false,
        "created_at": 1_663_753_631, "updated_at": 1_663_753_700 });
    vec![
        Fixture {
            name: "ticket",
            body: json!({
                "type": "ticket", "id": "64", "ticket_id": "20", "category": "Customer", "open": true, "is_shared": true,
                "ticket_attributes": { "_default_title_": "Broken" }, "created_at": 1_663_753_631, "admin_assignee_id": "814860",
                "ticket_state": { "type": "ticket_state", "id": "4", "category": "in_progress", "internal_label": "Working" },
                "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "6329bd9ffe4e2e91dac76188" }] },
            }),
            ids: &["/id", "/ticket_state/id"],
        },
        Fixture {
            name: "ticket type",
            body: json!({
                "type": "ticket_type", "id": "53", "category": "Customer", "name": "Bug", "description": "", "icon": "🐞",
                "workspace_id": "wp1", "archived": false, "created_at": 1_663_753_631, "updated_at": 1_663_753_700,
                "ticket_type_attributes": { "type": "list", "data": [attribute] },
            }),
            ids: &["/id", "/ticket_type_attributes/data/*/id"],
        },
    ]
}
