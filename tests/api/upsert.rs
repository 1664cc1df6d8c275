//! Contacts that may be there already, and conversations that are longer than what the API sends.

use std::time::Duration;

use intercom_client::{CallOptions, ErrorKind, Intercom, RetryPolicy, v2_14::types};
use serde_json::{Value, json};

use crate::support::{Reply, Server};

fn conflict(message: &str) -> Reply {
    let errors = json!([{ "code": "conflict", "message": message }]);
    Reply::json(
        409,
        json!({ "type": "error.list", "errors": errors }).to_string(),
    )
}

fn contact() -> Reply {
    Reply::json(
        200,
        json!({ "type": "contact", "id": "64a1f0c2" }).to_string(),
    )
}

async fn upsert(
    replies: impl IntoIterator<Item = Reply>,
) -> (
    Server,
    Result<intercom_client::Upserted<types::Contact>, intercom_client::Error>,
) {
    let server = Server::start(replies).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url);
    let intercom = intercom.retry(RetryPolicy::never()).build().unwrap();
    let create = intercom.v2_14().contacts().create();
    let create = create
        .external_id("u-1")
        .email("ada@example.com")
        .name("Ada");
    let outcome = create.upsert().await;
    (server, outcome)
}

#[tokio::test]
async fn a_new_contact_is_created_with_one_request() {
    let (server, outcome) = upsert([contact()]).await;
    let contact = outcome.unwrap();
    assert!(contact.was_created());
    assert_eq!(contact.id, "64a1f0c2");
    assert_eq!(server.only().line, "POST /contacts");
}

#[tokio::test]
async fn a_contact_that_is_there_is_updated_with_the_same_fields() {
    let named = "A contact matching those details already exists with id=64a1f0c2.";
    let (server, outcome) = upsert([conflict(named), contact()]).await;
    assert!(!outcome.unwrap().was_created());
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[1].line, "PUT /contacts/64a1f0c2");
    assert_eq!(seen[1].header("content-type"), Some("application/json"));
    let body = |number: usize| serde_json::from_str::<Value>(&seen[number].body).unwrap();
    assert_eq!(body(1), body(0));
    assert_eq!(body(1)["name"], "Ada");
}

#[tokio::test]
async fn both_requests_of_an_upsert_are_one_call_to_its_deadline() {
    let pause = Duration::from_millis(100);
    let body = r#"{"errors":[{"message":"there with id=64a1f0c2"}]}"#;
    let length = body.len().to_string();
    let slow = || Reply::raw(409, &[("content-length", &length)], "").then_slowly(&[body], pause);
    let (server, outcome) = upsert([slow(), contact()]).await;
    assert!(outcome.unwrap().response().elapsed() >= pause);
    assert_eq!(server.seen().len(), 2);

    // The second one ends when the time for both is over.
    let server = Server::start([slow(), Reply::silence()]).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url).build();
    let deadline = CallOptions::new().timeout(Duration::from_secs(2));
    let api = intercom.unwrap().v2_14().with_options(deadline);
    let create = api.contacts().create().email("ada@example.com");
    let error = create.upsert().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CallTimeout);
    assert!(error.to_string().contains("longer than 2s"), "{error}");
}

#[tokio::test]
async fn a_conflict_that_names_nobody_is_the_error() {
    for message in ["it is there", "with id=", "id=/../admins"] {
        let (server, outcome) = upsert([conflict(message)]).await;
        assert!(outcome.unwrap_err().is_conflict(), "{message}");
        server.only();
    }
    let (_, outcome) = upsert([Reply::json(422, "{}")]).await;
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Rejected);
}

#[test]
fn a_conversation_says_whether_parts_are_missing() {
    let conversation = |total: Value, parts: usize| -> types::Conversation {
        let parts = vec![json!({ "id": "1" }); parts];
        let parts = json!({ "conversation_parts": parts, "total_count": total });
        serde_json::from_value(json!({ "id": "7", "conversation_parts": parts })).unwrap()
    };
    assert!(conversation(json!(501), 500).parts_truncated());
    assert!(!conversation(json!(500), 500).parts_truncated());
    assert!(!conversation(Value::Null, 3).parts_truncated());
    let none: types::Conversation = serde_json::from_value(json!({ "id": "7" })).unwrap();
    assert!(!none.parts_truncated());
}

#[tokio::test]
async fn an_archived_contact_is_unarchived_before_it_is_updated() {
    for message in [
        "An archived contact matching those details already exists with id=64a1f0c2",
        "A contact matching those details exists, but is archived. id=64a1f0c2.",
    ] {
        archived(message).await;
    }
}

async fn archived(message: &str) {
    let (server, outcome) = upsert([conflict(message), contact(), contact()]).await;
    let contact = outcome.unwrap();
    assert!(contact.was_archived() && !contact.was_created());
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(
        lines,
        [
            "POST /contacts",
            "POST /contacts/64a1f0c2/unarchive",
            "PUT /contacts/64a1f0c2"
        ]
    );
}

#[tokio::test]
async fn an_archived_contact_that_is_to_be_kept_is_a_conflict_with_its_id() {
    let message = "An archived contact matching those details already exists with id=64a1f0c2";
    let server = Server::start([conflict(message)]).await;
    let intercom = Intercom::builder("a-token")
        .base_url(&server.url)
        .build()
        .unwrap();
    let create = intercom
        .v2_14()
        .contacts()
        .create()
        .email("ada@example.com");
    let error = create.upsert().keep_archived().await.unwrap_err();
    assert!(error.is_conflict());
    assert_eq!(error.existing_id(), Some("64a1f0c2"));
    assert_eq!(server.only().line, "POST /contacts");
}

#[tokio::test]
async fn another_word_of_a_conflict_is_no_id() {
    for message in [
        "A contact matching those details already exists with external_id=customer-7",
        "Multiple existing users match this email address - must be more specific using user_id",
        "It exists with id=1 and with id=2",
        "It exists with id=../admins",
        "It exists with id=",
    ] {
        let (server, outcome) = upsert([conflict(message)]).await;
        assert!(outcome.unwrap_err().is_conflict(), "{message}");
        assert_eq!(server.only().line, "POST /contacts", "{message}");
    }
}

/// The conflict that an error has as its source.
fn source(error: &intercom_client::Error) -> &intercom_client::Error {
    let source = std::error::Error::source(error).unwrap();
    source.downcast_ref().unwrap()
}

#[tokio::test]
async fn a_failing_update_has_the_conflict_as_its_source() {
    let message = "A contact matching those details already exists with id=64a1f0c2";
    let gone = Reply::json(404, "{}");
    let (_, outcome) = upsert([conflict(message), gone]).await;
    let error = outcome.unwrap_err();
    assert!(error.is_not_found() && !error.may_have_acted());
    assert_eq!(source(&error).existing_id(), Some("64a1f0c2"));

    // The cause that it has of its own is kept, too.
    let (_, outcome) = upsert([conflict(message), Reply::hang_up()]).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let conflict = source(&error);
    assert_eq!(conflict.existing_id(), Some("64a1f0c2"));
    let own = std::error::Error::source(conflict).unwrap();
    assert!(own.is::<intercom_client::reqwest::Error>(), "{own:?}");
}

#[tokio::test]
async fn what_fails_after_a_contact_was_unarchived_has_done_something() {
    let message = "An archived contact matching those details already exists with id=64a1f0c2";
    let refused = || Reply::json(403, "{}");
    for (replies, operation, may_have_acted) in [
        (
            vec![conflict(message), refused()],
            "contacts.unarchive",
            false,
        ),
        (
            vec![conflict(message), contact(), refused()],
            "contacts.update",
            true,
        ),
    ] {
        let (server, outcome) = upsert(replies.clone()).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.operation(), Some(operation));
        assert_eq!(error.may_have_acted(), may_have_acted, "{operation}");
        assert_eq!(source(&error).existing_id(), Some("64a1f0c2"));
        assert_eq!(server.seen().len(), replies.len());
    }
}
