//! Calls as generated code makes them.

use httpmock::prelude::*;
use serde_json::{Value, json};

use super::VersionedClient;
use crate::client::Intercom;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::transport::options::CallOptions;

static GET_NOTE: Operation = Operation {
    id: "showNote",
    method: "GET",
    path: "/contacts/{contact_id}/notes/{id}",
    resource: "notes",
    name: "get",
    idempotent: true,
    has_quota: false,
    list: None,
    list_field: None,
    may_be_no_list: false,
    deleted: None,
};

static CREATE: Operation = Operation {
    id: "createContact",
    method: "POST",
    path: "/contacts",
    resource: "contacts",
    name: "create",
    idempotent: false,
    has_quota: false,
    list: None,
    list_field: None,
    may_be_no_list: false,
    deleted: None,
};

fn client(server: &MockServer) -> VersionedClient {
    let builder = Intercom::builder("token").base_url(server.base_url());
    VersionedClient::new(builder.build().unwrap(), "2.14")
}

async fn get_note(
    client: &VersionedClient,
    ids: &[&str],
) -> Result<crate::response::Response<Value>, Error> {
    client
        .send(&GET_NOTE, client.request(&GET_NOTE, ids)?)
        .await
}

#[tokio::test]
async fn parameters_arrive_as_they_were_given() {
    let server = MockServer::start();
    let mock = server.mock(|when, then| {
        when.method(GET)
            .is_true(|request| request.uri().path() == "/contacts/a%2Fb%3Fc/notes/100%25%20%C3%BC")
            .header("authorization", "Bearer token")
            .header("intercom-version", "2.14");
        then.status(200).json_body(json!({ "id": "7" }));
    });
    let client = client(&server);
    let note = get_note(&client, &["a/b?c", "100% ü"]).await.unwrap();
    assert_eq!(note["id"], "7");
    mock.assert();
}

#[tokio::test]
async fn a_parameter_that_is_no_id_sends_nothing() {
    let server = MockServer::start();
    let any = server.mock(|when, then| {
        when.any_request();
        then.status(200).json_body(json!({}));
    });
    let client = client(&server);
    for id in ["", ".", "..", "%2e%2e"] {
        let error = get_note(&client, &["1", id]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.operation(), Some("notes.get"));
        assert!(error.to_string().contains(": id is"), "{error}");
    }
    any.assert_calls(0);
}

#[tokio::test]
async fn a_request_to_another_origin_is_not_sent() {
    let (server, other) = (MockServer::start(), MockServer::start());
    let any = other.mock(|when, then| {
        when.any_request();
        then.status(200).json_body(json!({}));
    });
    let request = || reqwest::Client::new().get(other.url("/contacts/1/notes/2"));
    let client = client(&server);
    let error = client
        .send::<Value>(&GET_NOTE, request())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let error = client.send_stream(&GET_NOTE, request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    any.assert_calls(0);
}

#[tokio::test]
async fn errors_name_the_operation_by_its_template() {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.path("/contacts/5ba682d2/notes/1");
        then.status(404)
            .json_body(json!({ "errors": [{ "code": "note_not_found" }] }));
    });
    server.mock(|when, then| {
        when.path("/contacts/5ba682d2/notes/2");
        then.status(200)
            .header("content-type", "application/json")
            .body("{\"id\":");
    });
    let client = client(&server);
    let error = get_note(&client, &["5ba682d2", "1"]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "notes.get (GET /contacts/{contact_id}/notes/{id}): 404 Not Found, code note_not_found"
    );
    let error = get_note(&client, &["5ba682d2", "2"]).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.operation(), Some("notes.get"));
    assert!(!format!("{error} {error:?}").contains("5ba682d2"));
}

#[tokio::test]
async fn options_add_up_and_the_client_they_came_from_stays_as_it_was() {
    let server = MockServer::start();
    let mock = server.mock(|when, then| {
        when.header("intercom-version", "2.13")
            .header("x-a", "1")
            .header("x-b", "3");
        then.status(200).json_body(json!({}));
    });
    let plain = client(&server);
    let first = CallOptions::new().api_version("2.13").header("x-a", "1");
    let client = plain
        .with_options(first.header("x-b", "2"))
        .with_options(CallOptions::new().header("x-b", "3"));
    get_note(&client, &["1", "2"]).await.unwrap();
    mock.assert();
    assert!(
        get_note(&plain, &["1", "2"])
            .await
            .is_err_and(|error| error.kind() == crate::error::ErrorKind::NoMock)
    );
    let wrong = plain.with_options(CallOptions::new().header("host", "x"));
    let error = get_note(&wrong, &["1", "2"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn an_empty_response_may_be_of_any_form() {
    let server = MockServer::start();
    let mut mock = server.mock(|when, then| {
        when.method(POST);
        then.status(202).body("accepted");
    });
    let client = client(&server);
    let send = || client.send_empty(&CREATE, client.request(&CREATE, &[]).unwrap());
    let response = send().await.unwrap();
    assert_eq!(response.status().as_u16(), 202);
    assert_eq!(response.raw_body(), "accepted");
    mock.delete();
    server.mock(|when, then| {
        when.method(POST);
        then.status(503);
    });
    let error = send().await.unwrap_err();
    // The server may have created it.
    assert!(error.is_server_error() && !error.is_retryable());
}

#[tokio::test]
async fn downloads_are_no_web_pages() {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.path("/contacts/1/notes/1");
        then.status(200)
            .header("content-type", "text/html")
            .body("<p>down");
    });
    server.mock(|when, then| {
        when.path("/contacts/1/notes/2");
        then.status(200).body(b"\xff\xfe");
    });
    let client = client(&server);
    let request = |id| client.request(&GET_NOTE, &["1", id]).unwrap();
    let error = client
        .send_stream(&GET_NOTE, request("1"))
        .await
        .unwrap_err();
    assert!(error.kind() == ErrorKind::WebPage);
    assert_eq!(error.body().unwrap(), "<p>down");
    let data = client.send_stream(&GET_NOTE, request("2")).await.unwrap();
    assert_eq!(data.into_inner().collect().await.unwrap(), b"\xff\xfe"[..]);
}

#[test]
fn debug_shows_version_and_region_only() {
    let client = VersionedClient::new(Intercom::new("hunter2").unwrap(), "2.14");
    let client = client.with_options(CallOptions::new().header("x-secret", "hunter2"));
    assert_eq!(
        format!("{client:?}"),
        "Client { version: \"2.14\", region: Some(Us), .. }"
    );
}
