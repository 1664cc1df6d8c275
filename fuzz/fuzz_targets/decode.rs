//! Reads any bytes as each of the ten largest types of 2.14; what could be read is written, and read again as the same.
//!
//! The largest are those from which the most fields can be reached, of those that an operation uses:
//!
//! | type | fields |
//! |---|---|
//! | `ConversationList` | 182 |
//! | `ConversationWithCustomers` | 172 |
//! | `Conversation` | 171 |
//! | `TicketList` | 118 |
//! | `Ticket` | 107 |
//! | `ContactList` | 102 |
//! | `CompanyAttachedContacts` | 102 |
//! | `ArticleSearchResponse` | 101 |
//! | `Visitor` | 93 |
//! | `Contact` | 91 |
#![no_main]

use std::fmt::Debug;

use intercom_client::v2_14::types;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};

fuzz_target!(|body: &[u8]| {
    twice::<types::ConversationList>(body);
    twice::<types::ConversationWithCustomers>(body);
    twice::<types::Conversation>(body);
    twice::<types::TicketList>(body);
    twice::<types::Ticket>(body);
    twice::<types::ContactList>(body);
    twice::<types::CompanyAttachedContacts>(body);
    twice::<types::ArticleSearchResponse>(body);
    twice::<types::Visitor>(body);
    twice::<types::Contact>(body);
});

/// Reads a body, and then what was written of it.
fn twice<T: DeserializeOwned + Serialize + PartialEq + Debug>(body: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(body) else {
        return;
    };
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, read, "{written}");
}
