//! Calls that are given up leave nothing behind.

use std::convert::Infallible;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use fastrand::Rng;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use intercom_client::{CallOptions, Error, Intercom, Method};
use tokio::sync::Notify;

use crate::support::{Reply, Seen, Server};
use crate::{quick, soon};

const CALLS: usize = 10_000;
/// Calls that are under way together; as many retries are far from what the budget holds.
const BATCH: usize = 50;
/// What the last window allows.
const LIMIT: usize = 50;

/// Where a call is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    BeforePolling,
    /// While a provider has the token to find.
    Token,
    RateLimit,
    Response,
    Body,
    /// Between two attempts.
    Delay,
    /// After a random time, wherever it then is.
    Anywhere,
}

const POINTS: [Point; 6] = [
    Point::BeforePolling,
    Point::Token,
    Point::Response,
    Point::Body,
    Point::Delay,
    Point::Anywhere,
];

/// How far a call has come.
#[derive(Default)]
struct Progress {
    has_asked_for_token: AtomicBool,
    is_received: AtomicBool,
    /// Woken if the request is received and gets no response.
    without_response: Notify,
}

/// What the provider, the server and the test know of all calls.
struct Calls {
    progress: Vec<Progress>,
    failed: AtomicU64,
}

tokio::task_local! {
    /// The call on whose behalf a token is asked for.
    static CALL: (usize, Point);
}

impl Calls {
    async fn token(&self, call: Option<(usize, Point)>) -> Result<String, Infallible> {
        if let Some((number, point)) = call {
            self.progress[number]
                .has_asked_for_token
                .store(true, Ordering::SeqCst);
            if point == Point::Token {
                std::future::pending::<()>().await;
            }
        }
        Ok("dG9rOmNhbmNlbGxhdGlvbg==".to_owned())
    }

    fn reply(&self, request: &Seen) -> Reply {
        let number = request
            .header("x-call")
            .map(|number| number.parse::<usize>());
        let progress = number.map(|number| &self.progress[number.unwrap()]);
        if let Some(progress) = progress {
            progress.is_received.store(true, Ordering::SeqCst);
        }
        match request.header("x-reply").unwrap() {
            "Response" => {
                progress.unwrap().without_response.notify_one();
                Reply::silence()
            }
            "Body" => Reply::raw(200, &[("content-length", "100")], "{").then_stall(),
            "Delay" => Reply::new(503, &[("retry-after", "50")], "").then_keep(),
            "Failure" => {
                self.failed.fetch_add(1, Ordering::SeqCst);
                Reply::new(503, &[], "").then_keep()
            }
            "Exhausted" => window(100_000, 0, 3).then_keep(),
            "Fresh" => window(LIMIT, LIMIT, 50).then_keep(),
            _ => Reply::json(200, "{}").then_keep(),
        }
    }
}

/// A response that reports what is left for so many seconds.
fn window(limit: usize, left: usize, length: u64) -> Reply {
    let now = SystemTime::now();
    let since_epoch = now.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let headers = [
        ("date", httpdate::fmt_http_date(now)),
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", left.to_string()),
        (
            "x-ratelimit-reset",
            (since_epoch.as_secs() + length).to_string(),
        ),
    ];
    let headers = headers
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Reply::new(200, &headers, "{}")
}

type Pending = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// A call that is to be dropped at a point.
fn call(intercom: &Intercom, number: usize, point: Point) -> Pending {
    let options = CallOptions::new()
        .header("x-call", number)
        .header("x-reply", format!("{point:?}"));
    let request = intercom.request(Method::GET, "/me").options(options);
    Box::pin(CALL.scope(
        (number, point),
        async move { request.send().await.map(drop) },
    ))
}

/// A call that gets this reply and ends.
async fn ask(intercom: &Intercom, reply: &str) -> Result<(), Error> {
    let options = CallOptions::new()
        .header("x-reply", reply)
        .retry(quick().max_attempts(2));
    let request = intercom.request(Method::GET, "/me").options(options);
    soon(request.send()).await.map(drop)
}

/// Goes on with a call until it is where it is to be dropped; false if it ended before.
async fn reach(call: &mut Pending, point: Point, progress: &Progress, pause: Duration) -> bool {
    match point {
        Point::BeforePolling => return true,
        Point::Anywhere => {
            let is_late = tokio::time::timeout(pause, &mut *call).await.is_err();
            // At once: a call that is neither polled nor dropped would keep its place before those that still wait.
            *call = Box::pin(ready(Ok(())));
            return is_late;
        }
        Point::Response => {
            return tokio::select! {
                _ = call => false,
                () = progress.without_response.notified() => true,
            };
        }
        _ => {}
    }
    let is_polled_to_point = poll_fn(|context| {
        let was_received = progress.is_received.load(Ordering::SeqCst);
        if call.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        let is_there = match point {
            Point::Token => progress.has_asked_for_token.load(Ordering::SeqCst),
            // What comes after the wait.
            Point::RateLimit => !progress.has_asked_for_token.load(Ordering::SeqCst),
            // Between these two polls the head of the response has come, and in the second one it was read.
            _ => was_received,
        };
        if is_there {
            Poll::Ready(true)
        } else {
            Poll::Pending
        }
    });
    is_polled_to_point.await
}

struct Test {
    intercom: Intercom,
    calls: Arc<Calls>,
    random: Rng,
    number: usize,
    dropped: [u64; 7],
}

impl Test {
    /// Starts some calls, brings each to its point, and drops them in random order.
    async fn drop_some(&mut self, points: &[Point]) {
        let mut batch: Vec<_> = (0..BATCH)
            .map(|_| {
                let point = self.random.choice(points).copied().unwrap();
                self.number += 1;
                (self.number - 1, point)
            })
            .map(|(number, point)| (number, point, call(&self.intercom, number, point)))
            .collect();
        let calls = Arc::clone(&self.calls);
        let mut pauses: Vec<_> = (0..BATCH)
            .map(|_| Duration::from_micros(self.random.u64(0..3_000)))
            .collect();
        let mut reached: FuturesUnordered<_> = batch
            .iter_mut()
            .map(|(number, point, call)| {
                let (progress, pause) = (&calls.progress[*number], pauses.pop().unwrap());
                async move { (*number, reach(call, *point, progress, pause).await) }
            })
            .collect();
        let mut ended = Vec::new();
        while let Some((number, is_there)) = soon(reached.next()).await {
            if !is_there {
                ended.push(number);
            }
        }
        drop(reached);
        self.random.shuffle(&mut batch);
        for (number, point, call) in batch {
            drop(call);
            let was_received = calls.progress[number].is_received.load(Ordering::SeqCst);
            let is_unexpected = point == Point::RateLimit && was_received;
            if !ended.contains(&number) && !is_unexpected {
                self.dropped[point as usize] += 1;
            }
        }
    }

    fn left(&self) -> Option<u64> {
        self.intercom.rate_limit().and_then(|limit| limit.remaining)
    }
}

fn client(server: &Server, calls: &Arc<Calls>) -> Intercom {
    let calls = Arc::clone(calls);
    let provider = move || {
        let (calls, call) = (Arc::clone(&calls), CALL.try_with(|call| *call).ok());
        async move { calls.token(call).await }
    };
    let limit = Duration::from_secs(300);
    Intercom::builder(provider)
        .base_url(&server.url)
        .response_timeout(limit)
        .read_timeout(limit)
        .build()
        .unwrap()
}

#[tokio::test]
async fn ten_thousand_calls_dropped_anywhere_leave_the_client_as_it_was() {
    let calls = Arc::new(Calls {
        progress: (0..CALLS + 2 * BATCH + 2 * LIMIT)
            .map(|_| Progress::default())
            .collect(),
        failed: AtomicU64::new(0),
    });
    let script = Arc::clone(&calls);
    let server = Server::with(move |request| script.reply(&request)).await;
    let mut test = Test {
        intercom: client(&server, &calls),
        calls: Arc::clone(&calls),
        random: Rng::with_seed(4),
        number: 0,
        dropped: [0; 7],
    };

    while test.number < CALLS / 3 {
        test.drop_some(&POINTS).await;
    }
    while test.number < CALLS * 2 / 3 {
        if test.left() != Some(0) {
            ask(&test.intercom, "Exhausted").await.unwrap();
        }
        test.drop_some(&[Point::RateLimit]).await;
    }
    // These wait for the end of that window before they come to their points.
    while test.number < CALLS {
        test.drop_some(&POINTS).await;
    }
    let Test {
        intercom,
        dropped,
        number,
        ..
    } = test;
    assert!(dropped.iter().all(|count| *count > 300), "{dropped:?}");

    // As many calls as the window allows are made together, and no more.
    ask(&intercom, "Fresh").await.unwrap();
    let left = || intercom.rate_limit().unwrap().remaining;
    assert_eq!(left(), Some(LIMIT as u64));
    let mut last: Vec<_> = (number..=number + LIMIT)
        .map(|number| call(&intercom, number, Point::Response))
        .collect();
    let sent: FuturesUnordered<_> = last
        .iter_mut()
        .zip(&calls.progress[number..])
        .take(LIMIT)
        .map(|(call, progress)| reach(call, Point::Response, progress, Duration::ZERO))
        .collect();
    let sent: Vec<_> = soon(sent.collect()).await;
    assert_eq!(sent, [true; LIMIT]);
    let pending = poll_fn(|context| Poll::Ready(last[LIMIT].as_mut().poll(context).is_pending()));
    assert!(pending.await);
    assert_eq!(left(), Some(0));
    let beyond = &calls.progress[number + LIMIT];
    assert!(!beyond.has_asked_for_token.load(Ordering::SeqCst));
    assert!(!beyond.is_received.load(Ordering::SeqCst));
    drop(last);
    assert_eq!(left(), Some(LIMIT as u64));

    // The budget affords as many retries as that of a new client.
    let mut requests = Vec::new();
    for intercom in [intercom.clone(), client(&server, &calls)] {
        let before = calls.failed.load(Ordering::SeqCst);
        for _ in 0..130 {
            ask(&intercom, "Failure").await.unwrap_err();
        }
        requests.push(calls.failed.load(Ordering::SeqCst) - before);
    }
    assert_eq!(requests[0], requests[1]);
    assert!(requests[1] > 130 && requests[1] < 260, "{requests:?}");
}
