//! Reads notifications, as leniently as the types of the API.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::json::{Lenient, Read};

/// A notification as it is sent.
#[derive(Default, Deserialize)]
pub(super) struct Envelope {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) topic: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) app_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) first_sent_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) delivery_attempts: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) delivery_status: Option<String>,
    #[serde(rename = "self", default, deserialize_with = "lenient")]
    pub(super) self_url: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) links: Option<Map<String, Value>>,
    #[serde(default)]
    pub(super) data: Option<Data>,
}

/// The object around the item.
#[derive(Default, Deserialize)]
pub(super) struct Data {
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub(super) data_type: Option<String>,
    pub(super) item: Option<Box<RawValue>>,
}

/// The fields of the item that identify it.
#[derive(Default, Deserialize)]
pub(super) struct Label {
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub(super) item_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    conversation_id: Option<String>,
}

impl Label {
    /// The id, which deleted conversations have under another name.
    pub(super) fn into_id(self) -> Option<String> {
        let is_conversation = self.item_type.as_deref() == Some("conversation");
        self.id.or(self.conversation_id.filter(|_| is_conversation))
    }
}

/// Reads a field in any form.
fn lenient<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match T::lenient(deserializer)? {
        Read::Value(value) | Read::Unfit(value) => Some(value),
        Read::Nothing | Read::Odd(_) | Read::Noted(_) => None,
    })
}
