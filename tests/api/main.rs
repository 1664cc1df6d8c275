//! The generated operations as a user calls them, over a real socket.
#![cfg(all(feature = "v2_14", feature = "all-resources"))]

mod bodies;
mod later_pages;
mod lists;
mod recordings;
mod requests;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod upsert;

use std::{pin::Pin, time::Duration};

use futures_util::{Stream, TryStreamExt};
use httpmock::MockServer;
use intercom_client::{ByteStream, CallOptions, Error, ErrorKind, Intercom, Response, v2_14};
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
async fn a_path_parameter_that_would_change_the_path_is_refused_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let any = server.mock_async(|_, then| drop(then.status(200))).await;
    let contacts = client(&server).v2_14().contacts();
    for id in ["", ".", "..", "%2e", "%2E%2e"] {
        let error = contacts.delete(id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{id:?}");
        assert!(error.to_string().contains("contact_id"), "{error}");
    }
    let error = contacts.delete("").send().await.unwrap_err();
    assert!(error.to_string().contains("contact_id is empty"), "{error}");
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
        intercom.v2_9().contacts().get("c1").send(),
        intercom.v2_14().contacts().get("c1").send(),
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
    let options = CallOptions::new()
        .header("x-trace", "t1")
        .api_version("2.13");
    api.with_options(options)
        .admins()
        .me()
        .send()
        .await
        .unwrap();
    api.admins().me().send().await.unwrap();
    with.assert_async().await;
    without.assert_async().await;
}

/// A request that leaves the function it was made in.
fn prepared(api: &v2_14::Api) -> v2_14::requests::ContactsGet {
    api.contacts().get("c1")
}

async fn download(api: v2_14::Api) -> Result<Response<ByteStream>, Error> {
    api.data_export().download("j1").send().await
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
        api.with_options(CallOptions::new().timeout(Duration::from_secs(5)))
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
        api.contacts().get("c1"),
        api.contacts().list().stream(),
    );
    assert!(shown.contains("2.14"));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_resource_in_a_list_without_its_id_is_read_and_named() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.path("/contacts");
            then.status(200).json_body(json!({
                "data": [{ "id": "c1", "name": "Ada" }, { "id": null, "name": "Grace" }, { "name": "Edith" }],
            }));
        })
        .await;
    let contacts = client(&server)
        .v2_14()
        .contacts()
        .list()
        .send()
        .await
        .unwrap();
    let names = contacts.data.iter().map(|contact| contact.name.as_deref());
    assert_eq!(
        names.collect::<Vec<_>>(),
        [Some("Ada"), Some("Grace"), Some("Edith")]
    );
    assert_eq!(contacts.data[1].id, "");
    assert_eq!(contacts.unread(), ["data[1].id", "data[2].id"]);
}
