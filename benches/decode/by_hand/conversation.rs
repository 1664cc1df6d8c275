//! A conversation.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Time;
use super::parts::{ConversationPart, ConversationPartAuthor, PartAttachment, Reference};

#[derive(Deserialize)]
pub struct Conversation {
    pub admin_assignee_id: Option<i64>,
    pub ai_agent: Option<AiAgent>,
    pub ai_agent_participated: Option<bool>,
    pub contacts: Option<ConversationContacts>,
    pub conversation_parts: Option<ConversationParts>,
    pub conversation_rating: Option<ConversationRating>,
    pub created_at: Option<Time>,
    #[serde(default)]
    pub custom_attributes: Map<String, Value>,
    pub first_contact_reply: Option<ConversationFirstContactReply>,
    pub id: String,
    pub linked_objects: Option<LinkedObjectList>,
    pub open: Option<bool>,
    pub priority: Option<ConversationPriority>,
    pub read: Option<bool>,
    pub sla_applied: Option<SlaApplied>,
    pub snoozed_until: Option<Time>,
    pub source: Option<ConversationSource>,
    pub state: Option<ConversationState>,
    pub statistics: Option<ConversationStatistics>,
    pub tags: Option<Tags>,
    pub team_assignee_id: Option<i64>,
    pub teammates: Option<ConversationTeammates>,
    pub ticket: Option<ConversationTicket>,
    pub title: Option<String>,
    pub r#type: Option<String>,
    pub updated_at: Option<Time>,
    pub waiting_since: Option<Time>,
}

#[derive(Deserialize)]
pub struct AiAgent {
    pub content_sources: Option<ContentSourcesList>,
    pub created_at: Option<Time>,
    pub last_answer_type: Option<AiAgentLastAnswerType>,
    pub rating: Option<i64>,
    pub rating_remark: Option<String>,
    pub resolution_state: Option<AiAgentResolutionState>,
    pub source_title: Option<String>,
    pub source_type: Option<AiAgentSourceType>,
    pub updated_at: Option<Time>,
}

#[derive(Deserialize)]
pub struct ContentSourcesList {
    #[serde(default)]
    pub content_sources: Vec<ContentSource>,
    pub total_count: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ContentSource {
    pub content_type: Option<ContentSourceContentType>,
    pub locale: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AiAgentLastAnswerType {
    AiAnswer,
    CustomAnswer,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AiAgentSourceType {
    EssentialsPlanSetup,
    Profile,
    Workflow,
    WorkflowPreview,
    FinPreview,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct ConversationContacts {
    #[serde(default)]
    pub contacts: Vec<ContactReference>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactReference {
    pub external_id: Option<String>,
    pub id: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationParts {
    #[serde(default)]
    pub conversation_parts: Vec<ConversationPart>,
    pub total_count: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationRating {
    pub contact: Option<ContactReference>,
    pub created_at: Option<Time>,
    pub rating: Option<i64>,
    pub remark: Option<String>,
    pub teammate: Option<Reference>,
    pub updated_at: Option<Time>,
}

#[derive(Deserialize)]
pub struct ConversationFirstContactReply {
    pub created_at: Option<Time>,
    pub r#type: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct LinkedObjectList {
    #[serde(default)]
    pub data: Vec<LinkedObject>,
    pub has_more: Option<bool>,
    pub total_count: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct LinkedObject {
    pub category: Option<LinkedObjectCategory>,
    pub id: Option<String>,
    pub r#type: Option<LinkedObjectType>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkedObjectCategory {
    #[serde(rename = "Customer")]
    Customer,
    #[serde(rename = "Back-office")]
    BackOffice,
    #[serde(rename = "Tracker")]
    Tracker,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkedObjectType {
    Ticket,
    Conversation,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationPriority {
    Priority,
    NotPriority,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct SlaApplied {
    pub sla_name: Option<String>,
    pub sla_status: Option<SlaAppliedSlaStatus>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlaAppliedSlaStatus {
    Hit,
    Missed,
    Cancelled,
    Active,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct ConversationSource {
    #[serde(default)]
    pub attachments: Vec<PartAttachment>,
    pub author: Option<ConversationPartAuthor>,
    pub body: Option<String>,
    pub delivered_as: Option<String>,
    pub id: Option<String>,
    pub redacted: Option<bool>,
    pub subject: Option<String>,
    pub r#type: Option<ConversationSourceType>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationSourceType {
    Conversation,
    Email,
    Facebook,
    Instagram,
    PhoneCall,
    PhoneSwitch,
    Push,
    Sms,
    Twitter,
    Whatsapp,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    Open,
    Closed,
    Snoozed,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct ConversationStatistics {
    pub adjusted_handling_time: Option<i64>,
    #[serde(default)]
    pub assigned_team_first_response_time: Vec<ConversationResponseTime>,
    #[serde(default)]
    pub assigned_team_first_response_time_in_office_hours: Vec<ConversationResponseTime>,
    pub count_assignments: Option<i64>,
    pub count_conversation_parts: Option<i64>,
    pub count_reopens: Option<i64>,
    pub first_admin_reply_at: Option<Time>,
    pub first_assignment_at: Option<Time>,
    pub first_close_at: Option<Time>,
    pub first_contact_reply_at: Option<Time>,
    pub handling_time: Option<i64>,
    pub last_admin_reply_at: Option<Time>,
    pub last_assignment_admin_reply_at: Option<Time>,
    pub last_assignment_at: Option<Time>,
    pub last_close_at: Option<Time>,
    pub last_closed_by_id: Option<String>,
    pub last_contact_reply_at: Option<Time>,
    pub median_time_to_reply: Option<i64>,
    pub time_to_admin_reply: Option<i64>,
    pub time_to_assignment: Option<i64>,
    pub time_to_first_close: Option<i64>,
    pub time_to_last_close: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationResponseTime {
    pub response_time: Option<i64>,
    pub team_id: Option<i64>,
    pub team_name: Option<String>,
}

#[derive(Deserialize)]
pub struct Tags {
    #[serde(default)]
    pub tags: Vec<Tag>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct Tag {
    pub applied_at: Option<Time>,
    pub applied_by: Option<Reference>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationTicket {
    #[serde(default)]
    pub custom_attributes: Map<String, Value>,
    pub id: Option<String>,
    pub state: Option<String>,
    pub ticket_custom_state_admin_label: Option<String>,
    pub ticket_type: Option<String>,
}

#[derive(Deserialize)]
pub struct ConversationTeammates {
    #[serde(default)]
    pub admins: Vec<Reference>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentSourceContentType {
    File,
    Article,
    ExternalContent,
    ContentSnippet,
    WorkflowConnectorAction,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AiAgentResolutionState {
    AssumedResolution,
    ConfirmedResolution,
    RoutedToTeam,
    Abandoned,
    #[serde(other)]
    Unknown,
}
