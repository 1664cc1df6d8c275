//! Shapes that single types take, and what requests write; by the types of 2.14, of which all versions' are alike.

use intercom_client::v2_14::types;
use serde_json::json;

#[test]
fn unknown_values_of_enums_are_kept() {
    let part = json!({ "id": "1", "state": "hibernating" });
    let read: types::ConversationPart = serde_json::from_value(part.clone()).unwrap();
    assert_eq!(read.state, Some("hibernating".into()));
    assert_eq!(serde_json::to_value(&read).unwrap(), part);
}

#[test]
fn things_may_come_in_their_other_shape() {
    let contact: types::Contact = serde_json::from_value(json!({
        "id": "c1", "avatar": "https://example.com/ada.png", "tags": [{ "id": "2" }],
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
    let update = types::UpdateContactRequest::new()
        .name("Ada")
        .clear_phone()
        .signed_up_at(intercom_client::chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    let body = json!({ "name": "Ada", "phone": null, "signed_up_at": 1_700_000_000 });
    assert_eq!(serde_json::to_value(&update).unwrap(), body);
    let read: types::UpdateContactRequest = serde_json::from_value(body).unwrap();
    assert_eq!(read, update);
}

#[test]
fn an_empty_list_is_sent_when_it_is_set() {
    let article = types::UpdateInternalArticleRequest::new();
    assert_eq!(serde_json::to_value(&article).unwrap(), json!({}));
    let export = types::AdminReplyConversationRequest::new("1", "comment")
        .attachment_urls(Vec::<String>::new());
    assert_eq!(
        serde_json::to_value(&export).unwrap()["attachment_urls"],
        json!([])
    );
}

#[test]
fn a_union_is_read_by_its_constants() {
    let body = json!({ "message_type": "open", "admin_id": "5" });
    let request: types::ConversationsManageRequest = serde_json::from_value(body).unwrap();
    let open = types::OpenConversationRequest::new("5").into();
    assert_eq!(request, open);
}

#[test]
fn malformed_bodies_are_errors() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in [r#"{"id":"#, "[1]", "7", &deep, r#"{"custom_attributes":"#] {
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
        id: "c1".to_owned(),
        email: Some("ada@example.com".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        serde_json::to_value(contact).unwrap(),
        json!({ "id": "c1", "email": "ada@example.com" })
    );
}

#[test]
fn what_was_written_is_read_as_the_same() {
    for (body, written) in [
        // Finer than can be written in Unix seconds.
        (
            json!({ "id": "c1", "created_at": "2022-09-21T09:47:11.123456789Z" }),
            json!({ "id": "c1", "created_at": 1_663_753_631.123456 }),
        ),
        // A leap second, and a time at which a float of seconds has no microseconds any more.
        (
            json!({ "id": "c1", "created_at": "2016-12-31T23:59:60Z" }),
            json!({ "id": "c1", "created_at": 1_483_228_800 }),
        ),
        (
            json!({ "id": "c1", "created_at": "2400-01-01T00:00:00.75Z" }),
            json!({ "id": "c1", "created_at": 13_569_465_600_i64 }),
        ),
        (
            json!({ "id": "c1", "created_at": 13_569_465_600.75 }),
            json!({ "id": "c1", "created_at": 13_569_465_600_i64 }),
        ),
        (
            json!({ "id": "c1", "custom_attributes": { "share": 0.855_185_055_732_727 } }),
            json!({ "id": "c1", "custom_attributes": { "share": 0.855_185_055_732_727 } }),
        ),
    ] {
        let read: types::Contact = serde_json::from_str(&body.to_string()).unwrap();
        let text = serde_json::to_string(&read).unwrap();
        assert_eq!(text, written.to_string());
        assert_eq!(serde_json::from_str::<types::Contact>(&text).unwrap(), read);
    }
}

#[test]
fn a_number_is_finite() {
    for text in ["NaN", "inf", "-Infinity", "1e999"] {
        let body = json!({ "happy_reaction_percentage": text }).to_string();
        let read: types::ArticleStatistics = serde_json::from_str(&body).unwrap();
        assert_eq!(read.happy_reaction_percentage, None, "{text}");
        assert_eq!(read.unknown_fields.len(), 1, "{text}");
    }
}

#[test]
fn an_empty_list_within_a_list_is_written_as_one() {
    let body = json!({ "data": { "articles": [], "highlights": [
        { "article_id": "6871118", "highlighted_summary": [[], [{ "type": "plain", "text": "Hello" }]] },
    ] } });
    let stored = super::through::<types::ArticleSearchResponse>(&body).unwrap();
    let highlights = "/data/highlights/0/highlighted_summary";
    assert_eq!(stored.pointer(highlights), body.pointer(highlights));
}
