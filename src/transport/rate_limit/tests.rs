//! Paused time, and no server but numbers.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use tokio::task::{LocalSet, unconstrained};
use tokio::time::{advance, sleep};

use super::window::PROBING_SHARE;
use super::*;
use crate::wire::headers::MAX_WINDOW;

/// What the server's clock shows at the start of a test.
const NOON: u64 = 1_780_000_000;

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// The headers of a response; a name without a value is left out.
fn headers(pairs: &[(&'static str, Option<u64>)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        if let Some(value) = value {
            let value = match *name {
                "date" => httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + seconds(*value)),
                _ => value.to_string(),
            };
            headers.insert(*name, value.parse().unwrap());
        }
    }
    headers
}

/// At `date` this many requests of a hundred are left, until `reset`.
fn reported(date: u64, remaining: u64, reset: u64) -> HeaderMap {
    headers(&[
        ("date", Some(date)),
        ("x-ratelimit-limit", Some(100)),
        ("x-ratelimit-remaining", Some(remaining)),
        ("x-ratelimit-reset", Some(reset)),
    ])
}

fn has_to_wait<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> bool {
    poll(future).is_pending()
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The permit of a request that need not wait.
fn at_once(limiter: &Arc<Limiter>) -> Permit {
    // Else tokio stops a test that never pauses.
    match poll(pin!(unconstrained(limiter.admit(Instant::now())))) {
        Poll::Ready(permit) => permit,
        Poll::Pending => panic!("it has to wait"),
    }
}

/// A limiter that knows how many requests are left until ten seconds after noon.
fn limiter(remaining: u64) -> Arc<Limiter> {
    let limiter = Limiter::new(true);
    at_once(&limiter).report(&reported(NOON, remaining, NOON + 10), false);
    limiter
}

async fn waited(limiter: &Arc<Limiter>) -> Duration {
    let start = Instant::now();
    drop(limiter.admit(Instant::now()).await);
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn no_more_is_sent_than_is_left_after_what_is_under_way() {
    let limiter = limiter(3);
    let mut under_way: Vec<_> = (0..3).map(|_| at_once(&limiter)).collect();
    let mut fourth = pin!(limiter.admit(Instant::now()));
    assert!(has_to_wait(fourth.as_mut()));
    // The server has counted one of the three: as many are left as are under way.
    under_way
        .pop()
        .unwrap()
        .report(&reported(NOON, 2, NOON + 10), false);
    assert!(has_to_wait(fourth.as_mut()));
    // A dropped permit makes room: perhaps the server never saw the request.
    under_way.pop();
    assert!(!has_to_wait(fourth.as_mut()));
}

#[tokio::test(start_paused = true)]
async fn a_response_that_was_overtaken_does_not_give_more_than_is_left() {
    let limiter = limiter(5);
    let (first, second) = (at_once(&limiter), at_once(&limiter));
    second.report(&reported(NOON, 0, NOON + 10), false);
    first.report(&reported(NOON, 1, NOON + 10), false);
    assert!(has_to_wait(pin!(limiter.admit(Instant::now()))));
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_are_let_through_in_their_order_when_the_window_is_over() {
    let limiter = limiter(0);
    let order = Rc::new(Cell::new(0));
    let local = LocalSet::new();
    for number in 0..40 {
        let (limiter, order) = (Arc::clone(&limiter), Rc::clone(&order));
        local.spawn_local(async move {
            let start = Instant::now();
            let permit = limiter.admit(Instant::now()).await;
            assert!(
                start.elapsed() >= seconds(9),
                "before the end of the window"
            );
            assert_eq!(order.replace(number + 1), number);
            sleep(milliseconds(20)).await;
            permit.report(&reported(NOON + 10, 99 - number, NOON + 20), false);
        });
    }
    local.await;
    assert_eq!(order.get(), 40);
}

#[tokio::test(start_paused = true)]
async fn waiters_that_are_dropped_do_not_hold_up_the_others() {
    let limiter = limiter(0);
    let mut waiters: Vec<_> = (0..5)
        .map(|_| Box::pin(limiter.admit(Instant::now())))
        .collect();
    for waiter in &mut waiters {
        assert!(has_to_wait(waiter.as_mut()));
    }
    drop(waiters.remove(2));
    drop(waiters.remove(0));
    advance(seconds(11)).await;
    for waiter in &mut waiters {
        assert!(!has_to_wait(waiter.as_mut()));
    }
    drop(waiters);
    assert_eq!(limiter.state().in_flight, 0);
}

#[tokio::test(start_paused = true)]
async fn those_who_are_not_polled_are_overtaken() {
    let limiter = limiter(0);
    // As many as a window allows, each of which has been polled and then forgotten by its task.
    let mut forgotten: Vec<_> = (0..100)
        .map(|_| Box::pin(limiter.admit(Instant::now())))
        .collect();
    for waiter in &mut forgotten {
        assert!(has_to_wait(waiter.as_mut()));
    }
    let waited = waited(&limiter).await;
    assert!(waited >= seconds(10) && waited <= seconds(11), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn requests_that_are_forgotten_on_their_way_hold_nobody_back_for_good() {
    let limiter = limiter(100);
    let forgotten: Vec<_> = (0..100).map(|_| at_once(&limiter)).collect();
    let waited = waited(&limiter).await;
    assert!(waited <= seconds(10) + MAX_WINDOW, "{waited:?}");
    assert_eq!(limiter.state().previous_in_flight, 100);
    drop(forgotten);
}

#[tokio::test(start_paused = true)]
async fn where_no_rate_limit_is_reported_nothing_waits() {
    for response in [
        HeaderMap::new(),
        headers(&[("date", Some(NOON))]),
        headers(&[("date", Some(NOON)), ("x-ratelimit-remaining", Some(0))]),
        headers(&[
            ("x-ratelimit-limit", Some(1)),
            ("x-ratelimit-reset", Some(NOON)),
        ]),
    ] {
        let limiter = Limiter::new(true);
        at_once(&limiter).report(&response, false);
        let under_way: Vec<_> = (0..200).map(|_| at_once(&limiter)).collect();
        assert_eq!(under_way.len(), 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_limiter_that_is_off_lets_everything_through() {
    let limiter = Limiter::new(false);
    at_once(&limiter).report(&reported(NOON, 0, NOON + 10), true);
    drop(at_once(&limiter));
}

#[tokio::test(start_paused = true)]
async fn an_absurd_end_of_a_window_holds_nobody_for_long() {
    for reset in [
        0,
        1,
        NOON - 1,
        NOON,
        NOON + 61,
        NOON * 2,
        u64::MAX / 2,
        u64::MAX,
    ] {
        let limiter = Limiter::new(true);
        at_once(&limiter).report(&reported(NOON, 0, reset), true);
        assert_eq!(waited(&limiter).await, Duration::ZERO, "{reset}");
    }
    let mut unreadable = reported(NOON, 0, NOON + 10);
    unreadable.insert("x-ratelimit-reset", "soon".parse().unwrap());
    let limiter = Limiter::new(true);
    at_once(&limiter).report(&unreadable, true);
    assert_eq!(waited(&limiter).await, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn whatever_becomes_of_the_servers_clock_nobody_waits_longer_than_the_window() {
    for date in [0, NOON - 86_400, NOON - 90, NOON + 86_400] {
        let limiter = Limiter::new(true);
        let under_way = at_once(&limiter);
        at_once(&limiter).report(&reported(NOON, 0, NOON + 10), false);
        // A page of a proxy with a clock of its own.
        under_way.report(&headers(&[("date", Some(date))]), false);
        let waited = waited(&limiter).await;
        assert!(waited <= seconds(10), "{waited:?} after {date}");
    }
}

#[tokio::test(start_paused = true)]
async fn windows_are_accepted_after_the_servers_clock_was_set_back() {
    let limiter = limiter(50);
    let before = NOON - 3_600;
    at_once(&limiter).report(&reported(before, 0, before + 10), false);
    assert!(has_to_wait(pin!(limiter.admit(Instant::now()))));
    let waited = waited(&limiter).await;
    assert!(waited <= seconds(10) && waited >= seconds(9), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_window_ends_when_the_first_of_its_responses_says() {
    let limiter = limiter(50);
    // The server's clock has just come to the next second, so that nine of them are left.
    advance(milliseconds(300)).await;
    let (early, late) = (at_once(&limiter), at_once(&limiter));
    early.report(&reported(NOON + 1, 20, NOON + 10), false);
    advance(milliseconds(600)).await;
    late.report(&reported(NOON + 1, 0, NOON + 10), false);
    assert_eq!(waited(&limiter).await, milliseconds(8_400));
}

#[tokio::test(start_paused = true)]
async fn a_window_that_ends_within_a_second_is_waited_for_to_its_end() {
    let limiter = limiter(0);
    advance(seconds(10)).await;
    // Its end is reported in whole seconds, and it goes on for a part of one.
    at_once(&limiter).report(&reported(NOON + 10, 0, NOON + 10), true);
    assert_eq!(waited(&limiter).await, seconds(1));
    // So do those after it.
    at_once(&limiter).report(&reported(NOON + 11, 0, NOON + 20), false);
    assert_eq!(waited(&limiter).await, seconds(10));
}

#[tokio::test(start_paused = true)]
async fn a_window_that_began_unheard_of_is_tried_with_a_share_of_it() {
    let limiter = limiter(0);
    advance(seconds(11)).await;
    let mut under_way: Vec<_> = (0..100 / PROBING_SHARE)
        .map(|_| at_once(&limiter))
        .collect();
    let mut next = Box::pin(limiter.admit(Instant::now()));
    assert!(has_to_wait(next.as_mut()));
    // Somebody else has used most of it.
    let first = under_way.pop().unwrap();
    first.report(&reported(NOON + 11, 12, NOON + 20), false);
    let Poll::Ready(next) = poll(next.as_mut()) else {
        panic!("one is left");
    };
    under_way.push(next);
    assert!(has_to_wait(pin!(limiter.admit(Instant::now()))));
}

#[tokio::test(start_paused = true)]
async fn responses_that_tell_of_no_window_any_more_end_the_waiting() {
    let limiter = limiter(0);
    advance(seconds(11)).await;
    for _ in 0..10 {
        at_once(&limiter).report(&HeaderMap::new(), false);
    }
    let under_way: Vec<_> = (0..1_000).map(|_| at_once(&limiter)).collect();
    assert_eq!(under_way.len(), 1_000);
}

#[tokio::test(start_paused = true)]
async fn what_is_known_of_the_window_can_be_read() {
    let limiter = Limiter::new(true);
    assert_eq!(limiter.rate_limit(), None);
    at_once(&limiter).report(&reported(NOON, 40, NOON + 10), false);
    let in_flight = at_once(&limiter);
    let end = SystemTime::UNIX_EPOCH + seconds(NOON + 10);
    let known = RateLimit {
        limit: Some(100),
        remaining: Some(39),
        reset: Some(end),
    };
    assert_eq!(limiter.rate_limit(), Some(known));
    advance(seconds(10)).await;
    let next = RateLimit {
        remaining: Some(99),
        reset: None,
        ..known
    };
    assert_eq!(limiter.rate_limit(), Some(next));
    // It reports the same after somebody has asked for a permit.
    drop(in_flight);
    drop(at_once(&limiter));
    let untouched = RateLimit {
        remaining: Some(100),
        ..next
    };
    assert_eq!(limiter.rate_limit(), Some(untouched));
}
