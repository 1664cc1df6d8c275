//! What reading a response costs: with this crate, with structs written by hand for serde, and as plain JSON.
//!
//! `cargo bench --bench decode` prints what this crate takes in proportion to the other two.
#![recursion_limit = "256"]

#[path = "decode/by_hand/mod.rs"]
mod by_hand;
#[path = "decode/payloads.rs"]
mod payloads;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

use httpmock::MockServer;
use intercom_client::v2_14::types;
use intercom_client::{Bytes, Intercom, Method, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A payload, and what it is read into.
trait Case {
    const NAME: &'static str;
    type Generated: DeserializeOwned;
    type ByHand: DeserializeOwned;

    fn response() -> &'static Response<Bytes>;
}

struct Contacts;

impl Case for Contacts {
    const NAME: &'static str = "150 contacts";
    type Generated = types::ContactList;
    type ByHand = by_hand::ContactList;

    fn response() -> &'static Response<Bytes> {
        static RESPONSE: LazyLock<Response<Bytes>> =
            LazyLock::new(|| received(&payloads::contacts(150)));
        &RESPONSE
    }
}

struct Conversation;

impl Case for Conversation {
    const NAME: &'static str = "500 parts";
    type Generated = types::Conversation;
    type ByHand = by_hand::Conversation;

    fn response() -> &'static Response<Bytes> {
        static RESPONSE: LazyLock<Response<Bytes>> =
            LazyLock::new(|| received(&payloads::conversation(500)));
        &RESPONSE
    }
}

/// The body as a call receives it, so that it is read the way a call reads it.
#[tokio::main(flavor = "current_thread")]
async fn received(body: &Value) -> Response<Bytes> {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(200).json_body_obj(body);
        })
        .await;
    let intercom = Intercom::builder("a-token").base_url(server.base_url());
    let request = intercom.build().unwrap().request(Method::GET, "/me");
    request.send().await.unwrap()
}

fn with_this_crate<C: Case>() -> C::Generated {
    C::response().json().unwrap()
}

fn with_structs_by_hand<C: Case>() -> C::ByHand {
    serde_json::from_slice(C::response().raw_body()).unwrap()
}

fn as_plain_json<C: Case>() -> Value {
    serde_json::from_slice(C::response().raw_body()).unwrap()
}

/// Prints what this crate takes in proportion to the others.
///
/// All three take turns, and the median is of the turns' proportions: what else the machine does slows them alike.
fn print_ratios<C: Case>() {
    const TURNS: usize = 300;
    let (mut ours, mut by_hand, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let this_crate = took(with_this_crate::<C>);
        ours.push(this_crate);
        by_hand.push(this_crate / took(with_structs_by_hand::<C>));
        plain.push(this_crate / took(as_plain_json::<C>));
    }
    println!(
        "{}: {:.0} MB/s, {:.2} x structs by hand (at most 1.30), {:.2} x plain JSON (below 1.00)",
        C::NAME,
        C::response().raw_body().len() as f64 / 1e6 / median(ours),
        median(by_hand),
        median(plain)
    );
}

/// Seconds of a second reading: the first brings caches and heap to where this way of reading leaves them.
fn took<T>(read: fn() -> T) -> f64 {
    drop(black_box(read()));
    let start = Instant::now();
    let value = black_box(read());
    let time = start.elapsed();
    drop(value);
    time.as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    // `cargo test --benches` only tries whether it runs.
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratios::<Contacts>();
        print_ratios::<Conversation>();
    }
}
