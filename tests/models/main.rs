//! The models against what the API really sends, and what they write.
#![cfg(feature = "all-resources")]

mod fixtures;
mod reading;
#[cfg(feature = "v2_14")]
mod shapes;

use fixtures::Fixture;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Reads a body as `T` and writes it again.
fn through<T: DeserializeOwned + Serialize>(body: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(&body.to_string())?)
}

type Read = fn(&Value) -> Result<Value, serde_json::Error>;

macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {
        /// How each version reads a fixture.
        fn readers(fixture: &str) -> Vec<(&'static str, Read)> {
            vec![$({
                use intercom_client::$module::types;
                let read: Read = match fixture {
                    "admin" => through::<types::Admin>,
                    "contact" => through::<types::Contact>,
                    "contact list" => through::<types::ContactList>,
                    "conversation" => through::<types::Conversation>,
                    "company list" => through::<types::CompanyList>,
                    "article" => through::<types::Article>,
                    "collection" => through::<types::Collection>,
                    "data attributes" => through::<types::DataAttributeList>,
                    "message" => through::<types::Message>,
                    "news item" => through::<types::NewsItem>,
                    "note" => through::<types::Note>,
                    "segments" => through::<types::SegmentList>,
                    "subscription types" => through::<types::SubscriptionTypeList>,
                    "tags" => through::<types::TagList>,
                    "team" => through::<types::Team>,
                    "visitor" => through::<types::Visitor>,
                    "event summaries" => through::<types::DataEventSummary>,
                    other => panic!("no type is named for {other}"),
                };
                ($version, read)
            }),*]
        }
    };
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));

/// Every fixture with every version that has its type.
fn each(mut check: impl FnMut(&str, &Fixture, Read)) {
    let mut checked = 0;
    for fixture in fixtures::common() {
        for (version, read) in readers(fixture.name) {
            check(&format!("{} of {version}", fixture.name), &fixture, read);
            checked += 1;
        }
    }
    #[cfg(feature = "v2_14")]
    for fixture in fixtures::newer() {
        use intercom_client::v2_14::types;
        let read: Read = match fixture.name {
            "ticket" => through::<types::Ticket>,
            _ => through::<types::TicketType>,
        };
        check(&format!("{} of 2.14", fixture.name), &fixture, read);
        checked += 1;
    }
    // A version that was just imported is not among them.
    let versions = readers("admin").len();
    assert!(versions > 0 && checked >= 17 * versions, "{checked}");
}

/// The pointers of everything below a value.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, value)| (i.to_string(), value))
            .collect(),
        _ => return,
    };
    for (key, value) in children {
        let pointer = format!("{at}/{key}");
        found.push(pointer.clone());
        collect(value, &pointer, found);
    }
}

/// The body with another value at a pointer.
fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = body.clone();
    *changed.pointer_mut(pointer).unwrap() = value;
    changed
}
