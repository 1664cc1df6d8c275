//! A small Intercom on 127.0.0.1, so that the examples run without an account.
//!
//! It speaks version 2.14, as far as the examples need it, and knows one workspace: a few
//! contacts, an admin, a tag and a conversation. Requests without its token or its version are
//! refused as the real API refuses them, so an example only succeeds if the client sends both.

#![allow(dead_code, reason = "each example uses its own share")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use intercom_client::{Error, Intercom};
use serde_json::{Value, json};

/// The token that the server accepts.
pub const TOKEN: &str = "a-token-for-the-examples-only";
/// The one admin of the workspace.
pub const ADMIN_ID: &str = "5017690";
/// The one conversation.
pub const CONVERSATION_ID: &str = "204100731";
/// The one tag.
pub const TAG_ID: &str = "9310452";

const VERSION: &str = "2.14";
const MAX_PER_PAGE: usize = 150;
/// What cursors begin with; the number of contacts before the page follows.
const CURSOR: &str = "cursor-";

/// What an endpoint answers with: a status and a JSON body.
type Answer = (u16, Value);

/// The server; it stops when it is dropped.
pub struct Server {
    http: MockServer,
    workspace: Arc<Mutex<Workspace>>,
}

impl Server {
    pub async fn start() -> Self {
        let server = Self {
            http: MockServer::start_async().await,
            workspace: Arc::new(Mutex::new(Workspace::new())),
        };
        server.refuse_strangers().await;
        server.route("GET", "^/me$", me).await;
        server.route("GET", "^/contacts$", list_contacts).await;
        server.route("POST", "^/contacts$", create_contact).await;
        server
            .route("POST", "^/contacts/search$", search_contacts)
            .await;
        server.route("GET", "^/contacts/[^/]+$", get_contact).await;
        server
            .route("POST", "^/conversations/[^/]+/tags$", tag_conversation)
            .await;
        server
    }

    /// A client of this server.
    pub fn client(&self) -> Result<Intercom, Error> {
        Intercom::builder(TOKEN).base_url(self.url()).build()
    }

    pub fn url(&self) -> String {
        self.http.base_url()
    }

    /// The requests that were served, in order: `GET /contacts?per_page=3`.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.workspace).requests.clone()
    }

    /// Adds an endpoint, for those who have the token and speak the version.
    async fn route(
        &self,
        method: &str,
        path: &str,
        answer: fn(&mut Workspace, &HttpMockRequest) -> Answer,
    ) {
        let workspace = Arc::clone(&self.workspace);
        self.http
            .mock_async(|when, then| {
                when.method(method)
                    .path_matches(path)
                    .header("authorization", format!("Bearer {TOKEN}"))
                    .header("intercom-version", VERSION);
                then.respond_with(move |request| {
                    let mut workspace = lock(&workspace);
                    workspace.requests.push(line(request));
                    let answer = answer(&mut workspace, request);
                    respond(answer, workspace.requests.len())
                });
            })
            .await;
    }

    async fn refuse_strangers(&self) {
        self.http
            .mock_async(|when, then| {
                when.is_true(|request| refusal(request).is_some());
                then.respond_with(|request| {
                    let unknown = || error(404, "not_found", "No such endpoint");
                    respond(refusal(request).unwrap_or_else(unknown), 0)
                });
            })
            .await;
    }
}

/// Why a request is refused, whatever it asks for.
fn refusal(request: &HttpMockRequest) -> Option<Answer> {
    let headers = request.headers();
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
    if !is("authorization", &format!("Bearer {TOKEN}")) {
        return Some(error(401, "unauthorized", "Access Token Invalid"));
    }
    if !is("intercom-version", VERSION) {
        let message = format!("This server speaks version {VERSION} only");
        return Some(error(400, "intercom_version_invalid", &message));
    }
    None
}

/// Method, path and query.
fn line(request: &HttpMockRequest) -> String {
    let uri = request.uri();
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    format!("{} {path}", request.method_str())
}

fn respond((status, body): Answer, number: usize) -> HttpMockResponse {
    HttpMockResponse::builder()
        .status(status)
        .header("content-type", "application/json; charset=utf-8")
        .header("x-request-id", format!("example-request-{number}"))
        .header("x-ratelimit-limit", "1666")
        .header(
            "x-ratelimit-remaining",
            1666_usize.saturating_sub(number).to_string(),
        )
        .body(body.to_string())
        .build()
}

fn error(status: u16, code: &str, message: &str) -> Answer {
    let error = json!({ "code": code, "message": message });
    (status, json!({ "type": "error.list", "errors": [error] }))
}

/// What the server remembers.
struct Workspace {
    contacts: Vec<Value>,
    requests: Vec<String>,
}

impl Workspace {
    fn new() -> Self {
        let people = [
            ("user", "nadia@example.com", "Nadia Okafor"),
            ("user", "tomas@example.com", "Tomás Lindqvist"),
            ("lead", "priya@example.com", "Priya Raman"),
            ("user", "joana@example.com", "Joana Freitas"),
        ];
        let contacts = people.iter().enumerate();
        let contacts = contacts.map(|(index, (role, email, name))| {
            let given = json!({ "role": role, "email": email, "name": name });
            contact(&contact_id(index), &given)
        });
        Self {
            contacts: contacts.collect(),
            requests: Vec::new(),
        }
    }
}

/// A responder that panicked poisons the lock; the next one need not suffer for it.
fn lock(workspace: &Mutex<Workspace>) -> MutexGuard<'_, Workspace> {
    workspace.lock().unwrap_or_else(PoisonError::into_inner)
}

fn me(_: &mut Workspace, _: &HttpMockRequest) -> Answer {
    let me = json!({
        "type": "admin",
        "id": ADMIN_ID,
        "name": "Ines Marchetti",
        "email": "ines@example.com",
        "job_title": "Support lead",
        "away_mode_enabled": false,
        "away_mode_reassign": false,
        "has_inbox_seat": true,
        "team_ids": [],
        "email_verified": true,
        "app": {
            "type": "app",
            "id_code": "hb7quay2",
            "name": "Harbour Books",
            "region": "EU",
            "timezone": "Europe/Lisbon",
            "created_at": 1_735_725_600,
            "identity_verification": false,
        },
    });
    (200, me)
}

/// Contacts after a cursor, as many as fit a page.
fn list_contacts(workspace: &mut Workspace, request: &HttpMockRequest) -> Answer {
    let query: HashMap<String, String> = request.query_params().into_iter().collect();
    let per_page = match query.get("per_page").map_or(Ok(50), |text| text.parse()) {
        Ok(number) if (1..=MAX_PER_PAGE).contains(&number) => number,
        _ => return error(400, "parameter_invalid", "per_page is not from 1 to 150"),
    };
    let start = match query.get("starting_after") {
        None => Some(0),
        Some(cursor) => cursor
            .strip_prefix(CURSOR)
            .and_then(|number| number.parse().ok()),
    };
    match start {
        Some(start) => (200, page(&workspace.contacts, start, per_page)),
        None => error(
            400,
            "parameter_invalid",
            "starting_after is no cursor of this list",
        ),
    }
}

fn create_contact(workspace: &mut Workspace, request: &HttpMockRequest) -> Answer {
    let given = body(request);
    if !given["email"].is_string() && !given["external_id"].is_string() {
        return error(400, "parameter_not_found", "email or external_id is needed");
    }
    let mut contacts = workspace.contacts.iter();
    if let Some(existing) = contacts.find(|contact| contact["email"] == given["email"]) {
        let id = existing["id"].as_str().unwrap_or_default();
        return error(
            409,
            "conflict",
            &format!("There is such a contact already, with id={id}"),
        );
    }
    let contact = contact(&contact_id(workspace.contacts.len()), &given);
    workspace.contacts.push(contact.clone());
    (200, contact)
}

/// Searches by one filter with the operator `=`; the real API can do more.
fn search_contacts(workspace: &mut Workspace, request: &HttpMockRequest) -> Answer {
    let query = &body(request)["query"];
    let (Some(field), Some("=")) = (query["field"].as_str(), query["operator"].as_str()) else {
        return error(
            400,
            "parameter_invalid",
            "this server compares one field with `=` only",
        );
    };
    let contacts = workspace.contacts.iter();
    let found = contacts.filter(|contact| contact[field] == query["value"]);
    (200, page(&found.cloned().collect::<Vec<_>>(), 0, 50))
}

fn get_contact(workspace: &mut Workspace, request: &HttpMockRequest) -> Answer {
    let uri = request.uri();
    let id = uri.path().trim_start_matches("/contacts/");
    let mut contacts = workspace.contacts.iter();
    match contacts.find(|contact| contact["id"] == id) {
        Some(contact) => (200, contact.clone()),
        None => error(404, "not_found", "Contact Not Found"),
    }
}

fn tag_conversation(_: &mut Workspace, request: &HttpMockRequest) -> Answer {
    let given = body(request);
    if request.uri().path() != format!("/conversations/{CONVERSATION_ID}/tags") {
        return error(404, "not_found", "Conversation Not Found");
    }
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
    (200, tag)
}

/// The JSON of a request; null if it is none.
fn body(request: &HttpMockRequest) -> Value {
    serde_json::from_slice(request.body_ref()).unwrap_or_default()
}

fn contact_id(index: usize) -> String {
    format!("68c7a1f05b2e9d{:010x}", 0x3f10_0000 + index)
}

/// A contact as the API writes it; what was not given is null.
fn contact(id: &str, given: &Value) -> Value {
    let list = |name: &str| {
        let url = format!("/contacts/{id}/{name}");
        json!({ "type": "list", "data": [], "url": url, "total_count": 0, "has_more": false })
    };
    json!({
        "type": "contact",
        "id": id,
        "workspace_id": "hb7quay2",
        "external_id": given["external_id"],
        "role": given["role"],
        "email": given["email"],
        "phone": given["phone"],
        "name": given["name"],
        "owner_id": null,
        "has_hard_bounced": false,
        "marked_email_as_spam": false,
        "unsubscribed_from_emails": false,
        "created_at": 1_757_924_100,
        "updated_at": 1_757_924_100,
        "signed_up_at": null,
        "last_seen_at": null,
        "custom_attributes": {},
        "avatar": null,
        "tags": list("tags"),
        "notes": list("notes"),
        "companies": list("companies"),
        "location": { "type": "location", "country": null, "region": null, "city": null },
        "social_profiles": { "type": "list", "data": [] },
    })
}

/// A page of a list, with a cursor if there is more.
fn page(contacts: &[Value], start: usize, per_page: usize) -> Value {
    let data: Vec<&Value> = contacts.iter().skip(start).take(per_page).collect();
    let end = start + data.len();
    let mut pages = json!({
        "type": "pages",
        "page": start / per_page + 1,
        "per_page": per_page,
        "total_pages": contacts.len().div_ceil(per_page),
    });
    if end < contacts.len() {
        pages["next"] = json!({ "per_page": per_page, "starting_after": format!("{CURSOR}{end}") });
    }
    json!({ "type": "list", "data": data, "total_count": contacts.len(), "pages": pages })
}
