//! The policy: how often, how long, and for which requests.

use crate::support::{Reply, Server};
use crate::{client, soon};

const CONTACT: &str = r#"{"type":"contact","id":"68c7a1f0"}"#;

fn contact() -> Reply {
    Reply::json(200, CONTACT)
}

fn broken(status: u16) -> Reply {
    Reply::json(status, "{}")
}

#[tokio::test]
async fn a_read_is_repeated_until_it_succeeds_and_the_response_says_how_often() {
    let server = Server::start([broken(503), Reply::hang_up(), contact()]).await;
    let api = client(&server).v2_14();
    let contact = soon(api.contacts().get().contact_id("68c7a1f0").send())
        .await
        .unwrap();
    assert_eq!(contact.id, "68c7a1f0");
    assert_eq!(contact.attempts(), 3);
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for request in &seen {
        assert_eq!(request.line, seen[0].line);
        assert_eq!(request.header("intercom-version"), Some("2.14"));
        assert!(request.header("authorization").is_some());
    }
}

#[tokio::test]
async fn a_body_is_sent_again_as_it_was() {
    let list = r#"{"type":"list","data":[],"total_count":0}"#;
    let server = Server::start([broken(502), Reply::json(200, list)]).await;
    let search = client(&server).v2_14().contacts().search();
    let query = search.body_map(|b| {
        b.query(
            intercom_client::v2_14::types::SingleFilterSearchRequest::builder()
                .field("role")
                .operator("=")
                .value("lead"),
        )
    });
    soon(query.send()).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
    assert!(seen[0].body.contains("role"), "{}", seen[0].body);
}
