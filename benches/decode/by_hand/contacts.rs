//! A list of contacts.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Time;

#[derive(Deserialize)]
pub struct ContactList {
    #[serde(default)]
    pub data: Vec<Contact>,
    pub pages: Option<CursorPages>,
    pub total_count: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub android_app_name: Option<String>,
    pub android_app_version: Option<String>,
    pub android_device: Option<String>,
    pub android_last_seen_at: Option<Time>,
    pub android_os_version: Option<String>,
    pub android_sdk_version: Option<String>,
    pub avatar: Option<ContactAvatar>,
    pub browser: Option<String>,
    pub browser_language: Option<String>,
    pub browser_version: Option<String>,
    pub companies: Option<ContactCompanies>,
    pub created_at: Option<Time>,
    #[serde(default)]
    pub custom_attributes: Map<String, Value>,
    pub email: Option<String>,
    pub email_domain: Option<String>,
    pub enabled_push_messaging: Option<bool>,
    pub external_id: Option<String>,
    pub formatted_phone: Option<String>,
    pub has_hard_bounced: Option<bool>,
    pub id: String,
    pub ios_app_name: Option<String>,
    pub ios_app_version: Option<String>,
    pub ios_device: Option<String>,
    pub ios_last_seen_at: Option<Time>,
    pub ios_os_version: Option<String>,
    pub ios_sdk_version: Option<String>,
    pub language_override: Option<String>,
    pub last_contacted_at: Option<Time>,
    pub last_email_clicked_at: Option<Time>,
    pub last_email_opened_at: Option<Time>,
    pub last_replied_at: Option<Time>,
    pub last_seen_at: Option<Time>,
    pub location: Option<ContactLocation>,
    pub marked_email_as_spam: Option<bool>,
    pub name: Option<String>,
    pub notes: Option<ContactNotes>,
    pub opted_in_subscription_types: Option<ContactSubscriptionTypes>,
    pub opted_out_subscription_types: Option<ContactSubscriptionTypes>,
    pub os: Option<String>,
    pub owner_id: Option<i64>,
    pub phone: Option<String>,
    pub referrer: Option<String>,
    pub role: Option<String>,
    pub signed_up_at: Option<Time>,
    pub sms_consent: Option<bool>,
    pub social_profiles: Option<ContactSocialProfiles>,
    pub tags: Option<ContactTags>,
    pub r#type: Option<String>,
    pub unsubscribed_from_emails: Option<bool>,
    pub unsubscribed_from_sms: Option<bool>,
    pub updated_at: Option<Time>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    pub workspace_id: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactAvatar {
    pub image_url: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactCompanies {
    #[serde(default)]
    pub data: Vec<CompanyData>,
    pub has_more: Option<bool>,
    pub total_count: Option<i64>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct CompanyData {
    pub id: Option<String>,
    pub r#type: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactLocation {
    pub city: Option<String>,
    pub country: Option<String>,
    pub region: Option<String>,
    pub r#type: Option<String>,
    pub continent_code: Option<String>,
    pub country_code: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactNotes {
    #[serde(default)]
    pub data: Vec<AddressableList>,
    pub has_more: Option<bool>,
    pub total_count: Option<i64>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct AddressableList {
    pub id: Option<String>,
    pub r#type: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactSocialProfiles {
    #[serde(default)]
    pub data: Vec<SocialProfile>,
}

#[derive(Deserialize)]
pub struct SocialProfile {
    pub name: Option<String>,
    pub r#type: Option<String>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactSubscriptionTypes {
    #[serde(default)]
    pub data: Vec<AddressableList>,
    pub has_more: Option<bool>,
    pub total_count: Option<i64>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct ContactTags {
    #[serde(default)]
    pub data: Vec<AddressableList>,
    pub has_more: Option<bool>,
    pub total_count: Option<i64>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct CursorPages {
    pub next: Option<StartingAfterPaging>,
    pub page: Option<i64>,
    pub per_page: Option<i64>,
    pub total_pages: Option<i64>,
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub struct StartingAfterPaging {
    pub per_page: Option<i64>,
    pub starting_after: Option<String>,
}
