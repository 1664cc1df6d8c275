//! The tokens of many workspaces, each of which is used once and then forgotten, among some that stay.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use intercom_client::{Intercom, Method};
use tokio::task::JoinSet;

use crate::memory::Memory;
use crate::support::calls::quick;
use crate::support::{Reply, Server};
use crate::{FEW, MANY};

const TASKS: u32 = 64;
/// What a token is made longer by, so that what is kept of each of them shows.
const LENGTH: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_that_come_and_go_are_sent_once_each_and_forgotten() {
    use_tokens(FEW / 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn two_hundred_thousand_tokens_leave_memory_as_it_was() {
    use_tokens(MANY).await;
}

async fn use_tokens(tokens: u32) {
    let seen = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&seen);
    let server = Server::with(move |request| {
        let number = request.header("x-number").unwrap();
        let token = request.header("authorization").unwrap();
        assert!(token.ends_with(&format!("-{number}")), "{token}, {number}");
        count.fetch_add(1, Ordering::Relaxed);
        let headers = [
            ("content-type", "application/json"),
            ("x-ratelimit-limit", "100"),
            ("x-ratelimit-remaining", "99"),
        ];
        Reply::new(200, &headers, "{}").then_keep()
    })
    .await;
    let intercom = Intercom::builder("c29haw==")
        .base_url(&server.url)
        .retry(quick())
        .build()
        .unwrap();

    let start = Instant::now();
    let next = Arc::new(AtomicU32::new(0));
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (intercom, next) = (intercom.clone(), Arc::clone(&next));
        // One that is in use all the time.
        let kept = intercom.with_token(format!("kept-{task}")).unwrap();
        tasks.spawn(async move {
            let mut memory = None;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= tokens {
                    break;
                }
                if number == tokens / 5 {
                    memory = Memory::now();
                }
                let token = format!("{}-{number}", "t".repeat(LENGTH));
                let tenant = intercom.with_token(token).unwrap();
                let request = tenant.request(Method::GET, "/me");
                let request = request.header("x-number", number);
                request.send().await.unwrap();
            }
            drop(kept);
            memory
        });
    }
    let early = tasks.join_all().await.into_iter().flatten().next();
    let took = start.elapsed();
    let late = Memory::now();
    assert_eq!(seen.load(Ordering::Relaxed), tokens);
    println!(
        "{tokens} tokens in {took:.1?}; {}",
        Memory::growth(early, late)
    );
    Memory::assert_flat(early, late);
}
