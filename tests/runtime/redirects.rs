//! Redirects: never for calls, without the token for downloads.

use intercom_client::{ErrorKind, Intercom, Method, reqwest};

use crate::support::{Reply, Server};
use crate::{TOKEN, client, failure, get};

#[tokio::test]
async fn a_call_follows_no_redirect_and_names_no_more_than_its_host() {
    for status in [301, 302, 303, 307, 308] {
        let goal = "https://files.example/5ba682d2?sig=hunter2";
        let error = failure(Reply::redirect(status, goal)).await;
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(error.status().unwrap().as_u16(), status);
        let text = format!("{error} {error:?}");
        assert!(text.contains("files.example"), "{text}");
        assert!(!text.contains("5ba682d2") && !text.contains("hunter2"));
    }
    let error = failure(Reply::new(304, &[], "")).await;
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn a_redirect_to_the_same_server_is_not_followed_either() {
    let server = Server::start([Reply::redirect(302, "/elsewhere")]).await;
    get(&server).send().await.unwrap_err();
    server.only();
}

#[tokio::test]
async fn a_download_leaves_the_token_behind() {
    let storage = Server::start([Reply::new(200, &[], "data")]).await;
    let goal = format!("{}/file?sig=1", storage.url);
    let server = Server::start([Reply::redirect(302, &goal)]).await;
    let request = get(&server).api_version("2.14").header("x-trace", "1");
    let stream = request.send_stream().await.unwrap().into_inner();
    assert_eq!(stream.collect().await.unwrap(), "data");
    assert!(server.only().header("authorization").is_some());
    let seen = storage.only();
    assert_eq!(seen.line, "GET /file?sig=1");
    for name in ["authorization", "intercom-version", "x-trace", "cookie"] {
        assert_eq!(seen.header(name), None, "{name}");
    }
    // Nobody is to pack on the way what may be packed already.
    for seen in [seen, server.only()] {
        assert_eq!(seen.header("accept-encoding"), Some("identity"));
    }
}

#[tokio::test]
async fn a_token_left_behind_stays_so_on_the_way_back() {
    let server = Server::start([]).await;
    let back = format!("{}/back", server.url);
    let storage = Server::start([Reply::redirect(302, &back)]).await;
    server.push(Reply::redirect(302, &storage.url));
    server.push(Reply::new(200, &[], "data"));
    get(&server).send_stream().await.unwrap();
    let seen = server.seen();
    assert!(seen[0].header("authorization").is_some());
    assert_eq!(seen[1].line, "GET /back");
    assert_eq!(seen[1].header("authorization"), None);
}

#[tokio::test]
async fn a_download_keeps_the_token_on_the_same_server() {
    let replies = [Reply::redirect(307, "/next"), Reply::new(200, &[], "data")];
    let server = Server::start(replies).await;
    get(&server).send_stream().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[1].line, "GET /next");
    assert_eq!(
        seen[1].header("authorization"),
        seen[0].header("authorization")
    );
}

#[tokio::test]
async fn a_download_is_not_sent_around_for_ever() {
    let server = Server::start(vec![Reply::redirect(302, "/again"); 30]).await;
    let error = get(&server).send_stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains("too many"), "{error}");
    assert_eq!(server.seen().len(), 11);
}

#[tokio::test]
async fn a_download_is_not_sent_to_plain_http_or_to_nothing() {
    for goal in [
        "http://files.example/x",
        "ftp://files.example/x",
        "http://",
        "data:x",
    ] {
        let server = Server::start([Reply::redirect(302, goal)]).await;
        let error = get(&server).send_stream().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{goal}");
    }
    let server = Server::start([Reply::new(302, &[], "")]).await;
    let error = get(&server).send_stream().await.unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn a_post_is_not_sent_on() {
    let server = Server::start([Reply::redirect(307, "/next")]).await;
    let request = client(&server).request(Method::POST, "/x");
    let error = request.send_stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    server.only();
}

/// A client over a ready-made one that follows redirects.
fn following(server: &Server) -> Intercom {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    Intercom::builder(TOKEN)
        .base_url(&server.url)
        .http_client(http)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_redirect_that_a_ready_client_followed_to_another_host_is_an_error() {
    let other = Server::start([Reply::json(200, "{}")]).await;
    let server = Server::start([Reply::redirect(302, &other.url)]).await;
    let intercom = following(&server);
    let error = intercom.request(Method::GET, "/me").send().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(other.only().header("authorization"), None);
}

#[tokio::test]
async fn a_write_that_a_ready_client_made_a_read_on_the_same_host_is_an_error() {
    let server = Server::start([Reply::redirect(302, "/x/"), Reply::json(200, "{}")]).await;
    let intercom = following(&server);
    let request = intercom.request(Method::POST, "/x").body("a");
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.may_have_acted());
    assert_eq!(server.seen()[1].line, "GET /x/");
}
