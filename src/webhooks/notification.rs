//! Notifications, and their items.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::envelope::{Data, Envelope, Label};
use super::error::{InvalidJson, WebhookError};
use super::topic::Topic;
use crate::json::{self, Decoded, JsonError};

/// Something that happened in a workspace.
///
/// Every field but the topic may be missing. `Debug` shows the fields that identify the notification, but not the item, which
/// holds personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the notification, which stays the same when it is delivered again. A ping has none.
    pub id: Option<String>,
    /// What happened.
    pub topic: Topic,
    /// The id of the workspace in which it happened, as the API's `App::id_code`.
    pub app_id: Option<String>,
    /// When the notification was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was first sent.
    pub first_sent_at: Option<DateTime<Utc>>,
    /// How often it was sent, including this time.
    pub delivery_attempts: Option<u32>,
    /// The state of the delivery: `pending` at first, `retry` later.
    pub delivery_status: Option<String>,
    /// The URL of the subscription that it was sent for.
    pub self_url: Option<String>,
    /// URLs of related resources.
    pub links: Map<String, Value>,
    /// The `type` of the object around the item, `notification_event_data`.
    pub data_type: Option<String>,
    item: Option<Box<RawValue>>,
    item_type: Option<String>,
    item_id: Option<String>,
}

impl Notification {
    /// Reads a notification without checking its signature, for bodies that were verified before.
    ///
    /// For example, a receiver verifies a body and puts it into a queue, and a worker reads it from there.
    ///
    /// # Errors
    ///
    /// [`InvalidNotification`](WebhookError::InvalidNotification) if the body is not a JSON object
    /// with a topic, or if its `data` is something else than an object. Any other field that cannot be read is missing.
    pub fn from_unverified(raw_body: &[u8]) -> Result<Self, WebhookError> {
        let invalid = |error| WebhookError::InvalidNotification(InvalidJson::new::<Self>(error));
        let Envelope {
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
        } = Envelope::read(raw_body).map_err(invalid)?;
        let topic = topic.ok_or_else(|| invalid(JsonError::missing("topic")))?;
        let Data { data_type, item } = data;
        let label = item.as_deref().and_then(Label::read).unwrap_or_default();
        Ok(Self {
            id,
            topic: topic.into(),
            app_id,
            created_at,
            first_sent_at,
            delivery_attempts: delivery_attempts.and_then(|attempts| attempts.try_into().ok()),
            delivery_status,
            self_url,
            links: links.unwrap_or_default(),
            data_type,
            item,
            item_type: label.item_type.clone(),
            item_id: label.into_id(),
        })
    }

    /// Reads what the notification is about, as the type that fits the topic and the version of the app.
    ///
    /// For items that hold two things side by side, write a struct of your own:
    ///
    /// ```
    /// # #[cfg(all(feature = "v2_14", feature = "contacts"))] {
    /// use intercom_client::v2_14::types::Contact;
    /// use intercom_client::webhooks::{Notification, WebhookError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct ContactTag {
    ///     contact: Contact,
    ///     tag: serde_json::Value,
    /// }
    ///
    /// fn tagged(notification: &Notification) -> Result<String, WebhookError> {
    ///     let ContactTag { contact, tag } = notification.item()?;
    ///     Ok(format!("{} was tagged {}", contact.id, tag["name"]))
    /// }
    /// # }
    /// ```
    ///
    /// `serde_json::Value` takes any item. A missing item is read as `null`.
    ///
    /// # Errors
    ///
    /// [`InvalidItem`](WebhookError::InvalidItem) if the item is not a `T`, or lacks its `id`. The error names the path of the
    /// field. A field of this crate's types that cannot be read is left out, see [`unread`](Self::unread).
    pub fn item<T: DeserializeOwned>(&self) -> Result<T, WebhookError> {
        let invalid = |error| WebhookError::InvalidItem(InvalidJson::new::<T>(error));
        let decoded: Decoded<T> = self.decoded().map_err(invalid)?;
        match decoded.own_missing {
            Some(own) => Err(invalid(JsonError::missing(own))),
            None => Ok(decoded.value),
        }
    }

    /// Returns the paths of what a `T` leaves out of the item because it cannot be read without guessing.
    ///
    /// # Errors
    ///
    /// [`InvalidItem`](WebhookError::InvalidItem) if the item is not a `T` at all.
    pub fn unread<T: DeserializeOwned>(&self) -> Result<Vec<String>, WebhookError> {
        let decoded = self.decoded::<T>();
        let decoded =
            decoded.map_err(|error| WebhookError::InvalidItem(InvalidJson::new::<T>(error)))?;
        let unread = decoded.unread.into_iter();
        Ok(unread.map(|unread| unread.path).collect())
    }

    fn decoded<T: DeserializeOwned>(&self) -> Result<Decoded<T>, JsonError> {
        json::decode_any(self.item_json().as_bytes())
    }

    /// Returns the JSON of the item as it was received, or `null` if there is none.
    pub fn item_json(&self) -> &str {
        self.item.as_deref().map_or("null", RawValue::get)
    }

    /// Returns the `type` of the item, for example `contact`, or `None` if it holds two objects side by side.
    ///
    /// It says which type to read the item as: `contact` is `types::Contact`, and so on.
    pub fn item_type(&self) -> Option<&str> {
        self.item_type.as_deref()
    }

    /// Returns the id of the item, for example of the contact, or `None` if the item has none.
    ///
    /// It is also there when a contact or a conversation was deleted and the item has almost nothing else.
    pub fn item_id(&self) -> Option<&str> {
        self.item_id.as_deref()
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("topic", &self.topic)
            .field("id", &self.id)
            .field("app_id", &self.app_id)
            .field("created_at", &self.created_at)
            .field("first_sent_at", &self.first_sent_at)
            .field("delivery_attempts", &self.delivery_attempts)
            .finish_non_exhaustive()
    }
}
