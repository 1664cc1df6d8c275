//! The parts of a conversation.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Time;

#[derive(Deserialize)]
pub struct ConversationPart {
    pub app_package_code: Option<String>,
    pub assigned_to: Option<Reference>,
    #[serde(default)]
    pub attachments: Vec<PartAttachment>,
    pub author: Option<ConversationPartAuthor>,
    pub body: Option<String>,
    pub created_at: Option<Time>,
    pub email_message_metadata: Option<EmailMessageMetadata>,
    pub event_details: Option<EventDetails>,
    pub external_id: Option<String>,
    pub id: String,
    pub metadata: Option<ConversationPartMetadata>,
    pub notified_at: Option<Time>,
    pub part_type: Option<String>,
    pub redacted: Option<bool>,
    pub state: Option<ConversationPartState>,
    #[serde(default)]
    pub tags: Vec<TagBasic>,
    #[serde(default)]
    pub translations: Map<String, Value>,
    pub r#type: Option<String>,
    pub updated_at: Option<Time>,
}

#[derive(Deserialize)]
pub struct Reference {
    pub id: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct PartAttachment {
    pub content_type: Option<String>,
    pub filesize: Option<i64>,
    pub height: Option<i64>,
    pub name: Option<String>,
    pub r#type: Option<String>,
    pub url: Option<String>,
    pub width: Option<i64>,
}

#[derive(Deserialize)]
pub struct ConversationPartAuthor {
    pub email: Option<String>,
    pub from_ai_agent: Option<bool>,
    pub id: Option<String>,
    pub is_ai_answer: Option<bool>,
    pub name: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct EmailMessageMetadata {
    #[serde(default)]
    pub email_address_headers: Vec<EmailAddressHeader>,
    pub subject: Option<String>,
}

#[derive(Deserialize)]
pub struct EmailAddressHeader {
    pub email_address: Option<String>,
    pub name: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct EventDetails {
    pub action: Option<EventDetailsAction>,
    pub attribute: Option<EventDetailsAttribute>,
    pub event: Option<OperatorWorkflowEventEvent>,
    pub value: Option<EventDetailsValue>,
    pub workflow: Option<EventDetailsWorkflow>,
}

#[derive(Deserialize)]
pub struct EventDetailsAction {
    pub name: Option<String>,
    pub result: Option<EventDetailsActionResult>,
}

#[derive(Deserialize)]
pub struct EventDetailsAttribute {
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub struct OperatorWorkflowEventEvent {
    pub result: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct EventDetailsValue {
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub struct EventDetailsWorkflow {
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationPartMetadata {
    #[serde(default)]
    pub quick_reply_options: Vec<QuickReplyOption>,
    pub quick_reply_uuid: Option<String>,
}

#[derive(Deserialize)]
pub struct QuickReplyOption {
    pub text: Option<String>,
    #[serde(default)]
    pub translations: Map<String, Value>,
    pub uuid: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationPartState {
    Open,
    Closed,
    Snoozed,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct TagBasic {
    pub id: Option<String>,
    pub name: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventDetailsActionResult {
    Success,
    Failed,
    #[serde(other)]
    Unknown,
}
