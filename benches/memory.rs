//! What memory a list of contacts takes: while it is read, and afterwards.
//!
//! `cargo bench --bench memory` prints bytes for each contact, and the most that reading bodies of 8 MB takes in proportion to
//! the body. With `--profile dev` it prints them for a debug build.
#![recursion_limit = "256"]

#[path = "decode/payloads.rs"]
#[allow(dead_code, reason = "this benchmark reads contacts only")]
mod payloads;
#[path = "decode/received.rs"]
mod received;

use intercom_client::v2_14::types::{Contact, ContactList, Conversation, ConversationPart, Ticket};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const SIZE: usize = 8_000_000;

/// A list of 8 MB.
fn list(contact: &dyn Fn(u64) -> Value) -> String {
    let mut body = String::from(r#"{"type":"list","data":["#);
    let mut number = 0;
    while body.len() < SIZE {
        if number > 0 {
            body.push(',');
        }
        body.push_str(&contact(number).to_string());
        number += 1;
    }
    body.push_str("]}");
    body
}

fn measure(name: &str, body: String) {
    let response = received::received(body);
    let size = response.raw_body().len() as f64;
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let read: ContactList = response.json().unwrap();
    let most = (HEAP.peak_usage() - before) as f64;
    let kept = (HEAP.current_usage() - before) as f64;
    let count = read.data.len();
    println!(
        "{name}: {count} contacts, {:.0} bytes each in the body and {:.0} read; {:.1} MB kept ({:.1} x the body), {:.1} MB at most ({:.1} x)",
        size / count as f64,
        kept / count as f64,
        kept / 1e6,
        kept / size,
        most / 1e6,
        most / size
    );
}

fn main() {
    // `cargo test --benches` only tries whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "Contact: {} bytes, Conversation: {}, ConversationPart: {}, Ticket: {}",
        size_of::<Contact>(),
        size_of::<Conversation>(),
        size_of::<ConversationPart>(),
        size_of::<Ticket>()
    );
    let page = payloads::contacts(150);
    let contact = |number: u64| page["data"][(number % 150) as usize].clone();
    measure("as the API sends them", list(&contact));
    measure(
        "one odd value in each hundredth",
        list(&|number| {
            let mut contact = contact(number);
            if number.is_multiple_of(100) {
                contact["last_seen_at"] = json!({ "odd": true });
            }
            contact
        }),
    );
    measure(
        "with nothing but an id",
        list(&|number| json!({ "id": (number + 1).to_string() })),
    );
}
