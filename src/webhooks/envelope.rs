//! How notifications are read: as leniently as the types of the API.

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::topic::Topic;
use crate::json::{self, Fields, Lenient};

/// A notification as it is sent.
#[derive(Default)]
pub(super) struct Envelope {
    pub(super) id: Option<String>,
    pub(super) topic: Option<Topic>,
    pub(super) app_id: Option<String>,
    pub(super) created_at: Option<DateTime<Utc>>,
    pub(super) first_sent_at: Option<DateTime<Utc>>,
    pub(super) delivery_attempts: Option<i64>,
    pub(super) delivery_status: Option<String>,
    pub(super) self_url: Option<String>,
    pub(super) links: Option<Map<String, Value>>,
    pub(super) data: Option<Data>,
}

/// What is around the item.
#[derive(Default)]
pub(super) struct Data {
    pub(super) data_type: Option<String>,
    pub(super) item: Option<RawItem>,
}

/// The item as it was written.
pub(super) struct RawItem(pub(super) Box<RawValue>);

/// What the item says of itself.
#[derive(Default)]
pub(super) struct Label {
    pub(super) item_type: Option<String>,
    id: Option<String>,
    conversation_id: Option<String>,
}

impl Label {
    /// The id, which deleted conversations have under another name.
    pub(super) fn into_id(self) -> Option<String> {
        let is_conversation = self.item_type.as_deref() == Some("conversation");
        self.id.or(self.conversation_id.filter(|_| is_conversation))
    }
}

impl Fields for Envelope {
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "id" => json::field(&mut self.id, map),
            "topic" => json::field(&mut self.topic, map),
            "app_id" => json::field(&mut self.app_id, map),
            "created_at" => json::field(&mut self.created_at, map),
            "first_sent_at" => json::field(&mut self.first_sent_at, map),
            "delivery_attempts" => json::field(&mut self.delivery_attempts, map),
            "delivery_status" => json::field(&mut self.delivery_status, map),
            "self" => json::field(&mut self.self_url, map),
            "links" => json::field(&mut self.links, map),
            "data" => json::field(&mut self.data, map),
            _ => json::skip(map),
        }
    }

    /// What has no topic is something else.
    fn missing(&self) -> Option<&'static str> {
        self.topic.is_none().then_some("topic")
    }
}

impl Fields for Data {
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "type" => json::field(&mut self.data_type, map),
            "item" => json::field(&mut self.item, map),
            _ => json::skip(map),
        }
    }
}

impl Fields for Label {
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "type" => json::field(&mut self.item_type, map),
            "id" => json::field(&mut self.id, map),
            "conversation_id" => json::field(&mut self.conversation_id, map),
            _ => json::skip(map),
        }
    }
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::read(deserializer)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::read(deserializer)
    }
}

impl Lenient for Data {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::read(deserializer)
    }
}

impl Lenient for RawItem {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}
