//! What a response holds, as far as a name has to know.

use serde_json::Value;

use intercom_client_codegen::spec::document::{OperationRef, media, resolve};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    /// Nothing is known of it.
    Unknown,
    /// A thing.
    One,
    /// A list in one piece.
    List,
    /// A list in pages.
    Pages,
    /// What is no JSON.
    File,
}

/// Names of properties and parameters that lead from one page to the next.
const PAGING: [&str; 8] = [
    "cursor",
    "has_more",
    "next_cursor",
    "page",
    "pages",
    "scroll_param",
    "starting_after",
    "total_pages",
];

impl Response {
    pub fn of(document: &Value, operation: &OperationRef<'_>) -> Self {
        let success = operation.successes().next();
        let Some(response) = success.map(|(_, response)| resolve(document, response)) else {
            return Self::Unknown;
        };
        let content = response["content"].as_object();
        let kinds = || content.into_iter().flatten().map(|(kind, _)| kind.as_str());
        if kinds().next().is_some() && !kinds().any(|kind| kind.contains("json")) {
            return Self::File;
        }
        let schema = media(response).next().map(|media| &media["schema"]);
        let Some(schema) = schema.map(|schema| resolve(document, schema)) else {
            return Self::Unknown;
        };
        if schema["type"] == "array" {
            return Self::List;
        }
        let Some(properties) = schema["properties"].as_object() else {
            return Self::One;
        };
        let is_list = |property: &Value| resolve(document, property)["type"] == "array";
        if properties.contains_key("id") || !properties.values().any(is_list) {
            Self::One
        } else if PAGING.iter().any(|name| properties.contains_key(*name)) {
            Self::Pages
        } else {
            Self::List
        }
    }

    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Pages)
    }
}
