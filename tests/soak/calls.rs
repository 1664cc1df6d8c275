//! Many calls among random faults: none is lost, none sent twice that must not be, and memory stays flat.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use intercom_client::v2_14::types::SingleFilterSearchRequest;
use intercom_client::{CallOptions, Error, Intercom, v2_14};
use tokio::task::JoinSet;

use crate::memory::Memory;
use crate::support::calls::quick;
use crate::support::{Reply, Seen, Server};
use crate::{FEW, MANY};

const TASKS: u32 = 64;
/// With another one the same calls meet other faults.
const SEED: u64 = 4;
const CONTACT: &str = r#"{"type":"contact","id":"68c7a1f0"}"#;
const LIST: &str = r#"{"type":"list","data":[],"total_count":0}"#;
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    ServerError(u16),
    RateLimited,
    HangUp,
    Reset,
    ResetInBody,
    TruncatedBody,
}

/// What meets a call the so-manieth time it is received, which depends on nothing else.
fn fault(call: u32, time: u8) -> Option<Fault> {
    let mut random = fastrand::Rng::with_seed(SEED << 48 | u64::from(call) << 8 | u64::from(time));
    if random.u8(0..100) >= 5 {
        return None;
    }
    Some(match random.u8(0..8) {
        0 => Fault::ServerError(500),
        1 => Fault::ServerError(502),
        2 => Fault::ServerError(503),
        3 => Fault::RateLimited,
        4 => Fault::HangUp,
        5 => Fault::Reset,
        6 => Fault::ResetInBody,
        _ => Fault::TruncatedBody,
    })
}

/// How often each call was received: two bytes a call, so that the server's memory does not grow.
struct Tally {
    received: Vec<AtomicU8>,
    /// Those that got a 429 are left out: the API did nothing for them.
    acted: Vec<AtomicU8>,
}

impl Tally {
    fn reply(&self, request: &Seen) -> Reply {
        let call: u32 = request.header("x-call").unwrap().parse().unwrap();
        let time = self.received[call as usize].fetch_add(1, Ordering::Relaxed);
        let fault = fault(call, time);
        if fault != Some(Fault::RateLimited) {
            self.acted[call as usize].fetch_add(1, Ordering::Relaxed);
        }
        let body = if request.line.contains("search") {
            LIST
        } else {
            CONTACT
        };
        match fault {
            None => Reply::json(200, body).then_keep(),
            Some(Fault::ServerError(status)) => Reply::json(status, "{}").then_keep(),
            Some(Fault::RateLimited) => Reply::new(429, &[("retry-after", "0")], "").then_keep(),
            Some(Fault::HangUp) => Reply::hang_up(),
            Some(Fault::Reset) => Reply::hang_up().then_reset(),
            Some(Fault::ResetInBody) => {
                Reply::raw(200, &[("content-length", "500")], body).then_reset()
            }
            Some(Fault::TruncatedBody) => Reply::raw(200, &[("content-length", "500")], body),
        }
    }
}

/// Whether the call gets a whole response if it is retried after a 429 only.
fn succeeds_without_retries(call: u32) -> bool {
    let mut faults = (0..).map(|time| fault(call, time));
    let last = faults.find(|fault| *fault != Some(Fault::RateLimited));
    last == Some(None)
}

fn is_create(call: u32) -> bool {
    call % 3 == 2
}

async fn make(api: &v2_14::Api, call: u32) -> Result<(), Error> {
    let api = api.with_options(CallOptions::new().header("x-call", call));
    match call % 3 {
        0 => {
            let get = api.contacts().get("68c7a1f0");
            get.send().await.map(drop)
        }
        1 => {
            let filter = SingleFilterSearchRequest::new("role", "=").value("lead");
            let search = api.contacts().search().query(filter);
            search.send().await.map(drop)
        }
        _ => {
            let create = api.contacts().create();
            let create = create.email("ada@example.com").role("user");
            create.send().await.map(drop)
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn among_random_faults_no_call_is_lost_and_none_acted_on_twice() {
    make_calls(FEW).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn two_hundred_thousand_calls_among_faults_leave_memory_as_it_was() {
    make_calls(MANY).await;
}

async fn make_calls(calls: u32) {
    let zeros = || (0..calls).map(|_| AtomicU8::new(0)).collect();
    let tally = Arc::new(Tally {
        received: zeros(),
        acted: zeros(),
    });
    let script = Arc::clone(&tally);
    let server = Server::with(move |request| script.reply(&request)).await;
    let intercom = Intercom::builder("c29haw==")
        .base_url(&server.url)
        // More than chance needs, even in a million calls.
        .retry(quick().max_attempts(12))
        .build()
        .unwrap();

    let start = Instant::now();
    let next = Arc::new(AtomicU32::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let (api, next) = (intercom.v2_14(), Arc::clone(&next));
        tasks.spawn(async move {
            let (mut ended, mut failed, mut memory) = (0, 0, None);
            loop {
                let call = next.fetch_add(1, Ordering::Relaxed);
                if call >= calls {
                    return (ended, failed, memory);
                }
                if call == calls / 5 {
                    memory = Memory::now();
                }
                let outcome =
                    tokio::time::timeout(Duration::from_secs(120), make(&api, call)).await;
                let outcome = outcome.unwrap_or_else(|_| panic!("call {call} does not end"));
                ended += 1;
                failed += u32::from(outcome.is_err());
                let is_ok = !is_create(call) || succeeds_without_retries(call);
                assert_eq!(outcome.is_ok(), is_ok, "call {call}: {outcome:?}");
            }
        });
    }
    let (mut ended, mut failed, mut early) = (0, 0, None);
    for (some, of_them, memory) in tasks.join_all().await {
        ended += some;
        failed += of_them;
        early = early.or(memory);
    }
    let took = start.elapsed();
    let late = Memory::now();
    assert_eq!(ended, calls);
    for call in (0..calls).filter(|call| is_create(*call)) {
        let acted = tally.acted[call as usize].load(Ordering::Relaxed);
        assert_eq!(acted, 1, "call {call} was acted on {acted} times");
    }
    let sum = |counts: &[AtomicU8]| {
        counts
            .iter()
            .map(|count| u64::from(count.load(Ordering::Relaxed)))
            .sum::<u64>()
    };
    let requests = sum(&tally.received);
    println!(
        "{calls} calls in {took:.1?}: {requests} requests, {failed} creates not retried; {}",
        Memory::growth(early, late)
    );
    // There were faults, and they were overcome.
    assert!(requests > u64::from(calls) && failed > 0);
    Memory::assert_flat(early, late);
}
