//! Deletions whose response was lost: what the next attempt does not find was deleted by the one before.

use intercom_client::{Error, Response, v2_14::types::ContactDeleted};

use crate::support::{Reply, Server};
use crate::{client, soon};

async fn delete(
    replies: impl IntoIterator<Item = Reply>,
) -> (Server, Result<Response<ContactDeleted>, Error>) {
    let server = Server::start(replies).await;
    let delete = client(&server).v2_14().contacts().delete("68c7a1f0");
    let outcome = soon(delete.send()).await;
    (server, outcome)
}

fn error_list(status: u16) -> Reply {
    let body = r#"{"type":"error.list","errors":[{"code":"not_found","message":"no such"}]}"#;
    Reply::json(status, body)
}

fn cut() -> Reply {
    Reply::raw(200, &[("content-length", "99")], "{")
}

#[tokio::test]
async fn a_delete_that_finds_nothing_after_a_lost_response_succeeded() {
    for lost in [Reply::hang_up(), Reply::json(502, "{}"), cut()] {
        for status in [404, 410] {
            let (server, outcome) = delete([lost.clone(), error_list(status)]).await;
            let deleted = outcome.unwrap();
            assert_eq!(deleted.id, "68c7a1f0");
            assert_eq!(deleted.status().as_u16(), status);
            assert_eq!(deleted.attempts(), 2);
            assert_eq!(server.seen().len(), 2);
        }
    }
}

#[tokio::test]
async fn a_delete_that_finds_nothing_before_anything_was_done_is_not_found() {
    let busy = Reply::new(429, &[("retry-after", "0")], "");
    for (replies, attempts) in [
        (vec![error_list(404)], 1),
        // Nothing was done by an attempt that was rejected.
        (vec![busy, error_list(404)], 2),
    ] {
        let (_, outcome) = delete(replies).await;
        let error = outcome.unwrap_err();
        assert!(error.is_not_found() && !error.may_have_acted());
        assert_eq!(error.attempts(), attempts);
    }
}

#[tokio::test]
async fn what_else_comes_after_a_lost_response_is_the_error() {
    let (_, outcome) = delete([Reply::hang_up(), Reply::json(403, "{}")]).await;
    let error = outcome.unwrap_err();
    assert!(error.is_forbidden() && error.may_have_acted());
    // A page of a proxy does not know what is there.
    let (_, outcome) = delete([Reply::hang_up(), Reply::html(404)]).await;
    assert!(outcome.unwrap_err().may_have_acted());
    // A read finds nothing.
    let server = Server::start([Reply::hang_up(), error_list(404)]).await;
    let get = client(&server).v2_14().contacts().get("68c7a1f0");
    assert!(soon(get.send()).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn what_was_deleted_has_its_own_id_and_not_that_of_something_else() {
    let server = Server::with({
        let is_first = std::sync::atomic::AtomicBool::new(true);
        move |_| {
            // Every other response is lost.
            if is_first.fetch_xor(true, std::sync::atomic::Ordering::Relaxed) {
                Reply::hang_up()
            } else {
                error_list(404)
            }
        }
    })
    .await;
    let api = client(&server).v2_14();
    let detached = api.conversations().detach_contact("c-1", "68c7a1f0");
    let conversation = soon(detached.admin_id(5).send()).await.unwrap();
    assert_eq!(conversation.id.as_deref(), Some("c-1"));
    let company = soon(api.contacts().detach_company("68c7a1f0", "7").send()).await;
    assert_eq!(company.unwrap().id, "7");
    let tag = soon(api.contacts().detach_tag("68c7a1f0", "a/b").send()).await;
    assert_eq!(tag.unwrap().id, "a/b");
    // The path of this one has no id.
    let instances = api.custom_object_instances();
    let instance = soon(
        instances
            .delete_by_external_id("Order")
            .external_id("7")
            .send(),
    )
    .await;
    let instance = instance.unwrap();
    assert_eq!(
        (instance.id.as_str(), instance.status().as_u16()),
        ("", 404)
    );
}
