//! What requests send that are written as users write them.

use intercom_client::chrono::{DateTime, TimeDelta, Utc};
use intercom_client::v2_14::{self, types};
use intercom_client::{Error, ErrorKind, IntoField};
use serde::Serialize;
use serde_json::{Value, json};

use crate::lists::serve;

/// What one request was sent as: its line and its body.
macro_rules! sent {
    ($api:ident => $request:expr) => {{
        let (server, $api) = serve(&[json!({ "type": "x", "id": "1", "data": [] })]).await;
        let outcome = $request.await;
        let seen = server.seen();
        let seen = seen.first().unwrap_or_else(|| panic!("{:?}", outcome.err()));
        let body: Value = serde_json::from_str(&seen.body).unwrap_or_default();
        (seen.line.clone(), body)
    }};
}

// After the macro, which it uses.
mod values;
mod whole;

#[tokio::test]
async fn a_verb_sends_its_alternative_with_its_constants() {
    let tomorrow = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let parts = "POST /conversations/7/parts";
    let reply = "POST /conversations/7/reply";
    for ((line, body), expected_line, expected) in [
        (
            sent!(api => api.conversations().close("7").admin_id(5)),
            parts,
            json!({ "message_type": "close", "type": "admin", "admin_id": "5" }),
        ),
        (
            sent!(api => api.conversations().open(7).admin_id("5")),
            parts,
            json!({ "message_type": "open", "admin_id": "5" }),
        ),
        (
            sent!(api => api.conversations().snooze("7").admin_id("5").snoozed_until(tomorrow)),
            parts,
            json!({ "message_type": "snoozed", "admin_id": "5", "snoozed_until": 1_800_000_000 }),
        ),
        (
            sent!(api => api.conversations().assign_to_team("7", "9".to_owned()).admin_id("5")),
            parts,
            json!({ "message_type": "assignment", "type": "team", "admin_id": "5", "assignee_id": "9" }),
        ),
        (
            sent!(api => api.conversations().assign_to_admin("7", 9).admin_id("5")),
            parts,
            json!({ "message_type": "assignment", "type": "admin", "admin_id": "5", "assignee_id": "9" }),
        ),
        (
            sent!(api => api.conversations().unassign("7").admin_id("5")),
            parts,
            json!({ "message_type": "assignment", "type": "admin", "admin_id": "5", "assignee_id": "0" }),
        ),
        (
            sent!(api => api.conversations().reply_as_admin("7").admin_id("5").body("<p>Hello</p>")),
            reply,
            json!({ "message_type": "comment", "type": "admin", "admin_id": "5", "body": "<p>Hello</p>" }),
        ),
        (
            sent!(api => api.conversations().note("7").admin_id("5").body("Ring Ada")),
            reply,
            json!({ "message_type": "note", "type": "admin", "admin_id": "5", "body": "Ring Ada" }),
        ),
        (
            sent!(api => api.conversations().reply_as_contact("7").user_id("u-1").body("Hello")),
            reply,
            json!({ "message_type": "comment", "type": "user", "user_id": "u-1", "body": "Hello" }),
        ),
        (
            sent!(api => api.tickets().note("7").admin_id("5").body("Ring Ada")),
            "POST /tickets/7/reply",
            json!({ "message_type": "note", "type": "admin", "admin_id": "5", "body": "Ring Ada" }),
        ),
        (
            sent!(api => api.conversations().redact_part().conversation_id("7").conversation_part_id("8")),
            "POST /conversations/redact",
            json!({ "type": "conversation_part", "conversation_id": "7", "conversation_part_id": "8" }),
        ),
        (
            sent!(api => api.tags().create().name("VIP")),
            "POST /tags",
            json!({ "name": "VIP" }),
        ),
        (
            sent!(api => api.tags().rename("3").name("VIP")),
            "POST /tags",
            json!({ "id": "3", "name": "VIP" }),
        ),
        (
            sent!(api => api.tags().create().with_request(json!({ "name": "VIP" }))),
            "POST /tags",
            json!({ "name": "VIP" }),
        ),
    ] {
        assert_eq!((line.as_str(), body), (expected_line, expected));
    }
}

#[tokio::test]
async fn a_contact_is_named_by_exactly_one_id() {
    let expected = "exactly one of `intercom_user_id`, `email`, `user_id` is required";
    let (server, api) = serve(&[]).await;
    let reply = || api.conversations().reply_as_contact("7").body("Hello");
    for error in [
        reply().await.unwrap_err(),
        reply()
            .user_id("u-1")
            .email("ada@example.com")
            .await
            .unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_option_is_taken_and_none_leaves_the_field_as_it_is() {
    let (some, none) = (Some("Ada".to_owned()), None::<String>);
    let (line, body) = sent!(api => api.contacts().create().email("ada@example.com").name(some.as_deref()).phone(&none));
    assert_eq!(line, "POST /contacts");
    assert_eq!(body, json!({ "email": "ada@example.com", "name": "Ada" }));
    let (_, body) = sent!(api => api.contacts().update("1").name(&some).name(none).clear_phone().owner_id(Some("7")));
    assert_eq!(body, json!({ "name": "Ada", "phone": null, "owner_id": 7 }));
}

#[tokio::test]
async fn an_id_is_written_as_it_is_declared_or_refused_by_its_name() {
    let (_, body) = sent!(api => api.contacts().update(1).owner_id("7").external_id(12));
    assert_eq!(body, json!({ "owner_id": 7, "external_id": "12" }));
    let (_, body) = sent!(api => api.contacts().update(1).owner_id(0));
    assert_eq!(body, json!({ "owner_id": 0 }));
    let (server, api) = serve(&[]).await;
    let error = api.contacts().update(1).owner_id("ada").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().contains("owner_id: is not an integer"),
        "{error}"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn attributes_come_one_by_one_from_json_from_maps_and_from_structs() {
    #[derive(Serialize)]
    struct Attributes {
        seats: u8,
    }
    let seats = Attributes { seats: 4 };
    let (_, body) = sent!(api => api
        .contacts()
        .create()
        .custom_attribute("plan", "pro")
        .custom_attribute("left", None::<String>)
        .custom_attributes(json!({ "trial": null }))
        .custom_attributes(std::collections::HashMap::from([("paid", true)]))
        .custom_attributes([("score", 1.5)])
        .custom_attributes_from(&seats).unwrap());
    let attributes =
        json!({ "plan": "pro", "trial": null, "paid": true, "score": 1.5, "seats": 4 });
    assert_eq!(body["custom_attributes"], attributes);
    let (_, api) = serve(&[]).await;
    let refused = api.contacts().create().custom_attributes_from(7);
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("custom_attributes")
    );
}

#[tokio::test]
async fn a_page_begins_where_the_request_says_whether_or_not_it_is_streamed() {
    let (size, cursor) = (Some(5_usize), Some("c1".to_owned()));
    let (line, _) = sent!(api => api.contacts().list().per_page(size).starting_after(&cursor));
    assert_eq!(line, "GET /contacts?per_page=5&starting_after=c1");
    let query = intercom_client::search::field("role").eq("user");
    let (_, body) =
        sent!(api => api.contacts().search().query(query).per_page(5).starting_after("c1"));
    assert_eq!(
        body["pagination"],
        json!({ "per_page": 5, "starting_after": "c1" })
    );
    // What was said of the page itself counts.
    let query = intercom_client::search::field("role").eq("user");
    let given = json!({ "per_page": 150, "starting_after": "c0" });
    let (_, body) =
        sent!(api => api.contacts().search().per_page(5).query(query).pagination(given));
    assert_eq!(
        body["pagination"],
        json!({ "per_page": 5, "starting_after": "c0" })
    );
    let (_, api) = serve(&[]).await;
    let error = api.contacts().list().per_page(0).await.unwrap_err();
    assert!(
        error.to_string().ends_with("per_page: is less than 1"),
        "{error}"
    );
}

#[tokio::test]
async fn a_list_is_iterated_as_it_came_and_by_reference() -> Result<(), Error> {
    let tags = json!({ "type": "list", "data": [{ "type": "tag", "id": "1", "name": "VIP" }] });
    let (_server, api) = serve(&[tags]).await;
    let tags = api.tags().list().await?;
    for tag in &tags {
        assert_eq!(tag.id, "1");
    }
    let names: Vec<_> = tags.into_iter().filter_map(|tag| tag.name).collect();
    assert_eq!(names, ["VIP"]);
    Ok(())
}

#[test]
fn a_request_is_a_future_where_one_is_asked_for() {
    fn spawned<F: Future + Send + 'static>(_: F) {}
    fn taken<T>(_: impl IntoField<T>) {}
    let api = intercom_client::Intercom::new("a-token").unwrap().v2_14();
    spawned(api.admins().me().into_future());
    spawned(api.admins().me().send());
    taken::<DateTime<Utc>>(Some(Utc::now() + TimeDelta::days(1)));
}

#[tokio::test]
async fn every_value_is_taken_by_reference_too() {
    let time = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let at = &time;
    let (system, size, score) = (&std::time::SystemTime::from(time), &7_u8, &3_i16);
    let (_, body) = sent!(api => api
        .companies()
        .create_or_update()
        .company_id("7")
        .remote_created_at(system)
        .size(size)
        .monthly_spend(score)
        .custom_attribute("at", at)
        .custom_attribute("size", size));
    let expected = json!({
        "company_id": "7",
        "remote_created_at": 1_800_000_000,
        "size": 7,
        "monthly_spend": 3,
        "custom_attributes": { "at": 1_800_000_000, "size": 7 },
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn what_was_set_empty_is_sent() {
    let none: [&str; 0] = [];
    let (_, body) = sent!(api => api.ip_allowlist().update().enabled(true).ip_allowlist(none));
    assert_eq!(body, json!({ "enabled": true, "ip_allowlist": [] }));
    let (_, body) =
        sent!(api => api.contacts().create().email("a@b.c").custom_attributes(json!({})));
    assert_eq!(body, json!({ "email": "a@b.c", "custom_attributes": {} }));
    let (_, body) =
        sent!(api => api.contacts().create().email("a@b.c").custom_attribute("plan", None::<&str>));
    assert_eq!(body, json!({ "email": "a@b.c" }));
    let (_, body) =
        sent!(api => api.contacts().create().email("a@b.c").custom_attribute("plan", json!(null)));
    assert_eq!(
        body,
        json!({ "email": "a@b.c", "custom_attributes": { "plan": null } })
    );
}

#[tokio::test]
async fn what_the_version_does_not_know_is_sent_where_it_is_asked_for() {
    let (_, body) = sent!(api => api.contacts().create().email("a@b.c").extra("favourite", json!({ "colour": "red" })));
    assert_eq!(
        body,
        json!({ "email": "a@b.c", "favourite": { "colour": "red" } })
    );
    let from = types::CreateMessageRequestFrom::new("5")
        .extra("since", 7)
        .extra("until", None::<i64>);
    let (_, body) =
        sent!(api => api.messages().create().body("Hello").from(from).extra("quiet", true));
    let expected = json!({ "type": "admin", "id": "5", "since": 7 });
    assert_eq!((&body["from"], &body["quiet"]), (&expected, &json!(true)));
}

#[tokio::test]
async fn a_time_is_whole_seconds_and_a_number_is_as_it_was_given() {
    let late = DateTime::from_timestamp_millis(1_700_000_000_999).unwrap();
    let (_, body) = sent!(api => api.contacts().create().email("a@b.c").signed_up_at(late));
    assert_eq!(body["signed_up_at"].to_string(), "1700000000");
    let before = DateTime::from_timestamp_millis(-1).unwrap();
    let (_, body) = sent!(api => api.contacts().create().email("a@b.c").signed_up_at(before));
    assert_eq!(body["signed_up_at"].to_string(), "-1");
    let spend = |spend: f64| {
        move |api: v2_14::Api| {
            api.companies()
                .create_or_update()
                .company_id("7")
                .monthly_spend(spend)
        }
    };
    let (_, body) = sent!(api => spend(1.95)(api));
    assert_eq!(body["monthly_spend"].to_string(), "1.95");
    let (_, body) = sent!(api => spend(49.0)(api));
    assert_eq!(body["monthly_spend"].to_string(), "49");
}
