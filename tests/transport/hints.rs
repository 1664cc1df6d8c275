//! How long the server asks to wait, in all the forms in which it says so.

mod limits;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use intercom_client::{CallOptions, Error, RetryPolicy};

use crate::faults::http;
use crate::support::{Reply, Server};
use crate::{builder, quick, soon};

/// A time as headers write it.
pub(crate) fn http_date(time: SystemTime) -> String {
    let time = chrono::DateTime::<chrono::Utc>::from(time);
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

pub(crate) fn unix(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs().to_string()
}

/// What a response says, and what it has to come to.
struct Row(
    u16,
    &'static [(&'static str, &'static str)],
    /// What the error reports, in seconds.
    Option<u64>,
    Then,
);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    /// Retried after that wait at the earliest, and not much later.
    Waits,
    /// Not retried.
    Fails,
}
use Then::{Fails, Waits};

/// When a server with a clock of its own responds. The time is long past, so by the client's clock all of it is over.
const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
/// 784111777 is that time.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    // Retry-After in seconds
    Row(429, &[("retry-after", "1")], Some(1), Waits),
    Row(503, &[("retry-after", "1")], Some(1), Waits),
    Row(503, &[("retry-after", "1.0")], Some(1), Waits),
    Row(429, &[("retry-after", "0")], Some(0), Waits),
    Row(429, &[("retry-after", "-5")], None, Waits),
    Row(429, &[("retry-after", "86400")], Some(86_400), Fails),
    Row(503, &[("retry-after", "86400")], Some(86_400), Fails),
    Row(429, &[("retry-after", "18446744073709551615")], Some(u64::MAX), Fails),
    Row(429, &[("retry-after", "soon")], None, Waits),
    Row(429, &[("retry-after", "")], None, Waits),
    // as a date, by the server's clock
    Row(429, &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT")], Some(1), Waits),
    Row(429, &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], Some(0), Waits),
    Row(429, &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:07 GMT")], Some(0), Waits),
    Row(429, &[DATE, ("retry-after", "Mon, 07 Nov 1994 08:49:37 GMT")], Some(86_400), Fails),
    // and by the client's
    Row(429, &[("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], Some(0), Waits),
    Row(429, &[("date", "today"), ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], Some(0), Waits),
    Row(429, &[("retry-after", "Sun, 99 Nov 1994 08:50:07 GMT")], None, Waits),
    // X-RateLimit-Reset
    Row(429, &[DATE, ("x-ratelimit-reset", "784111778")], Some(1), Waits),
    Row(429, &[DATE, ("x-ratelimit-reset", "784111777")], Some(0), Waits),
    Row(429, &[DATE, ("x-ratelimit-reset", "784111700")], Some(0), Waits),
    Row(429, &[("x-ratelimit-reset", "784111778")], Some(0), Waits),
    Row(429, &[("x-ratelimit-reset", "0")], Some(0), Waits),
    // It is ignored: windows are of ten seconds.
    Row(429, &[DATE, ("x-ratelimit-reset", "784111838")], None, Waits),
    Row(429, &[("x-ratelimit-reset", "4102444800")], None, Waits),
    Row(429, &[("x-ratelimit-reset", "18446744073709551615")], None, Waits),
    Row(429, &[("x-ratelimit-reset", "tomorrow")], None, Waits),
    Row(429, &[("x-ratelimit-reset", "-1")], None, Waits),
    // It says nothing about other trouble.
    Row(503, &[DATE, ("x-ratelimit-reset", "784111797")], None, Waits),
    // Both: Retry-After counts, where it can be read.
    Row(429, &[DATE, ("retry-after", "1"), ("x-ratelimit-reset", "784111777")], Some(1), Waits),
    Row(429, &[DATE, ("retry-after", "0"), ("x-ratelimit-reset", "784111797")], Some(0), Waits),
    Row(429, &[DATE, ("retry-after", "soon"), ("x-ratelimit-reset", "784111778")], Some(1), Waits),
];

/// A server that sends `reply` once, and the times of the requests.
async fn once(reply: impl Fn() -> Reply + Send + Sync + 'static) -> (Server, Times) {
    let times = Times::default();
    let log = Arc::clone(&times);
    let server = Server::with(move |_| {
        let mut log = log.lock().unwrap();
        log.push((Instant::now(), SystemTime::now()));
        match log.len() {
            1 => reply(),
            _ => Reply::json(200, r#"{"type":"admin","id":"1"}"#),
        }
    });
    (server.await, times)
}

type Times = Arc<Mutex<Vec<(Instant, SystemTime)>>>;

/// One call to `server`, without rate limiting, which has waits of its own.
async fn call(server: &Server, policy: RetryPolicy) -> Result<u32, Error> {
    let builder = builder(server).http_client_builder(http());
    let intercom = builder.rate_limiting(false).response_timeout(LONG).build();
    let api = intercom.unwrap().v2_14();
    let api = api.with_options(CallOptions::new().retry(policy));
    let response = soon(api.admins().me().send()).await?;
    Ok(response.attempts())
}

/// No wait of the table comes near to it.
const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn every_form_of_hint_is_reported_and_kept() {
    let rows = TABLE
        .iter()
        .map(|Row(status, headers, hint, then)| async move {
            let reply = || Reply::new(*status, headers, "{}");
            let hint = hint.map(Duration::from_secs);
            // Reported, where it is not kept,
            let (server, _) = once(reply).await;
            let error = call(&server, RetryPolicy::never()).await.unwrap_err();
            assert_eq!(error.retry_after(), hint, "{status} {headers:?}");
            // and kept.
            let (server, times) = once(reply).await;
            let result = call(&server, quick()).await;
            let times = times.lock().unwrap();
            match then {
                Waits => {
                    assert_eq!(result.unwrap(), 2, "{status} {headers:?}");
                    assert_eq!(times.len(), 2, "{status} {headers:?}");
                    let waited = times[1].0 - times[0].0;
                    let least = hint.unwrap_or_default();
                    assert!(waited >= least, "{status} {headers:?}: {waited:?}");
                    assert!(waited < LONG, "{status} {headers:?}: {waited:?}");
                }
                Fails => {
                    let error = result.unwrap_err();
                    assert_eq!(times.len(), 1, "{status} {headers:?}");
                    assert_eq!(error.attempts(), 1);
                    assert_eq!(error.retry_after(), hint, "{status} {headers:?}");
                    let text = error.to_string();
                    assert!(
                        text.ends_with(", longer than the retry policy allows"),
                        "{text}"
                    );
                }
            }
        });
    futures_util::future::join_all(rows).await;
}

#[tokio::test]
async fn a_time_is_waited_for_by_the_clock_of_the_client_where_the_server_sends_none() {
    for (status, name) in [
        (429, "retry-after"),
        (503, "retry-after"),
        (429, "x-ratelimit-reset"),
    ] {
        // In whole seconds, so between one and two from now.
        let time = SystemTime::now() + Duration::from_secs(2);
        let value = match name {
            "retry-after" => http_date(time),
            _ => unix(time),
        };
        let (server, times) = once(move || Reply::new(status, &[(name, &*value)], "{}")).await;
        let attempts = call(&server, quick()).await.unwrap();
        assert_eq!(attempts, 2, "{status} {name}");
        let again = times.lock().unwrap()[1].1;
        let again = again.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let time = time.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert!(
            again.as_secs() >= time.as_secs(),
            "{status} {name}: {again:?}"
        );
    }
}
