//! What becomes of responses that are not what was asked for.

use std::error::Error as _;
use std::time::Duration;

use intercom_client::{ErrorKind, Intercom, Method, RetryPolicy};
use serde::Deserialize;

use crate::support::{Reply, Server};
use crate::{TOKEN, client, failure, get};

const LIST: &str = r#"{"type":"error.list","request_id":"in-body","errors":[
    {"code":"not_found","message":"ada@example.com is unknown","field":"email"}]}"#;

#[tokio::test]
async fn an_error_list_is_read() {
    let error = failure(Reply::json(404, LIST)).await;
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.request_id(), Some("in-body"));
    assert_eq!(error.errors()[0].field.as_deref(), Some("email"));
    let message = error.errors()[0].message.as_deref();
    assert_eq!(message, Some("ada@example.com is unknown"));
    assert_eq!(error.body().unwrap(), LIST.as_bytes());
    assert_eq!(error.operation(), None);
    assert_eq!(
        error.to_string(),
        "GET request: 404 Not Found, code not_found, field email, request in-body"
    );
    let debug = format!("{error:?}");
    assert!(debug.contains("request_id: \"in-body\""), "{debug}");
}

#[tokio::test]
async fn error_bodies_of_any_form_keep_their_status_and_text() {
    for (reply, kind, status, message) in [
        (
            Reply::json(400, r#"{"status":400,"error":"bad"}"#),
            ErrorKind::Rejected,
            400,
            Some("bad"),
        ),
        (Reply::json(500, ""), ErrorKind::Server, 500, None),
        (Reply::json(500, "[[["), ErrorKind::Server, 500, None),
        (Reply::html(502), ErrorKind::WebPage, 502, None),
        (
            Reply::raw(503, &[("content-length", "99")], "cut"),
            ErrorKind::Server,
            503,
            None,
        ),
    ] {
        let error = failure(reply).await;
        assert_eq!(error.kind(), kind);
        assert_eq!(error.status().unwrap().as_u16(), status);
        let first = error.errors().first();
        let found = first.and_then(|error| error.message.as_deref());
        assert_eq!(found, message);
        assert!(error.body().is_some());
        assert_eq!(error.is_server_error(), status >= 500);
    }
}

#[tokio::test]
async fn what_an_odd_body_says_of_an_error_is_read() {
    for body in [
        &b"\xef\xbb\xbf {\"errors\":[{\"code\":\"c\",\"message\":\"m\"}]}"[..],
        b"{\"errors\":[{\"code\":\"c\",\"message\":\"m\"}],\"more\":\"\xff\"}",
        br#"{"errors":[{"code":"c","message":"m"}],"more":"\ud83d"}"#,
        br#"{"errors":[{"code":"c","message":"m","more":1e400}]}"#,
        br#"{"errors":[],"errors":[{"code":"c","message":"m"}]}"#,
        br#"{"code":"c","title":"t","detail":"m"}"#,
        br#"{"errors":[{"code":"c","title":"m"}]}"#,
    ] {
        let error = failure(Reply::json(409, body)).await;
        let shown = String::from_utf8_lossy(body);
        let found = (error.code(), error.message());
        assert_eq!(found, (Some("c"), Some("m")), "{shown}");
        assert!(error.is_conflict(), "{shown}");
    }
}

#[tokio::test]
async fn each_status_has_one_predicate() {
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 502] {
        let error = failure(Reply::json(status, "{}")).await;
        assert_eq!(error.is_unauthorized(), status == 401);
        assert_eq!(error.is_forbidden(), status == 403);
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_conflict(), status == 409);
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.is_server_error(), status >= 500);
        assert_eq!(error.is_retryable(), [429, 500, 502].contains(&status));
    }
}

#[tokio::test]
async fn what_may_have_acted_is_not_called_retryable() {
    for (status, retryable) in [(429, true), (500, false), (503, false)] {
        let server = Server::start([Reply::json(status, "{}")]).await;
        let request = client(&server).request(Method::POST, "/contacts");
        let error = request.send().await.unwrap_err();
        assert_eq!(error.is_retryable(), retryable, "{status}");
    }
    let server = Server::start([Reply::hang_up()]).await;
    let request = client(&server).request(Method::POST, "/contacts");
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn an_exhausted_rate_limit_reports_how_long_to_wait() {
    let headers = [
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-ratelimit-limit", "166"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "784111786"),
        ("x-request-id", "in-header"),
    ];
    let error = failure(Reply::new(429, &headers, LIST)).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
    assert_eq!(error.request_id(), Some("in-header"));
    assert_eq!(error.headers().unwrap()["x-ratelimit-limit"], "166");
    let limit = error.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(166), Some(0)));
    // An error of another kind does not wait for a window that is not exhausted.
    let error = failure(Reply::new(400, &headers, LIST)).await;
    assert_eq!(error.retry_after(), None);
    let error = failure(Reply::new(503, &[("retry-after", "30")], "")).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[derive(Debug, Deserialize)]
struct Contact {
    #[allow(dead_code, reason = "decoding it fails")]
    age: u8,
}

#[tokio::test]
async fn a_page_in_place_of_data_is_an_error_with_status_type_and_body() {
    let server = Server::start([Reply::html(200)]).await;
    let response = get(&server).send().await.unwrap();
    let error = response.json::<Contact>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WebPage);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert!(error.body().unwrap().starts_with(b"<!DOCTYPE"));
    let text = error.to_string();
    assert!(text.contains("200 OK, a web page"), "{text}");
}

#[tokio::test]
async fn a_type_that_is_none_is_not_shown() {
    let headers = [("content-type", "text/ada@example.com")];
    let server = Server::start([Reply::new(200, &headers, "ada")]).await;
    let response = get(&server).send().await.unwrap();
    let error = response.json::<Contact>().unwrap_err();
    assert!(error.to_string().contains("JSON was expected"), "{error}");
    assert!(!format!("{error} {error:?}").contains("ada@"));
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_placed_and_not_shown() {
    let body = r#"{"age":"ada@example.com"}"#;
    let server = Server::start([Reply::json(200, body)]).await;
    let response = get(&server).send().await.unwrap();
    let error = response.json::<Contact>().unwrap_err();
    assert!(error.to_string().contains("at age (line 1"), "{error}");
    let source = error.source().unwrap();
    let text = format!("{error} {error:?} {source} {source:?}");
    assert!(!text.contains("ada@"), "{text}");
    assert_eq!(error.body().unwrap(), body);
}

#[tokio::test]
async fn an_empty_body_and_a_cut_one_are_different_errors() {
    let server = Server::start([Reply::json(200, ""), Reply::json(200, "{\"age\":")]).await;
    let error = get(&server).send().await.unwrap().json::<Contact>();
    assert!(error.unwrap_err().to_string().contains("empty"));
    let error = get(&server).send().await.unwrap().json::<Contact>();
    assert!(error.unwrap_err().to_string().contains("ends too early"));
}

#[tokio::test]
async fn a_truncated_body_is_an_error_with_what_came() {
    let cut = Reply::raw(200, &[("content-length", "99")], "{\"age\"");
    let error = failure(cut).await;
    assert_eq!(error.kind(), ErrorKind::Body);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap(), "{\"age\"");
    assert!(error.source().is_some());
    let chunked = Reply::raw(200, &[("transfer-encoding", "chunked")], "5\r\nhello\r\n");
    assert_eq!(failure(chunked).await.kind(), ErrorKind::Body);
}

#[tokio::test]
async fn a_truncated_stream_ends_with_an_error() {
    let cut = Reply::raw(200, &[("content-length", "99")], "hello");
    let server = Server::start([cut]).await;
    let mut stream = get(&server).send_stream().await.unwrap().into_inner();
    assert_eq!(stream.next().await.unwrap().unwrap(), "hello");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Body);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_stream_is_collected_whole() {
    let body = "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    let chunked = Reply::raw(200, &[("transfer-encoding", "chunked")], body);
    let server = Server::start([chunked]).await;
    let response = get(&server).send_stream().await.unwrap();
    assert_eq!(
        response.into_inner().collect().await.unwrap(),
        "hello world"
    );
    let accept = server.only();
    assert_eq!(accept.header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn an_error_in_place_of_a_stream_is_read() {
    let server = Server::start([Reply::json(404, LIST)]).await;
    let error = get(&server).send_stream().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("not_found"));
}

#[tokio::test]
async fn a_refused_connection_and_a_broken_one_are_different_errors() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let intercom = Intercom::builder(TOKEN)
        .base_url(url)
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let request = intercom.request(Method::POST, "/contacts/5ba682d2");
    let error = request.send().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
    let mut chain = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    assert!(chain.len() > 1, "{chain:?}");
    assert!(!chain.concat().contains("5ba682d2"), "{chain:?}");

    let error = failure(Reply::hang_up()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.is_connect() && error.is_retryable());
    assert!(error.source().is_some());
}

#[tokio::test]
async fn no_error_shows_token_id_query_header_or_body() {
    let secrets = [TOKEN, "5ba682d2", "ada@", "hunter2"];
    let headers = [
        ("x-secret", "hunter2"),
        ("content-type", "text/ada@example.com"),
        ("location", "https://files.example/5ba682d2?sig=hunter2"),
    ];
    for reply in [
        Reply::json(404, LIST),
        Reply::json(400, r#"{"code":"ada@example.com"}"#),
        Reply::new(500, &headers, "ada@example.com"),
        Reply::new(302, &headers, ""),
        Reply::html(502),
        Reply::hang_up(),
        Reply::raw(200, &[("content-length", "99")], "ada@example.com"),
    ] {
        let error = failure(reply).await;
        let mut text = format!("{error} {error:?}");
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push_str(&format!(" {error} {error:?}"));
            cause = error.source();
        }
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_response_has_what_came_with_it() {
    let headers = [("x-request-id", "r1"), ("x-ratelimit-remaining", "12")];
    let server = Server::start([Reply::new(201, &headers, "{\"a\":1}")]).await;
    let response = get(&server).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.rate_limit().unwrap().remaining, Some(12));
    assert_eq!(response.raw_body(), "{\"a\":1}");
    let length = response.map(|body| body.len());
    assert_eq!(*length, 7);
    assert_eq!(length.headers()["x-request-id"], "r1");
    assert!(!format!("{length:?}").contains("r1"));
}
