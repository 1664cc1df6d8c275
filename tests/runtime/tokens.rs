//! Where tokens come from, and where they go.

use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use intercom_client::{
    Error, ErrorKind, Intercom, Method, Region, RetryPolicy, SharedToken, Token, TokenProvider,
    TokenSource, reqwest,
};

use crate::support::{Reply, Server};

async fn responding(requests: usize) -> Server {
    Server::start(vec![Reply::json(200, "{}"); requests]).await
}

fn client<M>(token: impl TokenSource<M>, server: &Server) -> Intercom {
    let builder = Intercom::builder(token).base_url(&server.url);
    builder.build().unwrap()
}

async fn call(intercom: &Intercom) -> Result<(), Error> {
    let request = intercom.request(Method::GET, "/me");
    request.send().await.map(|_| ())
}

/// What was sent as `Authorization`, without `Bearer`.
fn tokens(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let headers = seen.iter().map(|seen| seen.header("authorization"));
    headers
        .map(|header| {
            let token = header.unwrap_or_default().strip_prefix("Bearer ");
            token.unwrap_or("none").to_owned()
        })
        .collect()
}

struct Vault(&'static str);

impl TokenProvider for Vault {
    type Error = std::io::Error;

    async fn token(&self) -> Result<Token, Self::Error> {
        tokio::task::yield_now().await;
        Ok(self.0.into())
    }
}

#[tokio::test]
async fn every_form_of_source_is_sent() {
    let server = responding(11).await;
    let text = String::from("2");
    let lock = RwLock::new(String::from("6"));
    let vault = Arc::new(Vault("9"));
    for intercom in [
        client("1", &server),
        client(&text, &server),
        client(text.replace('2', "3"), &server),
        client(Token::from("4\n"), &server),
        client(SharedToken::new("5"), &server),
        client(move || lock.read().unwrap().clone(), &server),
        client(|| Token::from("7"), &server),
        client(Vault("8"), &server),
        client(Arc::clone(&vault), &server),
        client(
            move || {
                let vault = Arc::clone(&vault);
                async move { vault.token().await.map(|_| "10".to_owned()) }
            },
            &server,
        ),
        client(async || Ok::<_, Error>("11"), &server),
    ] {
        call(&intercom).await.unwrap();
    }
    let sent: Vec<String> = (1..12).map(|number| number.to_string()).collect();
    assert_eq!(tokens(&server), sent);
}

#[tokio::test]
async fn a_shared_token_is_set_for_all_that_use_it_and_not_printed() {
    let server = responding(4).await;
    let token = SharedToken::new("hunter1");
    let first = client(token.clone(), &server);
    let second = client("other", &server).with_token(token.clone()).unwrap();
    call(&first).await.unwrap();
    token.clone().set(String::from("hunter2"));
    call(&first).await.unwrap();
    call(&second).await.unwrap();
    for wrong in ["", "hunter\n2"] {
        token.set(wrong);
        let error = call(&first).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(!format!("{error} {error:?}").contains("hunter"));
    }
    token.set("hunter3");
    call(&first).await.unwrap();
    assert_eq!(
        tokens(&server),
        ["hunter1", "hunter2", "hunter2", "hunter3"]
    );
    let builder = Intercom::builder(token.clone());
    let text = format!("{token:?} {builder:?} {first:?} {second:#?}");
    assert!(!text.contains("hunter"), "{text}");
}

#[tokio::test]
async fn a_closure_is_asked_for_each_attempt() {
    let busy = Reply::new(429, &[("retry-after", "0")], "");
    let server = Server::start([busy, Reply::json(200, "{}")]).await;
    let token = Arc::new(RwLock::new(0));
    let intercom = Intercom::builder(move || {
        let mut number = token.write().unwrap();
        *number += 1;
        format!("token{number}")
    });
    let policy = RetryPolicy::new().base_delay(Duration::from_millis(1));
    let intercom = intercom.base_url(&server.url).retry(policy).build();
    call(&intercom.unwrap()).await.unwrap();
    assert_eq!(tokens(&server), ["token1", "token2"]);
}

#[tokio::test]
async fn another_region_has_the_token_and_the_old_host_nothing() {
    // It is asked for a tunnel, and makes none.
    let proxy = Server::start([Reply::new(502, &[], "")]).await;
    let old = responding(1).await;
    let http = reqwest::Client::builder();
    let http = http.proxy(reqwest::Proxy::https(&proxy.url).unwrap());
    let us = Intercom::builder("first")
        .base_url(&old.url)
        .http_client_builder(http)
        .retry(RetryPolicy::never())
        .user_agent("acme/1")
        .build()
        .unwrap();
    let before = us.request(Method::GET, "/me");
    let eu = us.with_token("second").unwrap().with_region(Region::Eu);
    assert_eq!(eu.region(), Some(Region::Eu));
    assert_eq!(eu.base_url(), "https://api.eu.intercom.io");
    assert_eq!(us.region(), None);
    let error = call(&eu).await.unwrap_err();
    assert!(!error.may_have_acted(), "{error}");
    assert!(old.seen().is_empty());
    let asked = proxy.only();
    assert_eq!(asked.line, "CONNECT api.eu.intercom.io:443");
    assert_eq!(asked.header("authorization"), None);
    // What was made before still goes where it was to go.
    before.send().await.unwrap();
    assert_eq!(tokens(&old), ["first"]);
}

#[tokio::test]
async fn another_region_shares_the_rate_limit_of_the_token() {
    let reset = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        + 10;
    let headers = [
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "7"),
        ("x-ratelimit-reset", &reset.to_string()),
    ];
    let server = Server::start([Reply::new(200, &headers, "{}")]).await;
    let us = client("token", &server);
    let au = us.with_region(Region::Au);
    let other = au.with_token("other").unwrap();
    call(&us).await.unwrap();
    let remaining = |intercom: &Intercom| intercom.rate_limit().and_then(|limit| limit.remaining);
    assert!(remaining(&us).is_some());
    assert_eq!(remaining(&au), remaining(&us));
    assert_eq!(remaining(&other), None);
}
