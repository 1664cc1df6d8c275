//! Puts odd forms in place of values within the seeds; whatever is well-formed JSON is read as each of the ten largest types.
//!
//! Input that is itself an object of JSON is read as it is. What is read is written, and read again as the same; what is left out
//! of it has a path, and nothing may panic. It is read the way a response is, as the item of a notification.
#![no_main]

use std::fmt::Debug;

use intercom_client::v2_14::types;
use intercom_client::webhooks::Notification;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_json::value::RawValue;

const SEEDS: [&str; 7] = [
    include_str!("../seeds/article-search.json"),
    include_str!("../seeds/contact-list.json"),
    include_str!("../seeds/conversation-list.json"),
    include_str!("../seeds/conversation.json"),
    include_str!("../seeds/ticket-list.json"),
    include_str!("../seeds/ticket.json"),
    include_str!("../seeds/visitor.json"),
];

/// What may stand in place of any value; some of it no `Value` holds.
const ODD: [&str; 44] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "7.5",
    "1e400",
    "-1e-400",
    "1E5",
    "9007199254740993",
    "18446744073709551615",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "1700000000",
    "1700000000123",
    "1700000000123456",
    "99999999999999999",
    "\"\"",
    "\" \"",
    "\"0\"",
    "\"1\"",
    "\"7.5\"",
    "\"TRUE\"",
    "\"x\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\u0000\"",
    "\"2024-01-02\"",
    "\"2024-01-02 03:04:05\"",
    "\"2024-01-02T03:04:05.678+01:00\"",
    "\"Tue, 02 Jan 2024 03:04:05 +0000\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    "[7,\"x\",null,{\"id\":\"1\"}]",
    "{\"id\":{}}",
    "{\"0\":{\"id\":\"1\"},\"1\":7}",
    "{\"data\":[{\"id\":1},true]}",
    "{\"type\":7,\"id\":[]}",
    "\"https://example.com/?page=2&starting_after=x\"",
    "{\"$serde_json::private::Number\":\"7\"}",
];

fuzz_target!(|data: &[u8]| {
    let body = match std::str::from_utf8(data).map(serde_json::from_str::<&RawValue>) {
        Ok(Ok(raw)) if raw.get().starts_with('{') => raw.get().to_owned(),
        _ => odd(data),
    };
    read::<types::ConversationList>(&body);
    read::<types::ConversationWithCustomers>(&body);
    read::<types::Conversation>(&body);
    read::<types::TicketList>(&body);
    read::<types::Ticket>(&body);
    read::<types::ContactList>(&body);
    read::<types::CompanyAttachedContacts>(&body);
    read::<types::ArticleSearchResponse>(&body);
    read::<types::Visitor>(&body);
    read::<types::Contact>(&body);
});

/// One of the seeds with up to eight values replaced, as the input says.
fn odd(data: &[u8]) -> String {
    let mut data = data.iter().copied();
    let mut next = || usize::from(data.next().unwrap_or(0));
    let mut seed: Value =
        serde_json::from_str(SEEDS[next() % SEEDS.len()]).expect("a seed is JSON");
    let mut put = Vec::new();
    for place in 0..next() % 9 {
        let mut value = &mut seed;
        // A step is a byte, and 0 stays; a value that is replaced is the last one.
        loop {
            let step = next();
            let length =
                value.as_object().map_or(0, |map| map.len()) + value.as_array().map_or(0, Vec::len);
            if step == 0 || length == 0 {
                break;
            }
            let child = match value {
                Value::Object(map) => map.values_mut().nth((step - 1) % length),
                Value::Array(list) => list.get_mut((step - 1) % length),
                _ => None,
            };
            value = child.expect("the place is within it");
        }
        *value = format!("@odd{place}@").into();
        put.push(ODD[next() % ODD.len()]);
    }
    let mut body = if seed.is_object() {
        seed.to_string()
    } else {
        // The response itself is what was asked for.
        "{}".to_owned()
    };
    for (place, odd) in put.iter().enumerate() {
        body = body.replace(&format!("\"@odd{place}@\""), odd);
    }
    body
}

/// Reads a body, and then what was written of it.
fn read<T: DeserializeOwned + Serialize + PartialEq + Debug>(body: &str) {
    let notification = received(body);
    let left_out = notification
        .unread::<T>()
        .unwrap_or_else(|error| panic!("{body}: {error}"));
    assert!(
        left_out.iter().all(|path| !path.is_empty()),
        "{body}: {left_out:?}"
    );
    // Without its own id it is none.
    let Ok(read) = notification.item::<T>() else {
        assert!(
            left_out.iter().any(|path| path == "id"),
            "{body}: {left_out:?}"
        );
        return;
    };
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = received(&written)
        .item()
        .expect("what was written can be read");
    if is_held(body) {
        assert_eq!(again, read, "{body}\n{written}");
    }
}

/// Whether a `Value` holds all of it; a number that it does not is kept as text, which an enum then takes.
fn is_held(body: &str) -> bool {
    let is_long = |digits: &str| digits.len() >= 19;
    let mut numbers = body.split(|character: char| !character.is_ascii_digit());
    serde_json::from_str::<Value>(body).is_ok() && !numbers.any(is_long)
}

fn received(body: &str) -> Notification {
    let body = format!("{{\"topic\":\"contact.created\",\"data\":{{\"item\":{body}}}}}");
    Notification::from_unverified(body.as_bytes()).expect("it has a topic")
}
