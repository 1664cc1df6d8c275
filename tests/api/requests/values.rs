//! What is sent of the values that setters are given, in each form that a user may have them in.

#![allow(
    clippy::needless_borrows_for_generic_args,
    reason = "they are what is tested"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use intercom_client::ErrorKind;
use intercom_client::chrono::DateTime;
use intercom_client::v2_14::types;
use serde::Serialize;
use serde_json::{Value, json};

use crate::lists::serve;

#[tokio::test]
async fn text_and_numbers_are_taken_by_reference_and_shared() {
    let (name, seats, money) = (Arc::<str>::from("Ada"), Some(0_u8), 1.95_f32);
    let (_, body) =
        sent!(api => api.contacts().update(&1).name(&name).phone(&&"1").email(Some(name.clone())));
    assert_eq!(body, json!({ "name": "Ada", "phone": "1", "email": "Ada" }));
    let (_, body) = sent!(api => api.companies().create_or_update().company_id(&name).size(&seats).monthly_spend(&money));
    assert_eq!(
        body,
        json!({ "company_id": "Ada", "size": 0, "monthly_spend": 1.95 })
    );
    let (_, body) = sent!(api => api.contacts().update(1).unsubscribed_from_emails(&false));
    assert_eq!(body, json!({ "unsubscribed_from_emails": false }));
}

#[tokio::test]
async fn an_enum_of_a_response_is_taken_for_that_of_a_request_known_or_not() {
    for (category, expected) in [("Customer", "Customer"), ("Robots", "Robots")] {
        let found = types::TicketType {
            category: Some(category.into()),
            ..Default::default()
        };
        let (_, body) = sent!(api => api.ticket_types().update(7).category(&found.category));
        assert_eq!(body, json!({ "category": expected }));
    }
}

#[tokio::test]
async fn times_are_whole_seconds_in_bodies_attributes_and_queries() {
    let time = DateTime::from_timestamp_millis(1_700_000_000_999).unwrap();
    let clock = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_999);
    let (_, body) = sent!(api => api.contacts().update(1).signed_up_at(&clock).last_seen_at(Some(&time))
        .custom_attribute("a", &Some(time)).custom_attribute("b", clock));
    let seconds = 1_700_000_000;
    assert_eq!(
        body,
        json!({ "signed_up_at": seconds, "last_seen_at": seconds, "custom_attributes": { "a": seconds, "b": seconds } })
    );
    let (_, body) = sent!(api => api.reporting_data_export().enqueue().dataset_id("d").attribute_ids(["a"])
        .start_time(time).end_time(clock));
    assert_eq!(
        (&body["start_time"], &body["end_time"]),
        (&json!(seconds), &json!(seconds))
    );
    let (line, _) = sent!(api => api.admins().list_activity_logs().created_at_after(time).created_at_before(&clock));
    assert_eq!(
        line,
        "GET /admins/activity_logs?created_at_after=1700000000&created_at_before=1700000000"
    );
}

#[tokio::test]
async fn any_json_is_a_list_or_a_map_of_what_a_user_has() {
    let own = vec!["x".to_owned()];
    let (_, body) = sent!(api => api.contacts().create().email("a@b.c")
        .custom_attribute("a", &own).custom_attribute("b", [1, 2]).custom_attribute("c", own.as_slice())
        .custom_attribute("d", vec![Some(0), None]).custom_attribute("e", Vec::<String>::new())
        .extra("f", HashMap::from([("g", None::<i32>)])).extra("h", &BTreeMap::from([("i", false)])).extra("j", json!(null)));
    assert_eq!(
        body,
        json!({
            "email": "a@b.c",
            "custom_attributes": { "a": ["x"], "b": [1, 2], "c": ["x"], "d": [0], "e": [] },
            "f": {}, "h": { "i": false }, "j": null,
        })
    );
}

#[tokio::test]
async fn attributes_come_by_value_and_by_reference_and_none_of_them_adds_nothing() {
    #[derive(Clone, Serialize)]
    struct Own {
        seats: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        plan: Option<u8>,
    }
    let own = Own {
        seats: None,
        plan: None,
    };
    let update = |attributes: Value| json!({ "custom_attributes": attributes });
    let (_, body) =
        sent!(api => api.contacts().update(1).custom_attributes_from(own.clone()).unwrap());
    assert_eq!(body, update(json!({ "seats": null })));
    let (_, body) =
        sent!(api => api.contacts().update(1).custom_attributes_from(Some(&own)).unwrap());
    assert_eq!(body, update(json!({ "seats": null })));
    let (_, body) = sent!(api => api.contacts().update(1).name("Ada").custom_attributes_from(None::<Own>).unwrap());
    assert_eq!(body, json!({ "name": "Ada" }));
    let (_, body) = sent!(api => api.contacts().update(1).custom_attributes(&[("a", 0)]).custom_attributes([("b", "")].as_slice()));
    assert_eq!(body, update(json!({ "a": 0, "b": "" })));
}

#[tokio::test]
async fn a_list_is_a_set_or_a_json_array_whose_items_are_checked() {
    let urls = BTreeSet::from(["https://a", "https://b"]);
    let (_, body) =
        sent!(api => api.conversations().note(1).admin_id(7).body("b").attachment_urls(&urls));
    assert_eq!(body["attachment_urls"], json!(["https://a", "https://b"]));
    let users = json!([{ "id": "1" }]);
    let (_, body) = sent!(api => api.tags().tag_contacts().name("VIP").users(&users));
    assert_eq!(body, json!({ "name": "VIP", "users": users }));
    let (_, body) = sent!(api => api.tags().tag_contacts().name("VIP").users(json!([])));
    assert_eq!(body, json!({ "name": "VIP", "users": [] }));
    for (given, expected) in [
        (json!([{ "id": "1" }, { "idd": "2" }]), "users[1].idd"),
        (json!({ "id": "1" }), "users: is not a list"),
    ] {
        let (server, api) = serve(&[]).await;
        let error = api.tags().tag_contacts().name("VIP").users(given).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(server.seen().is_empty());
    }
}

#[tokio::test]
async fn recipients_are_one_or_a_list_in_any_form() {
    let ada = types::Recipient::new("1", "user");
    let from = || types::CreateMessageRequestFrom::new(7);
    let expected = json!({ "type": "user", "id": "1" });
    let (_, body) = sent!(api => api.messages().create().body("b").from(from()).to(&ada)
        .cc([ada.clone()]).bcc([expected.clone(), expected.clone()].as_slice()));
    assert_eq!(
        (&body["to"], &body["cc"], &body["bcc"]),
        (&expected, &json!([expected]), &json!([expected, expected]))
    );
}
