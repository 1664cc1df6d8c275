//! Several streams over one connection, and what becomes of them when it ends.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use intercom_client::{Error, ErrorKind, Intercom, RetryPolicy, reqwest};

use super::server::{Act, Received, Server};
use super::{table, tls};
use crate::{TOKEN, quick, soon};

const JSON: &str = "application/json";
const CONTACT: &str = r#"{"type":"contact","id":"c1"}"#;
const NO_ERROR: u32 = 0;
const REFUSED_STREAM: u32 = 7;
/// As many reads, and as many writes.
const STREAMS: usize = 20;

fn respond() -> Act {
    Act::Respond(200, JSON, CONTACT)
}

async fn create(intercom: &Intercom, number: usize) -> Result<u32, Error> {
    let email = format!("ada+{number}@example.com");
    let create = intercom.v2_14().contacts().create().email(email);
    soon(create.send()).await.map(|created| created.attempts())
}

/// How often each write was seen.
fn writes(seen: &[Received]) -> BTreeMap<&str, usize> {
    let mut writes = BTreeMap::new();
    for request in seen.iter().filter(|request| !request.body.is_empty()) {
        *writes.entry(request.body.as_str()).or_default() += 1;
    }
    writes
}

/// Reads and writes at a time over one connection, which ends under all of them by `end`.
async fn at_a_time(end: Act) -> (Server, Vec<Result<u32, Error>>, Vec<Result<u32, Error>>) {
    let count = AtomicUsize::new(0);
    let server = Server::new(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => respond(),
        last if last == 2 * STREAMS => end,
        number if number < 2 * STREAMS => Act::Silence,
        _ => respond(),
    });
    let url = tls::start(&server).await;
    let intercom = table::client(&url, quick());
    // So that the connection is there.
    soon(intercom.v2_14().contacts().get("c1").send())
        .await
        .unwrap();
    let gets = (0..STREAMS).map(|_| async {
        let get = intercom.v2_14().contacts().get("c1");
        soon(get.send()).await.map(|found| found.attempts())
    });
    let creates = (0..STREAMS).map(|number| create(&intercom, number));
    let (gets, creates) = tokio::join!(join_all(gets), join_all(creates));
    (server, gets, creates)
}

#[tokio::test]
async fn a_connection_that_dies_under_many_streams_loses_no_read_and_retries_no_write() {
    for end in [Act::Close, Act::GoAwayAfter, Act::Garbage] {
        let (server, gets, creates) = at_a_time(end).await;
        for get in gets {
            assert_eq!(get.unwrap(), 2, "{end:?}");
        }
        for created in creates {
            let error = created.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{end:?}: {error:?}");
            assert_eq!(error.attempts(), 1);
            assert!(error.may_have_acted() && !error.is_retryable());
        }
        let seen = server.seen();
        assert_eq!(seen.len(), 1 + 3 * STREAMS, "{end:?}");
        let writes = writes(&seen);
        assert_eq!(writes.len(), STREAMS);
        assert!(writes.values().all(|times| *times == 1), "{writes:?}");
    }
}

#[tokio::test]
async fn streams_that_the_server_did_not_process_are_all_retried_once() {
    let count = AtomicUsize::new(0);
    let server = Server::new(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        number if number < STREAMS => Act::Reset(REFUSED_STREAM),
        _ => respond(),
    });
    let url = tls::start(&server).await;
    let intercom = table::client(&url, quick());
    let creates = (0..STREAMS).map(|number| create(&intercom, number));
    let attempts: u32 = join_all(creates)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    // Each request that was seen is counted.
    assert_eq!(attempts as usize, server.seen().len());
    assert_eq!(attempts as usize, 2 * STREAMS);
}

#[tokio::test]
async fn a_server_that_goes_away_responds_first_and_the_next_call_connects_anew() {
    let server = Server::new(|_| Act::GoAwayAndRespond(CONTACT));
    let url = tls::start(&server).await;
    let intercom = table::client(&url, RetryPolicy::never());
    for number in 0..3 {
        assert_eq!(create(&intercom, number).await.unwrap(), 1);
    }
    assert_eq!(server.seen().len(), 3);
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = Server::new(|_| respond());
    let url = tls::start(&server).await;
    let intercom = table::client(&url, RetryPolicy::never());
    create(&intercom, 0).await.unwrap();
    let creates = (1..STREAMS).map(|number| create(&intercom, number));
    for created in join_all(creates).await {
        created.unwrap();
    }
    assert_eq!(server.seen().len(), STREAMS);
    assert_eq!(server.connections(), 1);
}

/// As the docs of `http_client` say.
#[tokio::test]
async fn a_ready_made_client_retries_what_was_not_processed_and_nobody_counts_it() {
    for (act, seen) in [
        (Act::Reset(REFUSED_STREAM), 3),
        (Act::GoAwayBefore(NO_ERROR), 3),
        (Act::GoAwayAfter, 1),
        (Act::Close, 1),
    ] {
        let server = Server::new(move |_| act);
        let url = tls::start(&server).await;
        let http = tls::http().redirect(reqwest::redirect::Policy::none());
        let intercom = Intercom::builder(TOKEN)
            .base_url(&url)
            .http_client(http.build().unwrap())
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        let error = create(&intercom, 0).await.unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.seen().len(), seen, "{act:?}");
    }
}
