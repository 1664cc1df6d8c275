//! The structs that a careful user would write for serde, with the fields that the generated ones have.
#![allow(dead_code, reason = "only the reading of them is measured")]

mod contacts;
mod conversation;
mod parts;

use chrono::{DateTime, Utc};
use serde::Deserialize;

pub use contacts::ContactList;
pub use conversation::Conversation;

#[derive(Deserialize)]
#[serde(transparent)]
pub struct Time(#[serde(with = "chrono::serde::ts_seconds")] DateTime<Utc>);
