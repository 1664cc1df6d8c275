//! Redirects of writes: what was done before, and what a client that follows them by itself makes of it.

use intercom_client::{Error, ErrorKind, Intercom, Method, reqwest};

use crate::faults::http;
use crate::support::{Reply, Seen, Server};
use crate::{TOKEN, client, soon};

const LIST: &str = r#"{"type":"list","data":[{"type":"contact","id":"1"}],"total_count":1}"#;

fn lines(server: &Server) -> Vec<String> {
    let line = |seen: Seen| seen.line;
    server.seen().into_iter().map(line).collect()
}

async fn create(intercom: &Intercom) -> Error {
    let create = intercom.v2_14().contacts().create();
    let create = create.email("ada@example.com").send();
    soon(create).await.unwrap_err()
}

/// Over a ready-made HTTP client that has this policy.
fn over(server: &Server, policy: reqwest::redirect::Policy) -> Intercom {
    let http = http().redirect(policy).build().unwrap();
    Intercom::builder(TOKEN)
        .base_url(&server.url)
        .http_client(http)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_redirected_write_may_have_been_done_except_after_307_and_308() {
    for (status, may_have_acted) in [
        (300, true),
        (301, true),
        (302, true),
        (303, true),
        (307, false),
        (308, false),
    ] {
        for goal in ["/elsewhere", "/contacts"] {
            let server = Server::start([Reply::redirect(status, goal)]).await;
            let error = create(&client(&server)).await;
            assert_eq!(error.kind(), ErrorKind::Redirect, "{status}");
            assert_eq!(error.may_have_acted(), may_have_acted, "{status}");
            assert!(!error.is_retryable());
            server.only();
        }
        // A read has done nothing, wherever it leads.
        let server = Server::start([Reply::redirect(status, "/elsewhere")]).await;
        let get = client(&server).v2_14().contacts().get("1");
        let error = soon(get.send()).await.unwrap_err();
        assert!(!error.may_have_acted(), "{status}");
    }
}

#[tokio::test]
async fn a_delete_that_is_redirected_may_have_been_done() {
    let server = Server::start([Reply::redirect(303, "/elsewhere")]).await;
    let delete = client(&server).v2_14().contacts().delete("1");
    let error = soon(delete.send()).await.unwrap_err();
    assert!(error.may_have_acted());
    server.only();
}

/// A builder is made to follow none, whatever its caller set.
#[tokio::test]
async fn a_client_that_is_built_here_does_not_turn_a_write_into_a_read_of_the_same_url() {
    for status in [301, 302, 303] {
        let replies = [Reply::redirect(status, "/contacts"), Reply::json(200, LIST)];
        let server = Server::start(replies).await;
        let follows = http().redirect(reqwest::redirect::Policy::limited(5));
        let intercom = Intercom::builder(TOKEN)
            .base_url(&server.url)
            .http_client_builder(follows)
            .build()
            .unwrap();
        assert_eq!(create(&intercom).await.kind(), ErrorKind::Redirect);
        assert_eq!(lines(&server), ["POST /contacts"]);
    }
}

#[tokio::test]
async fn a_ready_made_client_without_redirects_does_not_either() {
    let replies = [Reply::redirect(302, "/contacts"), Reply::json(200, LIST)];
    let server = Server::start(replies).await;
    let error = create(&over(&server, reqwest::redirect::Policy::none())).await;
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(lines(&server), ["POST /contacts"]);
}

/// The response has the URL that was asked for, and nothing reports what came before; so the docs of `http_client` ask for a
/// client that follows none. What can be seen is that a list is no contact.
#[tokio::test]
async fn what_a_ready_made_client_read_from_the_same_url_is_not_taken_for_what_was_written() {
    let replies = [Reply::redirect(302, "/contacts"), Reply::json(200, LIST)];
    let server = Server::start(replies).await;
    let error = create(&over(&server, reqwest::redirect::Policy::default())).await;
    assert_eq!(lines(&server), ["POST /contacts", "GET /contacts"]);
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.may_have_acted() && !error.is_retryable());
}

#[tokio::test]
async fn a_ready_made_client_that_goes_round_in_circles_may_have_acted() {
    let server = Server::start(vec![Reply::redirect(302, "/x"); 20]).await;
    let intercom = over(&server, reqwest::redirect::Policy::default());
    let request = intercom.request(Method::POST, "/x").body("a");
    let error = soon(request.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.may_have_acted());
    let posts = lines(&server)
        .iter()
        .filter(|line| *line == "POST /x")
        .count();
    assert_eq!(posts, 1);
}

/// Whatever it ended with: it is not the write that is to be sent elsewhere.
#[tokio::test]
async fn a_write_that_a_ready_made_client_followed_to_a_307_may_have_acted() {
    let replies = [Reply::redirect(302, "/y"), Reply::new(307, &[], "")];
    let server = Server::start(replies).await;
    let intercom = over(&server, reqwest::redirect::Policy::default());
    let request = intercom.request(Method::POST, "/x").body("a");
    let error = soon(request.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(error.status().unwrap().as_u16(), 307);
    assert!(error.may_have_acted());
    assert_eq!(lines(&server), ["POST /x", "GET /y"]);
}
