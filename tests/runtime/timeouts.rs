//! Servers that do not respond: every wait ends, and the error names it.

use std::time::Duration;

use intercom_client::{CallOptions, Error, ErrorKind, Intercom, Method, RetryPolicy};

use crate::support::{Reply, Server};
use crate::{TOKEN, get};

const SHORT: Duration = Duration::from_millis(200);

/// Fails the test rather than hangs it; the bound is far from what is measured.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(20);
    let outcome = tokio::time::timeout(limit, future).await;
    outcome.expect("nothing ended the wait")
}

fn assert_timeout(error: &Error, about: &str) {
    let kind = match about {
        _ if about.starts_with("no access token") => ErrorKind::TokenTimeout,
        _ if about.starts_with("no response") => ErrorKind::ResponseTimeout,
        _ if about.starts_with("no more of the body") => ErrorKind::ReadTimeout,
        _ => ErrorKind::CallTimeout,
    };
    assert_eq!(error.kind(), kind);
    assert!(error.is_timeout());
    let text = error.to_string();
    assert!(text.contains(about), "{text}");
}

fn stalled_body() -> Reply {
    Reply::raw(200, &[("content-length", "99")], "hello").then_stall()
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let server = Server::start([Reply::silence()]).await;
    let options = CallOptions::new().response_timeout(SHORT);
    let error = soon(get(&server).options(options).send())
        .await
        .unwrap_err();
    assert_timeout(&error, "no response within 200ms");
    assert!(error.is_retryable());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn the_limit_of_the_client_holds_without_options() {
    let server = Server::start([Reply::silence(), stalled_body()]).await;
    let intercom = Intercom::builder(TOKEN)
        .base_url(&server.url)
        .retry(RetryPolicy::never())
        .response_timeout(SHORT)
        .read_timeout(SHORT)
        .build()
        .unwrap();
    let error = soon(intercom.request(Method::GET, "/me").send()).await;
    assert_timeout(&error.unwrap_err(), "no response");
    // By options that leave one limit to the client.
    let options = CallOptions::new().response_timeout(Duration::from_secs(60));
    let request = intercom.request(Method::GET, "/me").options(options);
    assert_timeout(
        &soon(request.send()).await.unwrap_err(),
        "no more of the body",
    );
}

#[tokio::test]
async fn a_body_that_stops_is_given_up_with_what_came() {
    let server = Server::start([stalled_body()]).await;
    let options = CallOptions::new().read_timeout(SHORT);
    let error = soon(get(&server).options(options).send())
        .await
        .unwrap_err();
    assert_timeout(&error, "no more of the body");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap(), "hello");
}

#[tokio::test]
async fn a_stream_that_stops_is_given_up() {
    let server = Server::start([stalled_body()]).await;
    let options = CallOptions::new().read_timeout(SHORT);
    let response = get(&server).options(options).send_stream().await.unwrap();
    let mut stream = response.into_inner();
    assert_eq!(stream.next().await.unwrap().unwrap(), "hello");
    // Time that the reader takes is not held against the server.
    tokio::time::sleep(2 * SHORT).await;
    let error = soon(stream.next()).await.unwrap().unwrap_err();
    assert_timeout(&error, "no more of the body");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_body_that_keeps_coming_may_take_longer_than_one_part_may() {
    let slow = Reply::raw(200, &[("content-length", "4")], "");
    let slow = slow.then_slowly(&["a", "b", "c", "d"], 3 * SHORT);
    let server = Server::start([slow.clone(), slow]).await;
    let options = CallOptions::new().read_timeout(10 * SHORT);
    let request = || get(&server).options(options.clone());
    let streamed = async {
        let stream = request().send_stream().await?.into_inner();
        stream.collect().await
    };
    let (streamed, read) = soon(async { tokio::join!(streamed, request().send()) }).await;
    assert_eq!(streamed.unwrap(), "abcd");
    assert_eq!(read.unwrap().raw_body(), "abcd");
}

#[tokio::test]
async fn the_timeout_of_a_call_covers_everything() {
    let server = Server::start([Reply::silence(), stalled_body(), stalled_body()]).await;
    let options = CallOptions::new().timeout(SHORT);
    for _ in 0..2 {
        let request = get(&server).options(options.clone());
        let error = soon(request.send()).await.unwrap_err();
        assert_timeout(&error, "the call took longer than 200ms");
        assert!(!error.is_retryable());
    }
    let request = get(&server).options(CallOptions::new().timeout(10 * SHORT));
    let stream = soon(request.send_stream()).await.unwrap().into_inner();
    let error = soon(stream.collect()).await.unwrap_err();
    assert_timeout(&error, "the call took longer");
}

#[tokio::test]
async fn the_timeout_of_a_call_ends_a_stream_whose_data_is_there_already() {
    let server = Server::start([Reply::new(200, &[], "hello")]).await;
    let request = get(&server).options(CallOptions::new().timeout(10 * SHORT));
    let mut stream = soon(request.send_stream()).await.unwrap().into_inner();
    tokio::time::sleep(11 * SHORT).await;
    let error = soon(stream.next()).await.unwrap().unwrap_err();
    assert_timeout(&error, "the call took longer");
}

#[tokio::test]
async fn the_timeout_of_a_call_defaults_to_that_of_its_client() {
    let slow = || {
        let reply = Reply::raw(200, &[("content-length", "4")], "");
        reply.then_slowly(&["ab", "cd"], SHORT)
    };
    let server = Server::start([slow(), slow(), slow()]).await;
    let intercom = Intercom::builder(TOKEN)
        .base_url(&server.url)
        .timeout(SHORT)
        .build()
        .unwrap();
    let get = || intercom.request(Method::GET, "/me");
    let error = soon(get().send()).await.unwrap_err();
    assert_timeout(&error, "the call took longer than 200ms");
    soon(get().timeout(100 * SHORT).send()).await.unwrap();
    soon(get().timeout(Duration::MAX).send()).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_hangs_is_given_up() {
    let server = Server::start([]).await;
    let provider = || std::future::pending::<Result<String, std::io::Error>>();
    let intercom = Intercom::builder(provider)
        .base_url(&server.url)
        .response_timeout(SHORT)
        .build()
        .unwrap();
    let error = soon(intercom.request(Method::GET, "/me").send()).await;
    assert_timeout(&error.unwrap_err(), "no access token");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_limit_beyond_all_time_is_none() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let options = CallOptions::new()
        .response_timeout(Duration::MAX)
        .read_timeout(Duration::MAX)
        .timeout(Duration::MAX);
    soon(get(&server).options(options).send()).await.unwrap();
}
