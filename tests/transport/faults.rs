//! What each fault does to each kind of request: how often it is sent, and what the caller gets.

mod downloads;
pub(crate) mod requests;
mod run;

use intercom_client::{ErrorKind, ErrorKind::*, RetryPolicy, v2_14::OPERATIONS};

use self::requests::{QUOTA, REQUESTS, Request};
use self::run::{Fault, Fault::*, Outcome, run};
pub(crate) use self::run::{every, http};
use crate::quick;
use crate::support::Reply;

/// A fault that every request meets, and what comes of it.
struct Row(
    &'static str,
    Fault,
    /// How often the server sees an idempotent request, by default,
    usize,
    /// and how often one that writes.
    usize,
    /// What the caller gets.
    ErrorKind,
    Option<u16>,
);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    //  the fault                                                              idempotent, writes, the error
    Row("429, Retry-After",            Respond(|| status(429, &[("retry-after", "1")])), 3, 3, RateLimited, Some(429)),
    Row("429, X-RateLimit-Reset",      Respond(run::exhausted),                          3, 3, RateLimited, Some(429)),
    Row("429, no hint",                Respond(|| status(429, &[])),                     3, 3, RateLimited, Some(429)),
    Row("408",                         Respond(|| status(408, &[])),                     3, 1, Rejected, Some(408)),
    Row("409",                         Respond(|| status(409, &[])),                     1, 1, Rejected, Some(409)),
    Row("500",                         Respond(|| status(500, &[])),                     3, 1, Server, Some(500)),
    Row("502",                         Respond(|| status(502, &[])),                     3, 1, Server, Some(502)),
    Row("503",                         Respond(|| status(503, &[])),                     3, 1, Server, Some(503)),
    Row("504",                         Respond(|| status(504, &[])),                     3, 1, Server, Some(504)),
    Row("503, body cut",               Respond(|| cut(503)),                             3, 1, Server, Some(503)),
    Row("connection refused",          Refused,                                          0, 0, Connect, None),
    Row("close before headers",        Respond(Reply::hang_up),                          3, 1, Transport, None),
    Row("reset before headers",        Respond(|| Reply::hang_up().then_reset()),        3, 1, Transport, None),
    Row("close, pooled connection",    Pooled(Reply::hang_up),                           3, 1, Transport, None),
    Row("reset, pooled connection",    Pooled(|| Reply::hang_up().then_reset()),         3, 1, Transport, None),
    Row("garbage for a status line",   Respond(Reply::garbage),                          3, 1, Transport, None),
    Row("stall before headers",        Respond(Reply::silence),                          3, 1, ResponseTimeout, None),
    Row("stall in the body",           Respond(|| cut(200).then_stall()),                3, 1, ReadTimeout, Some(200)),
    Row("reset in the body",           Respond(run::reset_in_body),                      3, 1, Body, Some(200)),
    Row("content-length too large",    Respond(|| cut(200)),                             3, 1, Body, Some(200)),
    Row("chunked body cut",            Respond(run::cut_chunk),                          3, 1, Body, Some(200)),
    Row("content-length too small",    Respond(|| length(200, "5")),                     1, 1, Decode, Some(200)),
    Row("HTML, 200",                   Respond(|| Reply::html(200)),                     1, 1, WebPage, Some(200)),
    Row("HTML, 502",                   Respond(|| Reply::html(502)),                     3, 1, WebPage, Some(502)),
    Row("redirect to another host",    Redirects,                                        1, 1, Redirect, Some(302)),
];

/// The same for requests that start a job, all of which write.
#[rustfmt::skip]
const QUOTA_TABLE: &[Row] = &[
    Row("quota 429, no header",        Respond(|| status(429, &[])),                     1, 1, QuotaExceeded, Some(429)),
    Row("quota 429, requests left",    Respond(run::left),                               1, 1, QuotaExceeded, Some(429)),
    Row("429, no requests left",       Respond(run::exhausted),                          3, 3, RateLimited, Some(429)),
    Row("429, Retry-After",            Respond(|| status(429, &[("retry-after", "1")])), 3, 3, RateLimited, Some(429)),
];

fn status(status: u16, headers: &[(&str, &str)]) -> Reply {
    Reply::new(status, headers, "{}")
}

fn length(status: u16, length: &str) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("content-length", length),
    ];
    Reply::raw(status, &headers, requests::BODY)
}

fn cut(status: u16) -> Reply {
    length(status, "999")
}

/// Which policy a table is run with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mode {
    Default,
    NonIdempotent,
    Never,
}

impl Mode {
    pub(crate) fn policy(self) -> RetryPolicy {
        match self {
            Self::Default => quick(),
            Self::NonIdempotent => quick().retry_non_idempotent(true),
            Self::Never => RetryPolicy::never(),
        }
    }
}

/// What is wrong about one outcome of one row.
fn judge(row: &Row, request: &Request, mode: Mode, outcome: &Outcome) -> Option<String> {
    let Row(_, fault, idempotent, writes, kind, status) = row;
    let expected = match mode {
        Mode::Never => *idempotent.min(&1),
        Mode::NonIdempotent => *idempotent,
        Mode::Default if request.is_idempotent => *idempotent,
        Mode::Default => *writes,
    };
    let attempts = match (fault, mode) {
        (Refused, Mode::Never) => 1,
        (Refused, _) => 3,
        _ => expected,
    };
    let found = outcome.seen.len();
    let problem = match &outcome.result {
        Ok(_) => "succeeded".to_owned(),
        Err(error) if (error.kind(), error.status().map(|s| s.as_u16())) != (*kind, *status) => {
            format!("{error:?}")
        }
        Err(error) if error.attempts() as usize != attempts => {
            format!("says {} attempts", error.attempts())
        }
        _ if found != expected => format!("{found} requests, not {expected}"),
        // Whatever the table says: Intercom has not acted after a 429, and may have after all else.
        _ if mode == Mode::Default
            && !request.is_idempotent
            && found > 1
            && *status != Some(429) =>
        {
            format!("wrote {found} times")
        }
        _ if outcome.elsewhere > 0 => "went to the other host".to_owned(),
        _ => return None,
    };
    Some(format!("{}, {mode:?}, {}: {problem}", row.0, request.name))
}

/// Every row with every request.
async fn check(table: &'static [Row], requests: &'static [Request], mode: Mode) {
    let pairs = table
        .iter()
        .flat_map(|row| requests.iter().map(move |r| (row, r)));
    let wrong = every(pairs, |(row, request)| async move {
        let outcome = run(&row.1, row.4, request, mode.policy(), usize::MAX).await;
        judge(row, request, mode, &outcome)
    });
    let wrong = wrong.await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idempotent_request_is_retried_and_a_write_only_after_429() {
    check(TABLE, REQUESTS, Mode::Default).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_retried_like_a_read_where_the_caller_asks_for_it() {
    check(TABLE, REQUESTS, Mode::NonIdempotent).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_retries_every_request_is_sent_once() {
    check(TABLE, REQUESTS, Mode::Never).await;
    check(QUOTA_TABLE, QUOTA, Mode::Never).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_that_are_pending_are_not_waited_for_and_an_exhausted_rate_limit_is() {
    check(QUOTA_TABLE, QUOTA, Mode::Default).await;
    // No more is sent where the caller wants even writes to be retried.
    check(QUOTA_TABLE, QUOTA, Mode::NonIdempotent).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_after_one_fault_is_the_same_request_and_succeeds() {
    let rows = TABLE.iter().filter(|row| !matches!(row.1, Refused));
    let pairs = rows.flat_map(|row| REQUESTS.iter().map(move |request| (row, request)));
    let wrong = every(pairs, |(row, request)| async move {
        let outcome = run(&row.1, row.4, request, quick(), 1).await;
        let expected = if request.is_idempotent { row.2 } else { row.3 };
        if expected == 1 {
            return judge(row, request, Mode::Default, &outcome);
        }
        let seen = &outcome.seen;
        let is_same = seen
            .windows(2)
            .all(|two| (&two[0].line, &two[0].body) == (&two[1].line, &two[1].body));
        let is_right = is_same && seen.len() == 2 && matches!(outcome.result, Ok(2));
        (!is_right).then(|| format!("{}, {}: {outcome:?}", row.0, request.name))
    });
    let wrong = wrong.await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_requests_of_the_tables_are_of_the_kinds_that_the_operations_say() {
    for request in REQUESTS.iter().chain(QUOTA) {
        let operation = OPERATIONS
            .iter()
            .find(|operation| format!("{}.{}", operation.resource, operation.name) == request.name);
        let operation = operation.expect(request.name);
        assert_eq!(
            operation.idempotent, request.is_idempotent,
            "{}",
            request.name
        );
    }
    let with_quota = OPERATIONS.iter().filter(|operation| operation.has_quota);
    assert_eq!(with_quota.count(), QUOTA.len());
    // Every method, and both kinds of POST.
    let mut methods: Vec<_> = REQUESTS
        .iter()
        .map(|r| (r.method(), r.is_idempotent))
        .collect();
    methods.dedup();
    let expected = [
        ("GET", true),
        ("PUT", true),
        ("DELETE", true),
        ("POST", true),
        ("POST", false),
    ];
    assert_eq!(methods, expected);
}
