//! What is sent along with requests, and to whom.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use intercom_client::{
    CallOptions, ErrorKind, Intercom, Method, RetryPolicy, Token, TokenProvider,
};
use serde_json::json;

use crate::support::{Reply, Server};
use crate::{TOKEN, client, get};

#[tokio::test]
async fn every_request_is_authenticated_and_says_who_sends_it() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    get(&server).api_version("2.14").send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.line, "GET /contacts/5ba682d2?email=ada@example.com");
    assert_eq!(
        seen.header("authorization"),
        Some(&*format!("Bearer {TOKEN}"))
    );
    assert_eq!(seen.header("intercom-version"), Some("2.14"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    let user_agent = seen.header("user-agent").unwrap();
    assert!(user_agent.starts_with("intercom-client/"), "{user_agent}");
}

#[tokio::test]
async fn query_and_body_are_sent_as_given() {
    let server = Server::start([Reply::json(200, r#"{"id":"7"}"#)]).await;
    let response = client(&server)
        .request(Method::POST, "/contacts")
        .query(&[("a", "1 &"), ("b", "ü")])
        .json(&json!({ "email": "ada@example.com" }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.json::<serde_json::Value>().unwrap()["id"], "7");
    let seen = server.only();
    assert_eq!(seen.line, "POST /contacts?a=1+%26&b=%C3%BC");
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.body, r#"{"email":"ada@example.com"}"#);
}

#[tokio::test]
async fn a_body_of_any_type_is_sent_as_it_is_each_time() {
    let busy = Reply::new(429, &[("retry-after", "0")], "");
    let server = Server::start([busy, Reply::json(200, "{}")]).await;
    let request = client(&server).request(Method::POST, "/import");
    let request = request
        .header("content-type", "text/csv")
        .body("a,b\n1,2\n");
    let again = CallOptions::new().retry(RetryPolicy::new());
    request.options(again).send().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for seen in seen {
        assert_eq!(seen.header("content-type"), Some("text/csv"));
        assert_eq!(seen.body, "a,b\n1,2\n");
    }
}

#[tokio::test]
async fn no_version_is_sent_by_default() {
    let server = Server::start(vec![Reply::json(200, "{}"); 3]).await;
    get(&server).send().await.unwrap();
    let pinned = Intercom::builder(TOKEN)
        .base_url(&server.url)
        .api_version("2.11")
        .build()
        .unwrap();
    pinned.request(Method::GET, "/me").send().await.unwrap();
    let request = pinned.request(Method::GET, "/me").api_version("2.13");
    request.send().await.unwrap();
    let seen = server.seen();
    let versions: Vec<_> = seen
        .iter()
        .map(|request| request.header("intercom-version"))
        .collect();
    assert_eq!(versions, [None, Some("2.11"), Some("2.13")]);
}

#[tokio::test]
async fn a_later_option_replaces_an_earlier_one_only() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let options = CallOptions::new()
        .header("X-B", "2")
        .header("accept", "text/csv");
    let request = get(&server).header("x-a", "1").header("x-b", "1");
    request.options(options).send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("x-a"), Some("1"));
    assert_eq!(seen.header("x-b"), Some("2"));
    assert_eq!(seen.header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn the_headers_that_the_client_needs_cannot_be_replaced() {
    let server = Server::start([]).await;
    for name in [
        "Authorization",
        "HOST",
        "content-length",
        "Intercom-Version",
    ] {
        let error = get(&server).header(name, "x").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let text = error.to_string();
        assert!(text.contains(&name.to_lowercase()), "{text}");
    }
    assert!(get(&server).header("x-a", "1\n2").send().await.is_err());
    assert!(get(&server).header("x a", "1").send().await.is_err());
    assert!(get(&server).api_version("2.14\n").send().await.is_err());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_provider_is_asked_for_each_request() {
    let server = Server::start(vec![Reply::json(200, "{}"); 2]).await;
    let count = Arc::new(AtomicUsize::new(0));
    let provider = move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        async move { Ok::<_, std::io::Error>(format!("token{number}\n")) }
    };
    let intercom = Intercom::builder(provider)
        .base_url(&server.url)
        .build()
        .unwrap();
    for _ in 0..2 {
        intercom.request(Method::GET, "/me").send().await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), Some("Bearer token0"));
    assert_eq!(seen[1].header("authorization"), Some("Bearer token1"));
}

struct Vault;

impl TokenProvider for Vault {
    type Error = std::io::Error;

    async fn token(&self) -> Result<Token, Self::Error> {
        Err(std::io::Error::other(
            "the vault is sealed; its key is hunter2",
        ))
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_the_source_of_the_error() {
    let server = Server::start([]).await;
    let intercom = Intercom::builder(Vault)
        .base_url(&server.url)
        .build()
        .unwrap();
    let request = intercom.request(Method::GET, "/me");
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.to_string().contains("sealed"));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_provided_token_that_is_none_is_not_sent() {
    let server = Server::start([]).await;
    for token in ["", "  ", "hunter\n2"] {
        let provider = move || async move { Ok::<_, std::io::Error>(token.to_owned()) };
        let intercom = Intercom::builder(provider)
            .base_url(&server.url)
            .build()
            .unwrap();
        let error = intercom.request(Method::GET, "/me").send().await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(!format!("{error} {error:?}").contains("hunter"));
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn another_workspace_shares_the_settings_and_not_the_token() {
    let server = Server::start(vec![Reply::json(200, "{}"); 2]).await;
    let first = Intercom::builder("first")
        .base_url(format!("{}/prefix/", server.url))
        .user_agent("acme/1")
        .build()
        .unwrap();
    let second = first.with_token("second").unwrap();
    for intercom in [&first, &second] {
        intercom.request(Method::GET, "/me").send().await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), Some("Bearer first"));
    assert_eq!(seen[1].header("authorization"), Some("Bearer second"));
    assert_eq!(seen[1].header("user-agent"), Some("acme/1"));
    assert_eq!(seen[1].line, "GET /prefix/me");
    assert!(first.with_token("").is_err());
}

#[tokio::test]
async fn a_path_cannot_lead_elsewhere() {
    let server = Server::start([]).await;
    let intercom = client(&server);
    for path in [
        "me",
        "https://evil.example/me",
        "//evil.example/me",
        "/a/%2E%2e/b",
        "/a#b",
    ] {
        let error = intercom
            .request(Method::GET, path)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{path}");
    }
    // Would be a host, were the path not kept apart from it.
    let error = intercom
        .request(Method::GET, "@evil.example/me")
        .send()
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert!(server.seen().is_empty());
}
