//! The conversations of the workspace.

use httpmock::HttpMockRequest;
use serde_json::{Value, json};

use super::{
    ADMIN_ID, CONVERSATION_ID, JsonResponse, Server, TAG_ID, Workspace, body, error, id_in_path,
    page, place,
};

/// A reply to it is stored, but the response is a 500 the first time.
const STORED_AND_FAILED: &str = "204100733";
/// The response to a reply to it is a 500 the first time, and the reply is not stored.
const FAILED: &str = "204100735";
const FIRST_DAY: i64 = 1_757_924_100;
const DAY: i64 = 86_400;

pub(super) async fn routes(server: &Server) {
    let search = "^/conversations/search$";
    server.route("POST", search, search_conversations).await;
    let one = "^/conversations/[^/]+$";
    server.route("GET", one, get_conversation).await;
    server
        .route("POST", "^/conversations/[^/]+/reply$", reply)
        .await;
    let tags = "^/conversations/[^/]+/tags$";
    server.route("POST", tags, tag_conversation).await;
}

/// Six conversations, one a day; the 2nd, 3rd and 5th wait for a reply, and the last has more
/// parts than the API sends.
pub(super) fn all() -> Vec<Value> {
    let titles = [
        "A torn dust jacket",
        "Where is my order?",
        "The wrong edition",
        "Thank you",
        "A gift card",
        "A long story",
    ];
    let first: i64 = CONVERSATION_ID.parse().unwrap_or_default();
    let conversations = (0..).zip(titles).map(|(index, title)| {
        let at = FIRST_DAY + index * DAY;
        let waits = [1, 2, 4].contains(&index);
        let parts = [part(index * 100, "user", "<p>Hello!</p>", at)];
        json!({
            "type": "conversation",
            "id": (first + index).to_string(),
            "title": title,
            "created_at": at,
            "updated_at": at,
            "waiting_since": waits.then_some(at),
            "open": waits,
            "state": if waits { "open" } else { "closed" },
            "read": true,
            "tags": { "type": "tag.list", "tags": [] },
            "conversation_parts": {
                "type": "conversation_part.list",
                "conversation_parts": parts,
                "total_count": if index == 5 { 512 } else { 1 },
            },
        })
    });
    conversations.collect()
}

fn part(number: i64, author: &str, text: &str, at: i64) -> Value {
    json!({
        "type": "conversation_part",
        "id": (70_500_000 + number).to_string(),
        "part_type": "comment",
        "body": text,
        "created_at": at,
        "author": { "type": author, "id": if author == "admin" { ADMIN_ID } else { "c-1" } },
    })
}

/// Filters of one field, or several joined by AND; the real API can do more.
fn search_conversations(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let given = body(request);
    let filters = match given["query"]["operator"].as_str() {
        Some("AND") => given["query"]["value"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
        _ => vec![given["query"].clone()],
    };
    let known = |filter: &Value| matches!(filter["operator"].as_str(), Some("=" | "<" | ">="));
    if !filters.iter().all(known) {
        return error(
            400,
            "parameter_invalid",
            "this server knows =, <, >= and AND",
        );
    }
    let pagination = &given["pagination"];
    let cursor = pagination["starting_after"].as_str();
    let (start, per_page) = match place(cursor, pagination["per_page"].as_u64()) {
        Ok(place) => place,
        Err(rejection) => return rejection,
    };
    let found = workspace.conversations.iter();
    let found = found.filter(|conversation| filters.iter().all(|f| fits(conversation, f)));
    let found: Vec<Value> = found.map(without_parts).collect();
    let mut page = page(&found, start, per_page);
    page["type"] = json!("conversation.list");
    page["conversations"] = page["data"].take();
    (200, page)
}

fn fits(conversation: &Value, filter: &Value) -> bool {
    let found = &conversation[filter["field"].as_str().unwrap_or_default()];
    let (number, than) = (found.as_i64(), filter["value"].as_i64());
    match filter["operator"].as_str() {
        Some("<") => number.is_some_and(|number| than.is_some_and(|than| number < than)),
        Some(">=") => number.is_some_and(|number| than.is_some_and(|than| number >= than)),
        _ => *found == filter["value"],
    }
}

/// Lists and searches leave the parts out.
fn without_parts(conversation: &Value) -> Value {
    let mut conversation = conversation.clone();
    conversation["conversation_parts"] = Value::Null;
    conversation
}

fn find<'w>(workspace: &'w mut Workspace, request: &HttpMockRequest) -> Option<&'w mut Value> {
    let id = id_in_path(request);
    let mut conversations = workspace.conversations.iter_mut();
    conversations.find(|conversation| conversation["id"] == *id)
}

fn not_found() -> JsonResponse {
    error(404, "not_found", "Conversation Not Found")
}

fn get_conversation(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    find(workspace, request).map_or_else(not_found, |found| (200, found.clone()))
}

/// Stores a comment, fails, or both.
fn reply(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let given = body(request);
    if given["admin_id"] != ADMIN_ID || given["message_type"] != "comment" {
        return error(
            400,
            "parameter_invalid",
            "this server takes comments of its admin",
        );
    }
    let id = id_in_path(request);
    let unlucky = id == STORED_AND_FAILED || id == FAILED;
    let fails = unlucky && !workspace.failed.contains(&id);
    if fails {
        workspace.failed.push(id.clone());
    }
    let failure = || error(500, "server_error", "Something went wrong");
    if fails && id == FAILED {
        return failure();
    }
    let Some(conversation) = find(workspace, request) else {
        return not_found();
    };
    let parts = &mut conversation["conversation_parts"];
    let number = parts["total_count"].as_i64().unwrap_or_default();
    let text = format!("<p>{}</p>", given["body"].as_str().unwrap_or_default());
    let part = part(50_000 + number, "admin", &text, FIRST_DAY + 30 * DAY);
    parts["total_count"] = json!(number + 1);
    if let Some(parts) = parts["conversation_parts"].as_array_mut() {
        parts.push(part);
    }
    conversation["waiting_since"] = Value::Null;
    if fails {
        return failure();
    }
    (200, conversation.clone())
}

fn tag_conversation(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let given = body(request);
    let Some(conversation) = find(workspace, request) else {
        return not_found();
    };
    if given["id"] != TAG_ID || given["admin_id"] != ADMIN_ID {
        return error(404, "not_found", "Tag or admin Not Found");
    }
    let tag = json!({
        "type": "tag",
        "id": TAG_ID,
        "name": "damaged in transit",
        "applied_at": 1_757_925_000,
        "applied_by": { "type": "admin", "id": ADMIN_ID },
    });
    if let Some(tags) = conversation["tags"]["tags"].as_array_mut() {
        tags.push(tag.clone());
    }
    (200, tag)
}
