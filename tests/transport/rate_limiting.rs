//! The rate limit that calls share.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt, stream};
use intercom_client::{CallOptions, ErrorKind, Intercom, Method};
use tokio::task::JoinSet;

use crate::support::window::{Others, Total, Windows};
use crate::support::{Reply, Server};
use crate::{builder, soon};

const ME: &str = r#"{"type":"admin"}"#;

/// A server that deals out a limit, and what it knows.
async fn serve(windows: Windows) -> (Server, Arc<Windows>) {
    let windows = Arc::new(windows);
    let script = Arc::clone(&windows);
    (Server::with(move |_| script.reply(ME)).await, windows)
}

/// A client that is not cut short by a slow machine.
fn patient(server: &Server) -> Intercom {
    let limit = Duration::from_secs(30);
    builder(server)
        .response_timeout(limit)
        .read_timeout(limit)
        .build()
        .unwrap()
}

/// Makes so many calls in 64 tasks, all of which succeed.
async fn make(intercom: &Intercom, calls: u64) {
    let left = Arc::new(AtomicU64::new(calls));
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let (intercom, left) = (intercom.clone(), Arc::clone(&left));
        let take = move || {
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
        };
        tasks.spawn(async move {
            while take().is_ok() {
                intercom.request(Method::GET, "/me").send().await.unwrap();
            }
        });
    }
    while let Some(task) = soon(tasks.join_next()).await {
        task.unwrap();
    }
}

/// The same measurement up to three times, until it is as it should be.
///
/// The windows go by the real time: where the machine stops for a whole one, its calls are lost, which says nothing about
/// the limiter. A fault of the limiter shows each time.
async fn measure<F: Future<Output = Total>>(
    measured: impl Fn() -> F,
    is_good: impl Fn(&Total) -> bool,
) {
    let mut totals = Vec::new();
    for _ in 0..3 {
        let total = measured().await;
        println!("{total:?}");
        if is_good(&total) {
            return;
        }
        totals.push(total);
    }
    panic!("{totals:?}");
}

async fn paced(ahead: i64, calls: u64, others: Others) -> Total {
    let (server, windows) = serve(Windows::new(100, ahead, others)).await;
    make(&patient(&server), calls).await;
    let total = windows.total();
    assert_eq!(total.allowed, calls);
    total
}

#[tokio::test]
async fn the_allowance_is_used_and_next_to_nothing_refused_whatever_our_clock_shows() {
    let with_both_skews = async |ahead| {
        measure(
            || paced(ahead, 1_000, Others::Nothing),
            |total| total.used() >= 0.95 && total.refused() <= 0.01,
        )
        .await;
    };
    tokio::join!(with_both_skews(-30_000), with_both_skews(29_630));
}

#[tokio::test]
async fn little_is_refused_and_nothing_fails_where_another_program_takes_half_of_each_window() {
    let with = async |others| {
        measure(|| paced(0, 500, others), |total| total.refused() <= 0.05).await;
    };
    tokio::join!(with(Others::HalfAtOnce), with(Others::HalfSteadily));
}

/// A response after which nothing is left for another forty seconds.
fn exhausted() -> Reply {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let reset = (now.as_secs() + 40).to_string();
    let date = httpdate::fmt_http_date(SystemTime::now());
    Reply::new(
        200,
        &[
            ("date", &date),
            ("x-ratelimit-limit", "100"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", &reset),
        ],
        r#"{"type":"admin","id":"1"}"#,
    )
}

fn hurried() -> CallOptions {
    CallOptions::new().timeout(Duration::from_millis(50))
}

#[tokio::test]
async fn a_deadline_that_ends_in_the_queue_says_so_and_nothing_was_sent() {
    let server = Server::start([exhausted(), exhausted()]).await;
    let intercom = patient(&server);
    let me = || intercom.request(Method::GET, "/me");
    soon(me().send()).await.unwrap();
    let error = soon(me().options(hurried()).send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CallTimeout);
    assert!(error.to_string().contains("rate limit"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn the_token_is_asked_for_after_the_wait_for_the_rate_limit() {
    let server = Server::start([exhausted()]).await;
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let token = move || {
        count.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, std::io::Error>("dG9rOnJvdGF0ZWQ=".to_owned()) }
    };
    let intercom = Intercom::builder(token).base_url(&server.url);
    let intercom = intercom.build().unwrap();
    let me = || intercom.request(Method::GET, "/me");
    soon(me().send()).await.unwrap();
    soon(me().options(hurried()).send()).await.unwrap_err();
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn clones_versions_and_options_of_one_token_share_the_limit_and_other_tokens_do_not() {
    let server = Server::start((0..3).map(|_| exhausted())).await;
    let intercom = patient(&server);
    soon(intercom.request(Method::GET, "/me").send())
        .await
        .unwrap();

    let clone = intercom.clone();
    let by_hand = clone.request(Method::GET, "/me").options(hurried()).send();
    assert_eq!(
        soon(by_hand).await.unwrap_err().kind(),
        ErrorKind::CallTimeout
    );
    let options = intercom.v2_14().with_options(hurried());
    let generated = soon(options.contacts().get("68c7a1f0").send()).await;
    assert_eq!(generated.unwrap_err().kind(), ErrorKind::CallTimeout);
    let version = hurried().api_version("2.11");
    let of_another = intercom.request(Method::GET, "/me").options(version).send();
    assert_eq!(
        soon(of_another).await.unwrap_err().kind(),
        ErrorKind::CallTimeout
    );
    assert_eq!(server.seen().len(), 1);

    let other = intercom.with_token("b3RoZXI=").unwrap();
    assert_eq!(other.rate_limit(), None);
    soon(other.request(Method::GET, "/me").send())
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
    // Whoever is given the token again waits with those who have it.
    let again = intercom.with_token("b3RoZXI=").unwrap();
    assert_eq!(again.rate_limit(), other.rate_limit());
    assert!(again.rate_limit().is_some());
    drop((other, again));
    let anew = intercom.with_token("b3RoZXI=").unwrap();
    assert_eq!(anew.rate_limit(), None);
}

#[tokio::test]
async fn nothing_waits_where_rate_limiting_is_off() {
    let server = Server::start((0..5).map(|_| exhausted())).await;
    let intercom = builder(&server)
        .rate_limiting(false)
        .response_timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let deadline = CallOptions::new().timeout(Duration::from_secs(30));
    for _ in 0..5 {
        let call = intercom
            .request(Method::GET, "/me")
            .options(deadline.clone());
        soon(call.send()).await.unwrap();
    }
    assert_eq!(server.seen().len(), 5);
    // It is known all the same.
    assert_eq!(intercom.rate_limit().unwrap().remaining, Some(0));
}

#[tokio::test]
async fn the_state_of_the_limit_follows_the_responses() {
    let (server, _) = serve(Windows::new(100, 30_000, Others::Nothing)).await;
    let intercom = patient(&server);
    assert_eq!(intercom.rate_limit(), None);
    let response = soon(intercom.request(Method::GET, "/me").send())
        .await
        .unwrap();
    let header = |name| {
        response.headers()[name]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let known = intercom.clone().rate_limit().unwrap();
    assert_eq!(known.limit, Some(100));
    // Unless the machine stopped until the window was over.
    if let Some(reset) = known.reset {
        let reset = reset.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(reset.as_secs(), header("x-ratelimit-reset"));
        assert_eq!(known.remaining, Some(header("x-ratelimit-remaining")));
    }
    // By the server's clock, thirty seconds before ours says so, the window ends.
    let is_over = async {
        while intercom.rate_limit().unwrap().reset.is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), is_over)
        .await
        .unwrap();
    assert_eq!(intercom.rate_limit().unwrap().remaining, Some(100));
}

#[tokio::test]
async fn a_call_goes_on_while_others_of_its_task_are_not_polled() {
    let (server, _) = serve(Windows::new(10, 0, Others::Nothing)).await;
    let intercom = patient(&server);
    let me = || intercom.request(Method::GET, "/me").send();
    // Sixteen are under way or in the queue, and nobody looks at them while a response is worked on.
    let mut calls = stream::iter((0..20).map(|_| me())).buffered(16);
    let mut made = 0;
    while let Some(call) = soon(calls.next()).await {
        call.unwrap();
        soon(me()).await.unwrap();
        made += 1;
    }
    assert_eq!(made, 20);
}
