//! Bodies of the size and shape that the API sends; the values are made up.

use serde_json::{Value, json};

/// The first page of `GET /contacts`.
pub fn contacts(count: u64) -> Value {
    let contacts: Vec<Value> = (0..count).map(contact).collect();
    json!({
        "type": "list", "total_count": 10 * count, "data": contacts,
        "pages": { "type": "pages", "page": 1, "per_page": count, "total_pages": 10,
            "next": { "page": 2, "starting_after": "WzE3MTU3MDY5MzkwMDAsImFkYSIsMl0=" } },
    })
}

fn contact(number: u64) -> Value {
    let id = format!("65a1f0c2d4{number:014x}");
    let time = 1_705_000_000 + 977 * number;
    // Every other one has used the product, every third one came by phone.
    let active = number.is_multiple_of(2);
    let seen = active.then_some(time + 86_400);
    let mobile = number.is_multiple_of(3);
    json!({
        "type": "contact", "id": id, "workspace_id": "ab12cd34", "external_id": format!("user-{number}"),
        "role": if active { "user" } else { "lead" }, "email": format!("person.{number}@example.com"),
        "phone": mobile.then_some("+35315550100"), "name": format!("Zoë Example {number}"),
        "avatar": active.then(|| json!({ "type": "avatar", "image_url": format!("https://static.example.com/avatars/{id}.png") })),
        "owner_id": active.then_some(814_860 + number % 7), "social_profiles": { "type": "list", "data": [] },
        "has_hard_bounced": false, "marked_email_as_spam": false, "unsubscribed_from_emails": mobile,
        "created_at": time, "updated_at": time + 3_600, "signed_up_at": seen, "last_seen_at": seen,
        "last_replied_at": seen, "last_contacted_at": seen, "last_email_opened_at": null, "last_email_clicked_at": null,
        "language_override": null, "browser": active.then_some("chrome"), "browser_version": active.then_some("126.0.0.0"),
        "browser_language": active.then_some("en"), "os": active.then_some("OS X 10.15.7"),
        "location": { "type": "location", "country": "Ireland", "region": "Leinster", "city": "Dublin",
            "country_code": "IRL", "continent_code": "EU" },
        "android_app_name": null, "android_app_version": null, "android_device": null, "android_os_version": null,
        "android_sdk_version": null, "android_last_seen_at": null,
        "ios_app_name": mobile.then_some("Example"), "ios_app_version": mobile.then_some("4.2.0"),
        "ios_device": mobile.then_some("iPhone15,2"), "ios_os_version": mobile.then_some("17.5"),
        "ios_sdk_version": mobile.then_some("16.1.0"), "ios_last_seen_at": mobile.then_some(time + 7_200),
        "custom_attributes": if active { json!({ "plan": "pro", "seats": 5, "trial": false, "renewed_at": time }) } else { json!({}) },
        "tags": list(&id, "tags", &(0..number % 3).map(|tag| json!({ "type": "tag", "id": format!("83624{tag}"),
            "url": format!("/tags/83624{tag}") })).collect::<Vec<_>>()),
        "notes": list(&id, "notes", &[]),
        "companies": list(&id, "companies", &[json!({ "type": "company", "id": "6643a0b1c2d3e4f5a6b7c8d9",
            "url": "/companies/6643a0b1c2d3e4f5a6b7c8d9" })]),
        "opted_out_subscription_types": list(&id, "subscriptions", &[]),
        "opted_in_subscription_types": list(&id, "subscriptions", &[]),
        "utm_campaign": null, "utm_content": null, "utm_medium": null, "utm_source": null, "utm_term": null,
        "referrer": null, "sms_consent": false, "unsubscribed_from_sms": false,
    })
}

fn list(contact: &str, name: &str, data: &[Value]) -> Value {
    json!({ "type": "list", "data": data, "url": format!("/contacts/{contact}/{name}"),
        "total_count": data.len(), "has_more": false })
}

/// `GET /conversations/{id}`.
pub fn conversation(count: u64) -> Value {
    let parts: Vec<Value> = (0..count).map(part).collect();
    let time = 1_705_000_000;
    json!({
        "type": "conversation", "id": "215467000012345", "created_at": time, "updated_at": time + 61 * count,
        "waiting_since": null, "snoozed_until": null, "title": "Where is my order?",
        "source": { "type": "conversation", "id": "2416030620", "delivered_as": "customer_initiated", "subject": "",
            "body": "<p>Where is my order?</p>", "author": author(0), "attachments": [],
            "url": "https://shop.example.com/orders", "redacted": false },
        "contacts": { "type": "contact.list", "contacts": [
            { "type": "contact", "id": "65a1f0c2d400000000000000", "external_id": "user-0" }] },
        "first_contact_reply": { "created_at": time, "type": "conversation", "url": "https://shop.example.com/orders" },
        "admin_assignee_id": 814_860, "team_assignee_id": null, "open": true, "state": "open", "read": true,
        "tags": { "type": "tag.list", "tags": [{ "type": "tag", "id": "836241", "name": "order", "applied_at": time,
            "applied_by": { "type": "admin", "id": "814860" } }] },
        "priority": "not_priority", "sla_applied": null,
        "statistics": { "type": "conversation_statistics", "time_to_assignment": 12, "time_to_admin_reply": 96,
            "time_to_first_close": null, "time_to_last_close": null, "median_time_to_reply": 31,
            "first_contact_reply_at": time, "first_assignment_at": time + 12, "first_admin_reply_at": time + 96,
            "first_close_at": null, "last_assignment_at": null, "last_assignment_admin_reply_at": null,
            "last_contact_reply_at": time, "last_admin_reply_at": time + 96, "last_close_at": null,
            "last_closed_by_id": null, "count_reopens": 0, "count_assignments": 1, "count_conversation_parts": count },
        "conversation_rating": null, "teammates": { "type": "admin.list", "admins": [{ "type": "admin", "id": "814860" }] },
        "custom_attributes": { "Language": "English", "Copilot used": false },
        "topics": { "type": "topic.list", "topics": [], "total_count": 0 }, "ticket": null,
        "linked_objects": { "type": "list", "data": [], "total_count": 0, "has_more": false },
        "ai_agent": null, "ai_agent_participated": false,
        "conversation_parts": { "type": "conversation_part.list", "conversation_parts": parts, "total_count": count },
    })
}

/// Two of three are comments, some with a file; the others say what was done.
fn part(number: u64) -> Value {
    let time = 1_705_000_000 + 61 * number;
    let event = number % 3 == 2;
    let files = match number % 20 {
        7 => vec![
            json!({ "type": "upload", "name": "receipt.png", "url": "https://files.example.com/receipt.png?expires=1705003600",
            "content_type": "image/png", "filesize": 48_213, "width": 800, "height": 600 }),
        ],
        _ => Vec::new(),
    };
    json!({
        "type": "conversation_part", "id": (2_202_737_122 + number).to_string(),
        "part_type": if event { "assignment" } else { "comment" },
        "body": (!event).then(|| body(number)), "created_at": time, "updated_at": time, "notified_at": time,
        "assigned_to": event.then(|| json!({ "type": "admin", "id": "814860" })), "author": author(number),
        "attachments": files, "external_id": null, "redacted": false, "email_message_metadata": null, "metadata": null,
        "state": "open", "tags": [], "event_details": null, "app_package_code": null,
    })
}

fn author(number: u64) -> Value {
    let (kind, id, name) = match number % 2 {
        0 => ("user", "65a1f0c2d400000000000000", "Zoë Example 0"),
        _ => ("admin", "814860", "Sam of Example Shop"),
    };
    json!({ "type": kind, "id": id, "name": name, "email": format!("{kind}@example.com"),
        "from_ai_agent": false, "is_ai_answer": false })
}

/// From a line to a paragraph of HTML, with a link here and there.
fn body(number: u64) -> String {
    let sentence = "Thank you for looking into this, the parcel still has not arrived. ";
    let link = match number % 4 {
        0 => "<a href=\"https://shop.example.com/orders/17\" target=\"_blank\">Order 17</a>",
        _ => "",
    };
    let length = (number % 7) as usize + 1;
    format!(
        "<p class=\"no-margin\">{}{link}</p>",
        sentence.repeat(length)
    )
}
