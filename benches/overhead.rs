//! What a call costs with this crate, next to the same call written by hand with reqwest and serde.
//!
//! `cargo bench --bench overhead` prints the proportions. Both talk to one server on this machine, take turns on one
//! thread, and send and read the same; what the server takes is in the latency of both, and in the CPU time of neither.
#![recursion_limit = "256"]

#[path = "overhead/by_hand.rs"]
mod by_hand;
#[allow(dead_code, reason = "only the reading of them is measured")]
#[path = "decode/by_hand/contacts.rs"]
mod contacts;
#[allow(dead_code, reason = "only the contacts are used")]
#[path = "decode/payloads.rs"]
mod payloads;
#[path = "overhead/server.rs"]
mod server;

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use intercom_client::{Intercom, v2_14};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(transparent)]
#[allow(dead_code, reason = "only the reading of it is measured")]
struct Time(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>);

const TOKEN: &str = "dG9rOm92ZXJoZWFkLWJlbmNobWFyaw==";
const ID: &str = "65a1f0c2d400000000000000";
const EMAIL: &str = "person.0@example.com";
const NAME: &str = "Zoë Example 0";

/// How much is measured: the calls of a turn, and the turns.
#[derive(Clone, Copy)]
struct Size {
    calls: usize,
    turns: usize,
}

/// What the calls of a turn took.
struct Taken {
    /// Seconds of a call, in the median.
    latency: f64,
    /// Seconds on the processor for a call, on average.
    cpu: Option<f64>,
}

async fn turn(calls: usize, call: &impl AsyncFn()) -> Taken {
    let cpu = cpu_time();
    let mut latency = Vec::with_capacity(calls);
    for _ in 0..calls {
        let start = Instant::now();
        call().await;
        latency.push(start.elapsed().as_secs_f64());
    }
    let cpu = cpu
        .zip(cpu_time())
        .map(|(before, after)| (after - before).as_secs_f64() / calls as f64);
    Taken {
        latency: median(latency),
        cpu,
    }
}

/// Lets both ways take turns, so that what else the machine does slows them alike, and prints how they compare.
async fn compare(name: &str, size: Size, ours: impl AsyncFn(), by_hand: impl AsyncFn()) {
    let calls = 10 * size.calls;
    turn(calls, &ours).await;
    turn(calls, &by_hand).await;

    let (mut latencies, mut cpu_times) = (Vec::new(), Vec::new());
    for number in 0..size.turns {
        // Neither of them always comes first.
        let (this_crate, hand) = if number % 2 == 0 {
            let this_crate = turn(size.calls, &ours).await;
            (this_crate, turn(size.calls, &by_hand).await)
        } else {
            let hand = turn(size.calls, &by_hand).await;
            (turn(size.calls, &ours).await, hand)
        };
        latencies.push((this_crate.latency, hand.latency));
        cpu_times.extend(this_crate.cpu.zip(hand.cpu));
    }
    print_ratio(name, "latency", &latencies);
    if cpu_times.is_empty() {
        println!("{name}: this machine does not report the CPU time of a thread");
    } else {
        print_ratio(name, "CPU time", &cpu_times);
    }
}

/// The ratio is the median of those of two turns next to each other.
fn print_ratio(name: &str, what: &str, turns: &[(f64, f64)]) {
    let ratio = median(turns.iter().map(|(ours, hand)| ours / hand).collect());
    let ours = median(turns.iter().map(|(ours, _)| *ours).collect());
    let hand = median(turns.iter().map(|(_, hand)| *hand).collect());
    println!(
        "{name}: {what} {ratio:.3} x by hand (at most 1.10); {:.1} and {:.1} microseconds",
        ours * 1e6,
        hand * 1e6,
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The CPU time of this thread, which Linux reports.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

async fn get(api: &v2_14::Api) {
    let contact = api.contacts().get(ID).send().await.unwrap();
    black_box(contact);
}

fn main() {
    // `cargo test --benches` only tries whether it runs.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (calls, turns) = if is_bench { (50, 400) } else { (1, 1) };
    let size = Size { calls, turns };

    let body = payloads::contacts(1)["data"][0].to_string();
    println!("a contact of {} bytes", body.len());
    let url = server::start(body);

    // The connections' tasks run on this thread too, so that its CPU time is that of the whole call.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let intercom = Intercom::builder(TOKEN).base_url(&url).build().unwrap();
        let api = intercom.v2_14();
        let hand = by_hand::Client::new(&url);
        compare(
            "GET a contact",
            size,
            async || get(&api).await,
            async || drop(black_box(hand.get(ID).await.unwrap())),
        )
        .await;
        let create = async || {
            let create = api.contacts().create();
            let create = create.email(EMAIL).name(NAME).role("user");
            drop(black_box(create.send().await.unwrap()));
        };
        let create_by_hand = async || {
            let new = by_hand::NewContact {
                email: EMAIL,
                name: NAME,
                role: "user",
            };
            drop(black_box(hand.create(&new).await.unwrap()));
        };
        compare("POST a contact", size, create, create_by_hand).await;
    });
}
