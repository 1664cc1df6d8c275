//! The typed mocks of the feature `mock`, as the tests of a user of this crate have them, over a real socket.

mod matching;

use httpmock::{Mock, MockServer};
use intercom_client::{
    Error, Intercom, RetryPolicy, StatusCode,
    v2_14::{self, Api, mock::MockServerExt, types},
};
use serde_json::json;

fn client(server: &MockServer) -> Intercom {
    let builder = Intercom::builder("token").base_url(server.base_url());
    // A mock is called once, whatever it responds.
    let builder = builder.retry(RetryPolicy::never());
    builder.build().unwrap()
}

fn api(server: &MockServer) -> Api {
    client(server).v2_14()
}

/// Whether the mock matched the call; for all else the server has no mock.
async fn matches<T>(mock: &Mock<'_>, call: impl Future<Output = Result<T, Error>>) -> bool {
    let before = mock.calls_async().await;
    let outcome = call.await;
    let after = mock.calls_async().await;
    assert_eq!(outcome.is_ok(), after == before + 1);
    assert!(
        outcome
            .err()
            .is_none_or(|error| error.kind() == intercom_client::ErrorKind::NoMock)
    );
    after == before + 1
}

#[tokio::test]
async fn a_mock_responds_with_the_value_that_it_was_given() {
    let server = MockServer::start_async().await;
    let ada = types::Contact {
        id: "c1".into(),
        email: Some("ada@example.com".into()),
        created_at: chrono::DateTime::from_timestamp(1_700_000_000, 0),
        ..Default::default()
    };
    let list = types::ContactList {
        data: vec![ada.clone()],
        ..Default::default()
    };
    let contacts = server.v2_14().contacts();
    let one = contacts.get(|_, then| drop(then.ok(&ada)));
    let all = contacts.list(|_, then| drop(then.ok(&list)));
    let api = api(&server);
    let got = api.contacts().get("c1").send().await.unwrap();
    assert_eq!(got.into_inner(), ada);
    let mut stream = api.contacts().list().stream();
    assert_eq!(stream.try_next().await.unwrap(), Some(ada));
    one.assert();
    all.assert();
}

#[tokio::test]
async fn an_error_has_its_code_and_what_is_added_to_the_response() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().contacts().get(|_, then| {
        then.error(429, "rate_limit_exceeded", "Slow down")
            .into_inner()
            .header("retry-after", "3");
    });
    let call = api(&server).contacts().get("c1");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.code(), Some("rate_limit_exceeded"));
    assert_eq!(error.errors()[0].message.as_deref(), Some("Slow down"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 3);
    mock.assert();
}

#[tokio::test]
async fn the_response_of_a_download_is_bytes() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().data_export().download(|when, then| {
        when.job_identifier("j1");
        then.ok([0x1f, 0x8b, 0x00, 0xff]);
    });
    let call = api(&server).data_export().download("j1");
    let download = call.send().await.unwrap();
    let bytes = download.into_inner().collect().await.unwrap();
    assert_eq!(&bytes[..], [0x1f, 0x8b, 0x00, 0xff]);
    mock.assert();
}

#[tokio::test]
async fn a_response_without_a_value_has_the_status_of_the_description() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().data_events().create(|when, then| {
        when.body_includes(json!({ "event_name": "ordered" }));
        then.ok();
    });
    let call = api(&server).data_events().create();
    let call = call
        .event_name("ordered")
        .user_id("u1")
        .created_at(chrono::Utc::now());
    let response = call.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    mock.assert();
}

#[cfg(feature = "v2_13")]
#[tokio::test]
async fn two_versions_on_one_server_match_their_own_requests() {
    use intercom_client::v2_13::{self, mock::MockServerExt as _};

    let server = MockServer::start_async().await;
    let old = server.v2_13().tags().list(|_, then| {
        then.ok(v2_13::types::TagList::default());
    });
    let new = server.v2_14().tags().list(|_, then| {
        then.ok(v2_14::types::TagList::default());
    });
    assert!(matches(&old, client(&server).v2_13().tags().list().send()).await);
    assert!(matches(&new, api(&server).tags().list().send()).await);
    old.assert();
    new.assert();
}

#[tokio::test]
async fn a_mock_may_be_made_without_blocking() {
    use v2_14::mock::operations::{TagsListThen, TagsListWhen};

    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            TagsListWhen::new(when);
            TagsListThen::new(then).ok(types::TagList::default());
        })
        .await;
    assert!(matches(&mock, api(&server).tags().list().send()).await);
}

#[tokio::test]
async fn what_no_mock_matches_is_not_that_a_thing_was_not_found() {
    let server = MockServer::start_async().await;
    server.v2_14().contacts().get(|when, then| {
        when.contact_id("1");
        then.error(404, "not_found", "User Not Found");
    });
    let contacts = api(&server).contacts();
    assert!(contacts.get("1").await.unwrap_err().is_not_found());
    let error = contacts.get("2").await.unwrap_err();
    assert_eq!(error.kind(), intercom_client::ErrorKind::NoMock);
    assert!(!error.is_not_found() && !error.is_retryable());
}

#[tokio::test]
async fn a_body_is_a_value_or_json_and_so_is_a_response() {
    let server = MockServer::start_async().await;
    let contacts = || server.v2_14().contacts();
    let ada = || types::CreateContactRequest::new().email("ada@example.com");
    let json = contacts().create(|when, then| {
        when.body(json!({ "email": "ada@example.com" }));
        then.json(json!({ "id": "1", "name": 7 }));
    });
    let call = || api(&server).contacts().create().email("ada@example.com");
    assert_eq!(call().await.unwrap().name.as_deref(), Some("7"));
    json.delete_async().await;
    let built = contacts().create(|when, then| {
        when.body(ada());
        then.ok(types::Contact {
            id: "2".into(),
            ..Default::default()
        });
    });
    assert_eq!(call().await.unwrap().id, "2");
    built.delete_async().await;
    let nobody = types::Contact::default();
    contacts().create(|when, then| {
        when.body(ada());
        then.ok(&nobody);
    });
    assert!(
        call().await.is_err(),
        "it has no id, as {nobody:?} has none"
    );
}

#[tokio::test]
async fn pages_follow_one_another() {
    let server = MockServer::start_async().await;
    let contact = |id: &str| types::Contact {
        id: id.to_owned(),
        ..Default::default()
    };
    let contacts = server.v2_14().contacts();
    contacts.list(|when, then| {
        when.starting_after(None);
        then.page([contact("1"), contact("2")], Some("c2"));
    });
    contacts.list(|when, then| {
        when.starting_after("c2");
        then.page([contact("3")], None);
    });
    let mut stream = api(&server).contacts().list().stream();
    let mut ids = Vec::new();
    while let Some(contact) = stream.try_next().await.unwrap() {
        ids.push(contact.id);
    }
    assert_eq!(ids, ["1", "2", "3"]);
}
