//! What each fault does to each kind of request.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use intercom_client::{CallOptions, ErrorKind, ErrorKind::*, Intercom, RetryPolicy};

use super::server::{Act, Act::*, Server};
use super::tls;
use crate::faults::requests::{BODY, REQUESTS, Request};
use crate::faults::{Mode, every};
use crate::{TOKEN, soon};

/// A fault that every request meets, and what comes of it.
struct Row(
    &'static str,
    Act,
    /// How often the server sees an idempotent request, by default,
    u32,
    /// and how often one that writes.
    u32,
    /// What the caller gets.
    ErrorKind,
    Option<u16>,
    /// Whether the server may have done what a write asks for.
    bool,
);

const JSON: &str = "application/json";
const HTML: &str = "text/html";
const PAGE: &str = "<!DOCTYPE html>";

const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;

#[rustfmt::skip]
const TABLE: &[Row] = &[
    //  the fault                                                              idempotent, writes, the error
    Row("429",                         Respond(429, JSON, "{}"),                       3, 3, RateLimited, Some(429), false),
    Row("429, Retry-After",            With(429, ("retry-after", "1"), "{}"),          3, 3, RateLimited, Some(429), false),
    Row("408",                         Respond(408, JSON, "{}"),                       3, 1, Rejected, Some(408), true),
    Row("409",                         Respond(409, JSON, "{}"),                       1, 1, Rejected, Some(409), false),
    Row("500",                         Respond(500, JSON, "{}"),                       3, 1, Server, Some(500), true),
    Row("503",                         Respond(503, JSON, "{}"),                       3, 1, Server, Some(503), true),
    Row("503, Retry-After",            With(503, ("retry-after", "1"), "{}"),          3, 1, Server, Some(503), true),
    Row("HTML, 200",                   Respond(200, HTML, PAGE),                       1, 1, WebPage, Some(200), true),
    Row("HTML, 502",                   Respond(502, HTML, PAGE),                       3, 1, WebPage, Some(502), true),
    Row("redirect, 307",               With(307, ("location", "/x"), ""),              1, 1, Redirect, Some(307), false),
    //  The server says that it did nothing.
    Row("REFUSED_STREAM",              Reset(REFUSED_STREAM),                          3, 3, NotProcessed, None, false),
    Row("GOAWAY before the stream",    GoAwayBefore(NO_ERROR),                         3, 3, NotProcessed, None, false),
    //  It may have done it.
    Row("GOAWAY after the stream",     GoAwayAfter,                                    3, 1, Transport, None, true),
    Row("GOAWAY of a failure",         GoAwayBefore(INTERNAL_ERROR),                   3, 1, Transport, None, true),
    Row("RST_STREAM, INTERNAL_ERROR",  Reset(INTERNAL_ERROR),                          3, 1, Transport, None, true),
    Row("RST_STREAM, CANCEL",          Reset(CANCEL),                                  3, 1, Transport, None, true),
    Row("close before headers",        Close,                                          3, 1, Transport, None, true),
    Row("garbage for a frame",         Garbage,                                        3, 1, Transport, None, true),
    Row("stall before headers",        Silence,                                        3, 1, ResponseTimeout, None, true),
    Row("stall in the body",           SilenceInBody,                                  3, 1, ReadTimeout, Some(200), true),
    Row("RST_STREAM in the body",      ResetInBody(INTERNAL_ERROR),                    3, 1, Body, Some(200), true),
    //  Too late: the response has begun.
    Row("REFUSED_STREAM in the body",  ResetInBody(REFUSED_STREAM),                    3, 1, Body, Some(200), true),
    Row("GOAWAY in the body",          GoAwayInBody,                                   3, 1, Body, Some(200), true),
    Row("close in the body",           CloseInBody,                                    3, 1, Body, Some(200), true),
    Row("content-length too large",    TooShort,                                       3, 1, Body, Some(200), true),
];

const SHORT: Duration = Duration::from_secs(3);
const LONG: Duration = Duration::from_secs(30);

/// A client that trusts the server.
pub(super) fn client(url: &str, policy: RetryPolicy) -> Intercom {
    Intercom::builder(TOKEN)
        .base_url(url)
        .http_client_builder(tls::http())
        .retry(policy)
        .response_timeout(LONG)
        .read_timeout(LONG)
        .build()
        .unwrap()
}

/// What is wrong about one row with one request, on a connection that was used before or is new.
async fn judge(row: &Row, request: &Request, mode: Mode, is_used: bool) -> Option<String> {
    let Row(name, act, idempotent, writes, kind, status, may_have_acted) = *row;
    let expected = match mode {
        Mode::Never => 1,
        Mode::NonIdempotent => idempotent,
        Mode::Default if request.is_idempotent => idempotent,
        Mode::Default => writes,
    };
    // What a new connection takes is none of the time that a response has.
    let is_used = is_used || kind == ResponseTimeout;
    let before = usize::from(is_used);
    let count = AtomicUsize::new(0);
    let server = Server::new(move |_| {
        if count.fetch_add(1, Ordering::Relaxed) < before {
            Respond(200, JSON, BODY)
        } else {
            act
        }
    });
    let url = tls::start(&server).await;
    let api = client(&url, mode.policy()).v2_14();
    if is_used {
        soon(api.contacts().get("c1").send()).await.unwrap();
    }
    let options = match kind {
        ResponseTimeout => CallOptions::new().response_timeout(SHORT),
        ReadTimeout => CallOptions::new().read_timeout(SHORT),
        _ => CallOptions::new(),
    };
    let api = api.with_options(options);
    let outcome = soon((request.send)(&api)).await;
    let seen = server.seen().len() - before;
    let problem = match outcome {
        Ok(_) => "succeeded".to_owned(),
        Err(error) if (error.kind(), error.status().map(|s| s.as_u16())) != (kind, status) => {
            format!("{error:?}")
        }
        Err(error) if error.attempts() != expected => format!("says {} attempts", error.attempts()),
        // Whatever was done in any of them.
        Err(error) if !request.is_idempotent && error.may_have_acted() != may_have_acted => {
            format!("may have acted: {}", error.may_have_acted())
        }
        Err(_) if seen != expected as usize => format!("{seen} requests, not {expected}"),
        Err(_) => return None,
    };
    Some(format!(
        "{name}, {mode:?}, {}, used {is_used}: {problem}",
        request.name
    ))
}

async fn check(mode: Mode, is_used: bool) {
    let rows = TABLE.iter();
    let pairs = rows.flat_map(|row| REQUESTS.iter().map(move |request| (row, request)));
    let wrong = every(pairs, |(row, request)| judge(row, request, mode, is_used)).await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_retried_only_if_the_server_reports_that_it_did_nothing() {
    check(Mode::Default, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_was_used_before_makes_no_difference() {
    check(Mode::Default, true).await;
}

/// The HTTP client does no retries of its own, which nobody would count.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_retries_every_request_is_seen_once() {
    check(Mode::Never, false).await;
    check(Mode::Never, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_retried_like_a_read_where_the_caller_asks_for_it() {
    check(Mode::NonIdempotent, false).await;
}
