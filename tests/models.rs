//! The models against what the API really sends, and what they write.
#![cfg(all(feature = "v2_14", feature = "all-resources"))]

use intercom_client::v2_14::types;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Reads a body as `T` and writes it again.
fn through<T: DeserializeOwned + Serialize>(body: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(&body.to_string())?)
}

type Fixture = (
    &'static str,
    fn(&Value) -> Result<Value, serde_json::Error>,
    Value,
);

fn fixtures() -> Vec<Fixture> {
    let author =
        json!({ "type": "admin", "id": "814860", "name": "Grace", "email": "grace@example.com" });
    vec![
        (
            "contact",
            through::<types::Contact>,
            json!({
                "type": "contact", "id": "6329bd9ffe4e2e91dac76188", "external_id": "ada", "role": "user",
                "email": "ada@example.com", "name": "Ada", "owner_id": 814860, "has_hard_bounced": false,
                "created_at": 1_663_753_631, "signed_up_at": null, "custom_attributes": { "plan": "pro", "seats": 5 },
                "tags": { "url": "/contacts/6329bd9ffe4e2e91dac76188/tags", "total_count": 1, "has_more": false,
                    "data": [{ "type": "tag", "id": "2", "url": "/tags/2" }] },
                "location": { "type": "location", "country": "Norway", "city": "Oslo" },
                "social_profiles": { "data": [] },
            }),
        ),
        (
            "conversation",
            through::<types::Conversation>,
            json!({
                "type": "conversation", "id": "7", "created_at": 1_663_753_631, "updated_at": 1_663_753_700, "open": true,
                "state": "open", "read": false, "priority": "not_priority", "admin_assignee_id": 0, "team_assignee_id": "814865",
                "source": { "type": "conversation", "id": "403918320", "delivered_as": "customer_initiated", "subject": "",
                    "body": "<p>Hello</p>", "author": author.clone(), "attachments": [], "url": null, "redacted": false },
                "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "6329bd9ffe4e2e91dac76188" }] },
                "conversation_parts": { "type": "conversation_part.list", "total_count": 1, "conversation_parts": [{
                    "type": "conversation_part", "id": "1", "part_type": "comment", "body": "<p>Hi</p>",
                    "created_at": 1_663_753_650, "author": author, "attachments": [], "external_id": null, "redacted": false }] },
                "statistics": { "type": "conversation_statistics", "time_to_assignment": 4, "count_reopens": 0 },
                "custom_attributes": { "Language": "English" },
            }),
        ),
        (
            "company list",
            through::<types::CompanyList>,
            json!({
                "type": "list", "total_count": 1,
                "data": [{ "type": "company", "id": "531ee472cce572a6ec000006", "company_id": "6", "name": "Analytical",
                    "created_at": 1_394_531_169, "monthly_spend": 49, "user_count": 10, "session_count": 26,
                    "plan": { "type": "plan", "id": "1", "name": "pro" }, "custom_attributes": {} }],
                "pages": { "type": "pages", "page": 1, "per_page": 15, "total_pages": 2,
                    "next": { "starting_after": "abc" } },
            }),
        ),
        (
            "ticket",
            through::<types::Ticket>,
            json!({
                "type": "ticket", "id": "64", "ticket_id": "20", "category": "Customer", "open": true, "is_shared": true,
                "ticket_attributes": { "_default_title_": "Broken" }, "created_at": 1_663_753_631, "admin_assignee_id": "814860",
                "ticket_state": { "type": "ticket_state", "id": "4", "category": "in_progress", "internal_label": "Working" },
                "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": "6329bd9ffe4e2e91dac76188" }] },
            }),
        ),
    ]
}

/// The pointers of everything below a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, value)| (i.to_string(), value))
            .collect(),
        _ => return,
    };
    for (key, value) in children {
        let pointer = format!("{at}/{key}");
        found.push(pointer.clone());
        pointers(value, &pointer, found);
    }
}

fn name(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

#[test]
fn every_field_may_be_null_or_absent() {
    for (fixture, read, body) in fixtures() {
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        assert!(all.len() > 15);
        for pointer in all {
            let mut without = body.clone();
            *without.pointer_mut(&pointer).unwrap() = Value::Null;
            read(&without).unwrap_or_else(|error| panic!("{fixture}{pointer} is null: {error}"));
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            if let Some(Value::Object(parent)) = without.pointer_mut(parent) {
                parent.remove(key);
            }
            read(&without).unwrap_or_else(|error| panic!("{fixture}{pointer} is absent: {error}"));
        }
    }
}

#[test]
fn every_object_may_have_fields_that_are_not_described() {
    for (fixture, read, body) in fixtures() {
        let mut all = vec![String::new()];
        pointers(&body, "", &mut all);
        for pointer in all {
            let mut more = body.clone();
            if let Some(Value::Object(map)) = more.pointer_mut(&pointer) {
                map.insert("not_described".to_owned(), json!({ "yet": [1, null] }));
                read(&more).unwrap_or_else(|error| panic!("{fixture}{pointer}: {error}"));
            }
        }
    }
}

#[test]
fn ids_and_numbers_are_read_from_strings_and_back() {
    for (fixture, read, body) in fixtures() {
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        for pointer in all {
            let value = body.pointer(&pointer).unwrap();
            let other = match value {
                Value::Number(number) => json!(number.to_string()),
                Value::String(text)
                    if name(&pointer).ends_with("id") && text.parse::<i64>().is_ok() =>
                {
                    json!(text.parse::<i64>().unwrap())
                }
                _ => continue,
            };
            let mut changed = body.clone();
            *changed.pointer_mut(&pointer).unwrap() = other;
            let written =
                read(&changed).unwrap_or_else(|error| panic!("{fixture}{pointer}: {error}"));
            // Attributes keep the type they came in.
            if !pointer.contains("attributes") {
                assert_eq!(written, read(&body).unwrap(), "{fixture}{pointer}");
            }
        }
    }
}

#[test]
fn instants_are_read_from_every_form_and_written_as_described() {
    for (fixture, read, body) in fixtures() {
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        for pointer in all.iter().filter(|pointer| pointer.ends_with("_at")) {
            if body.pointer(pointer).unwrap().is_null() {
                continue;
            }
            for (form, expected) in [
                (json!(1_700_000_000), json!(1_700_000_000)),
                (json!("1700000000"), json!(1_700_000_000)),
                (json!("2023-11-14T22:13:20Z"), json!(1_700_000_000)),
                (json!("2023-11-14T23:13:20+01:00"), json!(1_700_000_000)),
                (json!(1_700_000_000.25), json!(1_700_000_000.25)),
                (json!("2023-11-14T22:13:20.250Z"), json!(1_700_000_000.25)),
            ] {
                let mut changed = body.clone();
                *changed.pointer_mut(pointer).unwrap() = form.clone();
                let written = read(&changed)
                    .unwrap_or_else(|error| panic!("{fixture}{pointer} {form}: {error}"));
                assert_eq!(
                    written.pointer(pointer),
                    Some(&expected),
                    "{fixture}{pointer} {form}"
                );
            }
        }
    }
}

#[test]
fn what_is_read_is_written_again() {
    for (fixture, read, body) in fixtures() {
        let written = read(&body).unwrap();
        let mut lost = Vec::new();
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        for pointer in all {
            let sent = body.pointer(&pointer).unwrap();
            let nothing = [json!(null), json!([]), json!({})].contains(sent);
            match written.pointer(&pointer) {
                None if nothing => {}
                None => lost.push(pointer),
                Some(found) if sent.is_object() || sent.is_array() => assert!(!found.is_null()),
                Some(found) => {
                    let text = |value: &Value| value.to_string().trim_matches('"').to_owned();
                    assert_eq!(text(found), text(sent), "{fixture}{pointer}");
                }
            }
        }
        assert_eq!(lost, Vec::<String>::new(), "{fixture}");
    }
}

#[test]
fn unknown_values_of_enums_are_kept() {
    let part = json!({ "state": "hibernating" });
    let read: types::ConversationPart = serde_json::from_value(part.clone()).unwrap();
    assert_eq!(read.state, Some("hibernating".into()));
    assert_eq!(serde_json::to_value(&read).unwrap(), part);
}

#[test]
fn things_may_come_in_their_other_shape() {
    let contact: types::Contact = serde_json::from_value(json!({
        "avatar": "https://example.com/ada.png", "tags": [{ "id": "2" }],
    }))
    .unwrap();
    assert_eq!(
        contact.avatar.unwrap().image_url.as_deref(),
        Some("https://example.com/ada.png")
    );
    assert_eq!(contact.tags.unwrap().data.len(), 1);
    let list: types::CompanyList = serde_json::from_value(json!({
        "data": [], "pages": { "next": "https://api.intercom.io/companies?per_page=2&starting_after=abc" },
    }))
    .unwrap();
    let next = list.pages.unwrap().next.unwrap();
    assert_eq!(next.starting_after.as_deref(), Some("abc"));
}

#[test]
fn a_request_leaves_out_sets_or_clears() {
    let update = types::UpdateContactRequest::builder()
        .name("Ada")
        .clear_phone()
        .signed_up_at(intercom_client::chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap())
        .build()
        .unwrap();
    let body = json!({ "name": "Ada", "phone": null, "signed_up_at": 1_700_000_000 });
    assert_eq!(serde_json::to_value(&update).unwrap(), body);
    let read: types::UpdateContactRequest = serde_json::from_value(body).unwrap();
    assert_eq!(read, update);
}

#[test]
fn an_empty_list_is_sent_when_it_is_set() {
    let article = types::UpdateInternalArticleRequest::builder()
        .build()
        .unwrap();
    assert_eq!(serde_json::to_value(&article).unwrap(), json!({}));
    let export = types::AdminReplyConversationRequest::builder()
        .message_type("comment")
        .admin_id("1")
        .attachment_urls(Vec::new())
        .build()
        .unwrap();
    assert_eq!(
        serde_json::to_value(&export).unwrap()["attachment_urls"],
        json!([])
    );
}

#[test]
fn a_union_is_read_by_its_constants() {
    let body = json!({ "message_type": "open", "admin_id": "5" });
    let request: types::ConversationsManageRequest = serde_json::from_value(body).unwrap();
    assert!(
        matches!(request, types::ConversationsManageRequest::Open(_)),
        "{request:?}"
    );
}

#[test]
fn malformed_bodies_are_errors() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in [
        r#"{"id":"#,
        "[1]",
        "7",
        &deep,
        r#"{"owner_id":123456789012345678901234567890}"#,
        r#"{"created_at":"soon"}"#,
        r#"{"custom_attributes":"#,
    ] {
        assert!(
            serde_json::from_str::<types::Contact>(body).is_err(),
            "{body:.40}"
        );
    }
    assert!(serde_json::from_slice::<types::Contact>(b"{\"name\":\"\xff\"}").is_err());
}

#[test]
fn response_types_have_a_default_and_public_fields() {
    let contact = types::Contact {
        email: Some("ada@example.com".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        serde_json::to_value(contact).unwrap(),
        json!({ "email": "ada@example.com" })
    );
}
