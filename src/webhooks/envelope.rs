//! Reads notifications, as leniently as the types of the API.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::json::{self, JsonError, Lenient};

/// A notification as it is sent.
pub(super) struct Envelope {
    pub(super) id: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) app_id: Option<String>,
    pub(super) created_at: Option<DateTime<Utc>>,
    pub(super) first_sent_at: Option<DateTime<Utc>>,
    pub(super) delivery_attempts: Option<i64>,
    pub(super) delivery_status: Option<String>,
    pub(super) self_url: Option<String>,
    pub(super) links: Option<Map<String, Value>>,
    pub(super) data: Data,
}

impl Envelope {
    /// Reads a body, which has to be an object.
    pub(super) fn read(body: &[u8]) -> Result<Self, JsonError> {
        const FIELDS: [&str; 10] = [
            "id",
            "topic",
            "app_id",
            "created_at",
            "first_sent_at",
            "delivery_attempts",
            "delivery_status",
            "self",
            "links",
            "data",
        ];
        let [
            id,
            topic,
            app_id,
            created_at,
            first_sent_at,
            delivery_attempts,
            delivery_status,
            self_url,
            links,
            data,
        ] = json::pick_texts(body, FIELDS).ok_or_else(|| no_object(body))?;
        Ok(Self {
            id: read(id),
            topic: read(topic),
            app_id: read(app_id),
            created_at: read(created_at),
            first_sent_at: read(first_sent_at),
            delivery_attempts: read(delivery_attempts),
            delivery_status: read(delivery_status),
            self_url: read(self_url),
            links: read(links),
            data: data.map_or_else(|| Ok(Data::default()), |data| Data::read(&data))?,
        })
    }
}

/// The object around the item.
#[derive(Default)]
pub(super) struct Data {
    pub(super) data_type: Option<String>,
    pub(super) item: Option<Box<RawValue>>,
}

impl Data {
    fn read(data: &RawValue) -> Result<Self, JsonError> {
        let Some([data_type, item]) = json::pick_texts(data.get().as_bytes(), ["type", "item"])
        else {
            let is_nothing = json::lenient(data.get())
                .as_ref()
                .is_none_or(json::is_nothing);
            let odd = || JsonError::unexpected("data");
            return is_nothing.then(Self::default).ok_or_else(odd);
        };
        Ok(Self {
            data_type: read(data_type),
            item: item.filter(|item| item.get() != "null"),
        })
    }
}

/// The fields of the item that identify it.
#[derive(Default)]
pub(super) struct Label {
    pub(super) item_type: Option<String>,
    id: Option<String>,
    conversation_id: Option<String>,
}

impl Label {
    /// Reads it from an item. An item without a type or an id is one all the same.
    pub(super) fn read(item: &RawValue) -> Option<Self> {
        let fields = ["type", "id", "conversation_id"];
        let [item_type, id, conversation_id] = json::pick_texts(item.get().as_bytes(), fields)?;
        Some(Self {
            item_type: read(item_type),
            id: read(id),
            conversation_id: read(conversation_id),
        })
    }

    /// The id, which deleted conversations have under another name.
    pub(super) fn into_id(self) -> Option<String> {
        let is_conversation = self.item_type.as_deref() == Some("conversation");
        self.id.or(self.conversation_id.filter(|_| is_conversation))
    }
}

/// Why a body is no JSON object.
fn no_object(body: &[u8]) -> JsonError {
    let read = json::from_json::<HashMap<String, IgnoredAny>>(body);
    read.map_or_else(|error| error, |_| JsonError::missing("topic"))
}

/// Reads a field in any form.
fn read<T: Lenient>(field: Option<Box<RawValue>>) -> Option<T> {
    json::lenient(field?.get())
}
