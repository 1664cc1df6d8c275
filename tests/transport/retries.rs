//! The policy: how often, how long, and for which requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use intercom_client::search::field;
use intercom_client::{CallOptions, ErrorKind, Intercom, RetryPolicy, StatusCode};

use crate::support::{Reply, Server};
use crate::{builder, client, quick, soon};

const CONTACT: &str = r#"{"type":"contact","id":"68c7a1f0"}"#;

fn contact() -> Reply {
    Reply::json(200, CONTACT)
}

fn broken(status: u16) -> Reply {
    Reply::json(status, "{}")
}

#[tokio::test]
async fn a_read_is_retried_until_it_succeeds_and_the_response_counts_the_attempts() {
    let server = Server::start([broken(503), Reply::hang_up(), contact()]).await;
    let api = client(&server).v2_14();
    let contact = soon(api.contacts().get("68c7a1f0").send()).await.unwrap();
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
async fn a_retry_sends_the_same_body() {
    let list = r#"{"type":"list","data":[],"total_count":0}"#;
    let server = Server::start([broken(502), Reply::json(200, list)]).await;
    let search = client(&server).v2_14().contacts().search();
    let search = search.query(field("role").eq("lead"));
    soon(search.send()).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
    assert!(seen[0].body.contains("role"), "{}", seen[0].body);
}

#[tokio::test]
async fn a_writing_post_that_may_have_acted_is_retried_only_if_that_is_asked_for() {
    let create = |policy: Option<RetryPolicy>| async move {
        let server = Server::start([broken(500), contact()]).await;
        let api = client(&server).v2_14();
        let api = match policy {
            Some(policy) => api.with_options(CallOptions::new().retry(policy)),
            None => api,
        };
        let create = api.contacts().create().role("user");
        let outcome = soon(create.send()).await;
        (outcome, server.seen().len())
    };
    let (outcome, sent) = create(None).await;
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Server);
    assert_eq!(sent, 1);
    let (outcome, sent) = create(Some(quick().retry_non_idempotent(true))).await;
    assert_eq!(outcome.unwrap().attempts(), 2);
    assert_eq!(sent, 2);
}

#[tokio::test]
async fn a_write_that_may_have_acted_in_an_earlier_attempt_is_not_called_retryable() {
    let server = Server::start([broken(500), broken(429)]).await;
    let api = client(&server).v2_14();
    let policy = quick().max_attempts(2).retry_non_idempotent(true);
    let api = api.with_options(CallOptions::new().retry(policy));
    let create = api.contacts().create().role("user");
    let error = soon(create.send()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert!(error.may_have_acted() && !error.is_retryable());
}

#[tokio::test]
async fn the_attempts_are_as_many_as_the_policy_allows() {
    for (policy, sent) in [
        (quick(), 3),
        (quick().max_attempts(5), 5),
        (quick().max_attempts(1), 1),
        (quick().max_attempts(0), 1),
        (RetryPolicy::never(), 1),
        (quick().statuses([StatusCode::BAD_GATEWAY]), 1),
        (quick().statuses([StatusCode::SERVICE_UNAVAILABLE]), 3),
        (quick().statuses([]), 1),
    ] {
        let server = Server::start(vec![broken(503); 9]).await;
        let intercom = builder(&server).retry(policy.clone()).build().unwrap();
        let get = intercom.v2_14().contacts().get("68c7a1f0");
        let error = soon(get.send()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server, "{policy:?}");
        assert_eq!(error.attempts(), sent, "{policy:?}");
        assert_eq!(server.seen().len(), sent as usize, "{policy:?}");
    }
}

#[tokio::test]
async fn an_error_reports_its_attempts() {
    let server = Server::start(vec![broken(503); 3]).await;
    let get = client(&server).v2_14().contacts().get("68c7a1f0");
    let error = soon(get.send()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("503") && text.contains(", 3 attempts in "),
        "{text}"
    );
    let server = Server::start([Reply::json(404, "{}")]).await;
    let get = client(&server).v2_14().contacts().get("68c7a1f0");
    let text = soon(get.send()).await.unwrap_err().to_string();
    assert!(!text.contains("attempt"), "{text}");
}

#[tokio::test]
async fn the_token_is_asked_for_again_for_each_attempt() {
    let server = Server::start([broken(503), contact()]).await;
    let count = AtomicUsize::new(0);
    let provider = move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        async move { Ok::<_, std::io::Error>(format!("token{number}")) }
    };
    let intercom = Intercom::builder(provider)
        .base_url(&server.url)
        .retry(quick())
        .build()
        .unwrap();
    let get = intercom.v2_14().contacts().get("68c7a1f0");
    soon(get.send()).await.unwrap();
    let seen = server.seen();
    let sent: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("authorization"))
        .collect();
    assert_eq!(sent, [Some("Bearer token0"), Some("Bearer token1")]);
}

#[tokio::test]
async fn an_outage_is_met_with_few_retries_and_calls_that_succeed_allow_them_again() {
    let is_down = Arc::new(AtomicBool::new(true));
    let seen = Arc::new(AtomicUsize::new(0));
    let (down, count) = (Arc::clone(&is_down), Arc::clone(&seen));
    let server = Server::with(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        if down.load(Ordering::Relaxed) {
            broken(503).then_keep()
        } else {
            contact().then_keep()
        }
    })
    .await;
    let intercom = client(&server);
    let get = || intercom.v2_14().contacts().get("68c7a1f0");
    let mut last = None;
    for _ in 0..100 {
        last = soon(get().send()).await.err();
    }
    // What is there at first pays for a hundred retries; further calls are sent once each.
    assert_eq!(seen.swap(0, Ordering::Relaxed), 200);
    let error = last.unwrap();
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("budget"), "{error}");

    is_down.store(false, Ordering::Relaxed);
    for _ in 0..10 {
        soon(get().send()).await.unwrap();
    }
    is_down.store(true, Ordering::Relaxed);
    seen.store(0, Ordering::Relaxed);
    assert_eq!(soon(get().send()).await.unwrap_err().attempts(), 3);
    assert_eq!(soon(get().send()).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn the_budget_is_shared_by_the_clients_of_many_workspaces() {
    let server = Server::with(|_| broken(503).then_keep()).await;
    let first = client(&server);
    for _ in 0..50 {
        let get = first.v2_14().contacts().get("68c7a1f0");
        assert_eq!(soon(get.send()).await.unwrap_err().attempts(), 3);
    }
    let second = first.with_token("another").unwrap();
    let get = second.v2_14().contacts().get("68c7a1f0");
    assert_eq!(soon(get.send()).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_scroll_is_not_retried_since_that_would_skip_a_page() {
    let server = Server::start([broken(500), Reply::json(200, "{}")]).await;
    let scroll = client(&server).v2_14().companies().scroll();
    let error = soon(scroll.scroll_param("a").send()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
    server.only();
}
