//! What requests carry.

use httpmock::{Method::*, Mock, MockServer};
use intercom_client::{ErrorKind, v2_14::types};
use serde_json::{Value, json};

use crate::{client, contact};

#[tokio::test]
async fn a_contact_is_created_with_the_fields_that_were_set_and_no_others() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/contacts")
                .json_body(json!({ "email": "ada@example.com", "role": "user" }));
            then.status(200).json_body(contact("c1"));
        })
        .await;
    let created = client(&server)
        .v2_14()
        .contacts()
        .create()
        .email("ada@example.com")
        .role("user")
        .send()
        .await
        .unwrap();
    mock.assert_async().await;
    assert_eq!(created.id, "c1");
    assert_eq!(created.status(), 200);
    // What the type does not know is in the body still.
    let body: Value = serde_json::from_slice(created.raw_body()).unwrap();
    assert_eq!(body["not_described"]["yet"], true);
}

#[tokio::test]
async fn messages_are_sent_with_structs_inside() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST).path("/messages").json_body(json!({
                "message_type": "email", "subject": "Hello", "body": "How are you?", "template": "plain",
                "from": { "type": "admin", "id": "394051" }, "to": { "type": "user", "id": "c1" },
            }));
            then.status(200)
                .json_body(json!({ "type": "user_message", "id": "m1" }));
        })
        .await;
    let sent = client(&server)
        .v2_14()
        .messages()
        .create()
        .message_type("email")
        .subject("Hello")
        .body("How are you?")
        .template("plain")
        .from(types::CreateMessageRequestFrom::new("394051"))
        .to(types::Recipient::new("c1", "user"))
        .send()
        .await
        .unwrap();
    mock.assert_async().await;
    assert_eq!(sent.id, "m1");
}

/// A conversation that takes this reply.
async fn takes(server: &MockServer, reply: Value) -> Mock<'_> {
    server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/conversations/7/reply")
                .json_body(reply);
            then.status(200)
                .json_body(json!({ "type": "conversation", "id": "7" }));
        })
        .await
}

#[tokio::test]
async fn a_union_is_set_by_what_it_may_hold() {
    let server = MockServer::start_async().await;
    let reply = json!({ "message_type": "comment", "type": "user", "intercom_user_id": "c1", "body": "Hello" });
    let mock = takes(&server, reply).await;
    let reply = types::ContactReplyConversationRequest::new()
        .intercom_user_id("c1")
        .body("Hello");
    let conversations = client(&server).v2_14().conversations();
    let request = conversations.reply("7").with_request(reply.clone());
    request.send().await.unwrap();
    mock.assert_async().await;
    assert_eq!(reply.to_json().unwrap()["body"], "Hello");
}

#[tokio::test]
async fn a_contact_chooses_a_quick_reply_without_a_body() {
    let server = MockServer::start_async().await;
    let uuid = "8a3f0d52-3c0e-4d7b-9f5e-2b8f3f6f9a11";
    let reply = json!({
        "message_type": "quick_reply", "type": "user", "user_id": "c1", "reply_options": [{ "text": "Yes", "uuid": uuid }],
    });
    let mock = takes(&server, reply).await;
    let chosen = types::ContactReplyBaseRequestReplyOption::new("Yes", uuid);
    let reply = types::ContactReplyConversationRequest::new()
        .message_type("quick_reply")
        .user_id("c1")
        .reply_options(vec![chosen]);
    let conversations = client(&server).v2_14().conversations();
    let request = conversations.reply("7").with_request(reply);
    request.send().await.unwrap();
    mock.assert_async().await;
}

#[tokio::test]
async fn a_required_field_that_is_missing_is_named_and_nothing_is_sent() {
    let server = MockServer::start_async().await;
    let any = server.mock_async(|_, then| drop(then.status(200))).await;
    let error = client(&server)
        .v2_14()
        .messages()
        .create()
        .from(types::CreateMessageRequestFrom::new(None::<&str>))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.operation(), Some("messages.create"));
    assert!(
        error.to_string().contains("`from.id` is required"),
        "{error}"
    );
    assert_eq!(any.calls_async().await, 0);
}

#[tokio::test]
async fn what_is_missing_of_a_union_is_named_too() {
    let server = MockServer::start_async().await;
    let any = server.mock_async(|_, then| drop(then.status(200))).await;
    let nobodys = types::AdminReplyConversationRequest::new(None::<&str>, "comment").body("Hello");
    let conversations = client(&server).v2_14().conversations();
    let reply = conversations.reply("7").with_request(nobodys);
    let error = reply.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let missing = "`admin_id` is required";
    assert!(error.to_string().ends_with(missing), "{error}");
    assert_eq!(any.calls_async().await, 0);
}

#[test]
fn a_list_takes_items_and_says_which_one_is_wrong() {
    let single = |field| types::SingleFilterSearchRequest::new(field, "=");
    let both = types::MultipleFilterSearchRequest::new(
        "AND",
        [single("role").value("user"), single("email").value("user")],
    );
    assert_eq!(
        serde_json::to_value(&both).unwrap(),
        json!({ "operator": "AND", "value": [
            { "field": "role", "operator": "=", "value": "user" },
            { "field": "email", "operator": "=", "value": "user" },
        ] })
    );
    let none: Option<&str> = None;
    let wrong = types::SingleFilterSearchRequest::new("email", none);
    let wrong = types::MultipleFilterSearchRequest::new("AND", [single("role"), wrong]).to_json();
    let wrong = wrong.unwrap_err();
    assert_eq!(wrong.to_string(), "`value[1].operator` is required");
}
