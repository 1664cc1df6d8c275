//! What reading a response costs: with this crate, with structs written by hand for serde, and as plain JSON.
//!
//! `cargo bench --bench decode` prints what this crate takes in proportion to the other two, and what a page with one odd record
//! takes in proportion to the same page without. A change of the API makes every record odd, which must not take long either.
#![recursion_limit = "256"]

#[path = "decode/by_hand/mod.rs"]
mod by_hand;
#[path = "decode/payloads.rs"]
mod payloads;
#[path = "decode/received.rs"]
mod received;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

use intercom_client::v2_14::types;
use intercom_client::{Bytes, Response};
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
            LazyLock::new(|| received::received(payloads::contacts(150).to_string()));
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
            LazyLock::new(|| received::received(payloads::conversation(500).to_string()));
        &RESPONSE
    }
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

/// The page of contacts with one odd record among them, as the first, in the middle, or as the last.
struct Odd {
    name: &'static str,
    /// The value of a field of the record.
    value: &'static str,
}

const ODD: [Odd; 3] = [
    Odd {
        name: "a value of another type",
        value: "{\"odd\":true}",
    },
    Odd {
        name: "a number that no type holds",
        value: "1e400",
    },
    Odd {
        name: "half a surrogate pair",
        value: "\"\\ud83d\"",
    },
];

impl Odd {
    fn response(&self, place: usize) -> Response<Bytes> {
        let mut page = payloads::contacts(150);
        page["data"][place]["browser_version"] = "@odd".into();
        received::received(page.to_string().replace("\"@odd\"", self.value))
    }

    /// Prints what it takes in proportion to the page without it.
    fn print_ratios(&self) {
        let ratios = [0, 75, 149].map(|place| {
            let odd = self.response(place);
            let read = || odd.json::<types::ContactList>().unwrap();
            let turns = (0..TURNS).map(|_| took(read) / took(with_this_crate::<Contacts>));
            format!("{:.2}", median(turns.collect()))
        });
        println!(
            "150 contacts, in one of them {}: {} x as long (at most 2.00)",
            self.name,
            ratios.join(", ")
        );
    }
}

/// Prints what a page takes all of whose records are odd, in proportion to the same page without that.
fn print_ratio_of_all_odd() {
    let mut page = payloads::contacts(1_500);
    let as_sent = received::received(page.to_string());
    for contact in page["data"].as_array_mut().unwrap() {
        contact["browser_version"] = serde_json::json!({ "odd": true });
    }
    let odd = received::received(page.to_string());
    let read = |page: &Response<Bytes>| page.json::<types::ContactList>().unwrap();
    let turns = (0..TURNS / 10).map(|_| took(|| read(&odd)) / took(|| read(&as_sent)));
    println!(
        "1,500 contacts, in each of them {}: {:.2} x as long (at most 2.00)",
        ODD[0].name,
        median(turns.collect())
    );
}

/// How often each is read; the median counts.
const TURNS: usize = 300;

/// Prints what this crate takes in proportion to the others.
///
/// All three take turns, and the median is of the turns' proportions: what else the machine does slows them alike.
fn print_ratios<C: Case>() {
    let (mut ours, mut by_hand, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let this_crate = took(with_this_crate::<C>);
        ours.push(this_crate);
        by_hand.push(this_crate / took(with_structs_by_hand::<C>));
        plain.push(this_crate / took(as_plain_json::<C>));
    }
    println!(
        "{}: {:.0} MB/s, {:.2} x structs by hand (at most 1.00), {:.2} x plain JSON (at most 0.50)",
        C::NAME,
        C::response().raw_body().len() as f64 / 1e6 / median(ours),
        median(by_hand),
        median(plain)
    );
}

/// Seconds of a second reading: the first brings caches and heap to where this way of reading leaves them.
fn took<T>(read: impl Fn() -> T) -> f64 {
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
        for odd in &ODD {
            odd.print_ratios();
        }
        print_ratio_of_all_odd();
    }
}
