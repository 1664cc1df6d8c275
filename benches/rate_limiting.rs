//! What waiting for the rate limit is worth: 64 tasks make 2,000 calls to a server that allows 100 a second.
//!
//! `cargo bench --bench rate_limiting` makes them with rate limiting and without, both at the same time, and prints what came of them.

#[path = "../tests/support/mod.rs"]
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use intercom_client::Intercom;
use support::Server;
use support::window::{Others, Windows};
use tokio::task::JoinSet;

const TASKS: u64 = 64;
const LIMIT: u64 = 100;
const CONTACT: &str = r#"{"type":"contact","id":"68c7a1f0"}"#;

async fn run(rate_limiting: bool, calls: u64) {
    let windows = Arc::new(Windows::new(LIMIT, 12_345, Others::Nothing));
    let script = Arc::clone(&windows);
    let server = Server::with(move |_| script.reply(CONTACT)).await;
    let builder = Intercom::builder("a-token").base_url(&server.url);
    let intercom = builder.rate_limiting(rate_limiting).build().unwrap();
    let left = Arc::new(AtomicU64::new(calls));
    let failed = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let api = intercom.v2_14();
        let (left, failed) = (Arc::clone(&left), Arc::clone(&failed));
        let take = move || {
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
        };
        tasks.spawn(async move {
            while take().is_ok() {
                if api.contacts().get("68c7a1f0").send().await.is_err() {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    tasks.join_all().await;
    let total = windows.total();
    println!(
        "rate limiting {}: {:.1} s, {} windows, {:.1} % of the allowance used, {:.1} % of {} responses were 429, {} of {calls} calls failed",
        if rate_limiting { "on " } else { "off" },
        start.elapsed().as_secs_f64(),
        total.windows,
        100.0 * total.used(),
        100.0 * total.refused(),
        total.allowed + total.refused,
        failed.load(Ordering::Relaxed),
    );
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` only tries whether it runs.
    let calls = if std::env::args().any(|argument| argument == "--bench") {
        2_000
    } else {
        LIMIT
    };
    tokio::join!(run(true, calls), run(false, calls));
}
