//! The generated operations as a user calls them, over a real socket.
#![cfg(all(feature = "v2_14", feature = "all-resources"))]

use std::{pin::Pin, time::Duration};

use futures_util::{Stream, TryStreamExt};
use httpmock::{Method::*, MockServer};
use intercom_client::{
    ByteStream, CallOptions, Error, ErrorKind, Intercom, ItemStream, Response, v2_14, v2_14::types,
};
use serde_json::{Value, json};

const TOKEN: &str = "dG9rOm9mLXRoZS10ZXN0";

fn client(server: &MockServer) -> Intercom {
    let builder = Intercom::builder(TOKEN).base_url(server.base_url());
    builder.build().unwrap()
}

fn contact(id: &str) -> Value {
    json!({ "type": "contact", "id": id, "role": "user", "email": format!("{id}@example.com"),
        "created_at": 1_700_000_000, "not_described": { "yet": true } })
}

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
        .body_map(|b| b.email("ada@example.com").role("user"))
        .send()
        .await
        .unwrap();
    mock.assert_async().await;
    assert_eq!(created.id, "c1");
    assert_eq!(created.status(), 200);
    // What the type does not know is in the body still.
    let body: Value = serde_json::from_slice(created.body()).unwrap();
    assert_eq!(body["not_described"]["yet"], true);
}

#[tokio::test]
async fn messages_are_sent_from_builders_inside_builders() {
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
        .body_map(|b| {
            b.message_type("email")
                .subject("Hello")
                .body("How are you?")
                .template("plain")
                .from(types::CreateMessageRequestFrom::builder().id("394051"))
                .to(types::Recipient::builder().type_("user").id("c1"))
        })
        .send()
        .await
        .unwrap();
    mock.assert_async().await;
    assert_eq!(sent.id, "m1");
}

#[tokio::test]
async fn a_union_is_set_by_the_builder_of_what_it_holds() {
    let server = MockServer::start_async().await;
    let reply = json!({ "message_type": "comment", "type": "user", "intercom_user_id": "c1", "body": "Hello" });
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/conversations/7/reply")
                .json_body(reply);
            then.status(200)
                .json_body(json!({ "type": "conversation", "id": "7" }));
        })
        .await;
    let reply = types::ContactReplyIntercomUserIdRequest::builder()
        .intercom_user_id("c1")
        .message_type("comment")
        .body("Hello");
    let conversations = client(&server).v2_14().conversations();
    let request = conversations
        .reply()
        .conversation_id("7")
        .body(reply.clone());
    request.send().await.unwrap();
    mock.assert_async().await;
    assert_eq!(reply.build().unwrap().body.as_deref(), Some("Hello"));
}

#[tokio::test]
async fn a_contact_chooses_a_quick_reply_without_a_body() {
    let server = MockServer::start_async().await;
    let uuid = "8a3f0d52-3c0e-4d7b-9f5e-2b8f3f6f9a11";
    let reply = json!({
        "message_type": "quick_reply", "type": "user", "user_id": "c1", "reply_options": [{ "text": "Yes", "uuid": uuid }],
    });
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path("/conversations/7/reply")
                .json_body(reply);
            then.status(200)
                .json_body(json!({ "type": "conversation", "id": "7" }));
        })
        .await;
    let chosen = types::ContactReplyBaseRequestReplyOption::builder()
        .text("Yes")
        .uuid(uuid);
    let reply = types::ContactReplyUserIdRequest::builder()
        .user_id("c1")
        .message_type("quick_reply")
        .reply_options(vec![chosen.build().unwrap()]);
    let conversations = client(&server).v2_14().conversations();
    let request = conversations.reply().conversation_id("7").body(reply);
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
        .body_map(|b| b.from(types::CreateMessageRequestFrom::builder()))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.operation(), Some("messages.create"));
    assert!(
        error.to_string().contains("from.id: is required"),
        "{error}"
    );
    assert_eq!(any.calls_async().await, 0);
}

#[tokio::test]
async fn a_path_parameter_that_would_change_the_path_is_refused_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let any = server.mock_async(|_, then| drop(then.status(200))).await;
    let contacts = client(&server).v2_14().contacts();
    for id in ["", ".", "..", "%2e", "%2E%2e"] {
        let error = contacts.delete().contact_id(id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{id:?}");
        assert!(error.to_string().contains("contact_id"), "{error}");
    }
    let error = contacts.delete().send().await.unwrap_err();
    assert!(
        error.to_string().contains("`contact_id` was not set"),
        "{error}"
    );
    assert_eq!(any.calls_async().await, 0);
}

#[cfg(feature = "v2_9")]
#[tokio::test]
async fn two_versions_share_a_client_and_each_sends_its_own_header() {
    let server = MockServer::start_async().await;
    let mut mocks = Vec::new();
    for version in ["2.9", "2.14"] {
        mocks.push(
            server
                .mock_async(|when, then| {
                    when.path("/contacts/c1")
                        .header("intercom-version", version);
                    then.status(200).json_body(contact("c1"));
                })
                .await,
        );
    }
    let intercom = client(&server);
    let (old, new) = tokio::join!(
        intercom.v2_9().contacts().get().contact_id("c1").send(),
        intercom.v2_14().contacts().get().contact_id("c1").send(),
    );
    assert_eq!(old.unwrap().id, new.unwrap().id);
    for mock in mocks {
        mock.assert_async().await;
    }
}

#[tokio::test]
async fn options_reach_the_calls_made_through_them_and_no_others() {
    let server = MockServer::start_async().await;
    let with = server
        .mock_async(|when, then| {
            when.path("/me")
                .header("x-trace", "t1")
                .header("intercom-version", "2.13");
            then.status(200)
                .json_body(json!({ "type": "admin", "id": "814860" }));
        })
        .await;
    let without = server
        .mock_async(|when, then| {
            when.path("/me")
                .header_missing("x-trace")
                .header("intercom-version", "2.14");
            then.status(200)
                .json_body(json!({ "type": "admin", "id": "814860" }));
        })
        .await;
    let api = client(&server).v2_14();
    let options = CallOptions::new().header("x-trace", "t1").version("2.13");
    api.with(options).admins().me().send().await.unwrap();
    api.admins().me().send().await.unwrap();
    with.assert_async().await;
    without.assert_async().await;
}

/// A request that leaves the function it was made in.
fn prepared(api: &v2_14::Api) -> v2_14::builder::ContactsGet {
    api.contacts().get().contact_id("c1")
}

async fn download(api: v2_14::Api) -> Result<Response<ByteStream>, Error> {
    api.data_export()
        .download()
        .job_identifier("j1")
        .send()
        .await
}

#[tokio::test]
async fn requests_and_byte_streams_leave_their_function_and_their_task() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.path("/contacts/c1");
            then.status(200).json_body(contact("c1"));
        })
        .await;
    server
        .mock_async(|when, then| {
            when.path("/download/content/data/j1")
                .header("accept", "application/octet-stream");
            then.status(200).body("exported");
        })
        .await;
    let request = {
        let api = client(&server).v2_14();
        prepared(&api)
    };
    let contact = tokio::spawn(request.send()).await.unwrap().unwrap();
    assert_eq!(contact.id, "c1");
    let stream = download(client(&server).v2_14())
        .await
        .unwrap()
        .into_inner();
    let boxed: Pin<Box<dyn Stream<Item = Result<_, Error>> + Send>> = Box::pin(stream);
    let chunks = tokio::spawn(boxed.try_collect::<Vec<_>>()).await.unwrap();
    assert_eq!(chunks.unwrap().concat(), b"exported");
}

/// Pages that lead from cursor to cursor: `(asked for, ids, next)`.
async fn pages<'s>(
    server: &'s MockServer,
    pages: &[(Option<&str>, &[&str], Option<&str>)],
) -> Vec<httpmock::Mock<'s>> {
    let mut mocks = Vec::new();
    for (cursor, ids, next) in pages {
        let data: Vec<Value> = ids.iter().map(|id| contact(id)).collect();
        let next = next.map(|cursor| json!({ "page": 2, "starting_after": cursor }));
        let body =
            json!({ "type": "list", "data": data, "pages": { "type": "pages", "next": next } });
        let mock = server
            .mock_async(|when, then| {
                let when = when.method(GET).path("/contacts");
                match cursor {
                    Some(cursor) => when.query_param("starting_after", *cursor),
                    None => when.query_param_missing("starting_after"),
                };
                then.status(200).json_body(body);
            })
            .await;
        mocks.push(mock);
    }
    mocks
}

fn all(server: &MockServer) -> ItemStream<types::Contact> {
    client(server)
        .v2_14()
        .contacts()
        .list()
        .per_page(2)
        .stream()
}

#[tokio::test]
async fn a_list_streams_the_items_of_all_pages_and_fetches_none_ahead() {
    let server = MockServer::start_async().await;
    let mocks = pages(
        &server,
        &[
            (None, &["a", "b"], Some("2")),
            (Some("2"), &[], Some("3")),
            (Some("3"), &["c"], None),
        ],
    )
    .await;
    let mut stream = all(&server);
    assert_eq!(mocks[0].calls_async().await, 0);
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(stream.try_next().await.unwrap().unwrap().id);
    }
    assert_eq!(mocks[1].calls_async().await, 0);
    let rest: Vec<types::Contact> = tokio::spawn(stream.try_collect()).await.unwrap().unwrap();
    ids.extend(rest.into_iter().map(|contact| contact.id));
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_are_an_error_after_their_items() {
    let server = MockServer::start_async().await;
    pages(
        &server,
        &[
            (None, &["a"], Some("2")),
            (Some("2"), &["b"], Some("3")),
            (Some("3"), &["c"], Some("2")),
        ],
    )
    .await;
    let mut stream = all(&server);
    for expected in ["a", "b", "c"] {
        let contact = stream.try_next().await.unwrap().unwrap();
        assert_eq!(contact.id, expected);
    }
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_begins_at_a_saved_cursor_and_ends_after_an_error() {
    let server = MockServer::start_async().await;
    pages(&server, &[(Some("2"), &["b"], Some("3"))]).await;
    let api = client(&server).v2_14();
    let mut stream = api.contacts().list().starting_after("2").stream();
    assert!(stream.try_next().await.unwrap().is_some());
    // The server has no page at the cursor "3".
    let error = stream.try_next().await.unwrap_err();
    assert!(error.is_not_found());
    assert!(stream.next().await.is_none());
}

#[test]
fn futures_and_streams_can_be_sent_and_moved() {
    fn sendable<T: Send + 'static>(value: T) -> T {
        value
    }
    fn movable<T: Send + Unpin + 'static>(_: T) {}
    let intercom = Intercom::builder(TOKEN).build().unwrap();
    let api = sendable(intercom.v2_14());
    drop(sendable(api.contacts().list().send()));
    drop(sendable(
        api.with(CallOptions::new().deadline(Duration::from_secs(5)))
            .contacts()
            .create()
            .send(),
    ));
    movable(api.contacts().list().stream());
}

#[test]
fn nothing_shows_the_token() {
    let intercom = Intercom::builder(TOKEN).build().unwrap();
    let api = intercom.v2_14();
    let shown = format!(
        "{intercom:?} {api:?} {:?} {:?} {:?}",
        api.contacts(),
        api.contacts().get().contact_id("c1"),
        api.contacts().list().stream(),
    );
    assert!(shown.contains("2.14"));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_resource_without_its_id_is_named_and_the_rest_can_be_had() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.path("/contacts");
            then.status(200).json_body(json!({
                "data": [{ "id": "c1", "name": "Ada" }, { "id": null, "name": "Grace" }, { "name": "Edith" }],
            }));
        })
        .await;
    let api = client(&server).v2_14();
    let error = api.contacts().list().send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().contains("data[1].id"), "{error}");
    assert!(!format!("{error} {error:?}").contains("Grace"));
    let contacts: types::ContactList = error.partial().unwrap();
    let names = contacts.data.iter().map(|contact| contact.name.as_deref());
    assert_eq!(
        names.collect::<Vec<_>>(),
        [Some("Ada"), Some("Grace"), Some("Edith")]
    );
    assert_eq!(contacts.data[1].id, "");
    // Only for as long as that was looked at.
    assert!(api.contacts().list().send().await.is_err());
}

#[test]
fn a_list_takes_the_builders_of_its_items_and_says_which_one_is_wrong() {
    let single = types::SingleFilterSearchRequest::builder;
    let good = || single().field("role").operator("=").value("user");
    let both = types::MultipleFilterSearchRequest::builder()
        .operator("AND")
        .value([good(), good().field("email")])
        .build()
        .unwrap();
    assert_eq!(
        serde_json::to_value(&both).unwrap(),
        json!({ "operator": "AND", "value": [
            { "field": "role", "operator": "=", "value": "user" },
            { "field": "email", "operator": "=", "value": "user" },
        ] })
    );
    let wrong = types::MultipleFilterSearchRequest::builder()
        .operator("AND")
        .value([good(), single().field("email")])
        .build()
        .unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "value[1].operator: is required and was not set"
    );
}
