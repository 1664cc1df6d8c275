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

/// What the calls of some turns took.
#[derive(Default)]
struct Taken {
    /// Seconds of each call.
    latency: Vec<f64>,
    /// Seconds on the processor for a call, on average over a turn; of each turn.
    cpu: Vec<f64>,
}

impl Taken {
    async fn turn(&mut self, calls: usize, call: &impl AsyncFn()) {
        let cpu = cpu_time();
        for _ in 0..calls {
            let start = Instant::now();
            call().await;
            self.latency.push(start.elapsed().as_secs_f64());
        }
        if let (Some(before), Some(after)) = (cpu, cpu_time()) {
            let per_call = (after - before).as_secs_f64() / calls as f64;
            self.cpu.push(per_call);
        }
    }
}

/// Lets both ways take turns, so that what else the machine does slows them alike, and prints how they compare.
async fn compare(name: &str, size: Size, ours: impl AsyncFn(), by_hand: impl AsyncFn()) {
    let (mut warming, calls) = (Taken::default(), 10 * size.calls);
    warming.turn(calls, &ours).await;
    warming.turn(calls, &by_hand).await;

    let (mut this_crate, mut hand) = (Taken::default(), Taken::default());
    for turn in 0..size.turns {
        // Neither of them always comes first.
        if turn % 2 == 0 {
            this_crate.turn(size.calls, &ours).await;
            hand.turn(size.calls, &by_hand).await;
        } else {
            hand.turn(size.calls, &by_hand).await;
            this_crate.turn(size.calls, &ours).await;
        }
    }
    print_ratio(name, "latency", this_crate.latency, hand.latency);
    if this_crate.cpu.is_empty() {
        println!("{name}: this machine does not tell the CPU time of a thread");
    } else {
        print_ratio(name, "CPU time", this_crate.cpu, hand.cpu);
    }
}

fn print_ratio(name: &str, what: &str, this_crate: Vec<f64>, by_hand: Vec<f64>) {
    let (this_crate, by_hand) = (median(this_crate), median(by_hand));
    println!(
        "{name}: {what} {:.3} x by hand (at most 1.10); {:.1} and {:.1} microseconds",
        this_crate / by_hand,
        this_crate * 1e6,
        by_hand * 1e6,
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What this thread has spent on a processor; Linux tells it.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

async fn get(api: &v2_14::Api) {
    let contact = api.contacts().get().contact_id(ID).send().await.unwrap();
    black_box(contact);
}

fn main() {
    // `cargo test --benches` only tries whether it runs.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (calls, turns) = if is_bench { (50, 300) } else { (1, 1) };
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
            let create = create.body_map(|b| b.email(EMAIL).name(NAME).role("user"));
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
