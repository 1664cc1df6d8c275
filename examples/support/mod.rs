//! A small Intercom on 127.0.0.1, so that the examples run without an account.
//!
//! It speaks version 2.14, as far as the examples need it, and knows one workspace: a few
//! contacts and conversations, an admin and a tag. Requests without its token or its version are
//! rejected as the real API rejects them, so an example only succeeds if the client sends both.

#![allow(dead_code, reason = "each example uses its own share")]

mod contacts;
mod conversations;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use intercom_client::{Error, Intercom};
use serde_json::{Value, json};

/// The token that the server accepts.
pub const TOKEN: &str = "a-token-for-the-examples-only";
/// The one admin of the workspace.
pub const ADMIN_ID: &str = "5017690";
/// The oldest conversation.
pub const CONVERSATION_ID: &str = "204100731";
/// The one tag.
pub const TAG_ID: &str = "9310452";

const VERSION: &str = "2.14";
const MAX_PER_PAGE: usize = 150;
/// What cursors begin with; the number of contacts before the page follows.
const CURSOR: &str = "cursor-";

/// The response of an endpoint: a status and a JSON body.
type JsonResponse = (u16, Value);

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
        server.reject_strangers().await;
        server.route("GET", "^/me$", me).await;
        contacts::routes(&server).await;
        conversations::routes(&server).await;
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

    /// Adds contacts, for lists of several pages.
    pub fn add_contacts(&self, number: usize) {
        contacts::add(&mut lock(&self.workspace), number);
    }

    /// Adds an endpoint, for requests with the token and the version.
    async fn route(
        &self,
        method: &str,
        path: &str,
        handler: fn(&mut Workspace, &HttpMockRequest) -> JsonResponse,
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
                    let response = handler(&mut workspace, request);
                    respond(response, workspace.requests.len())
                });
            })
            .await;
    }

    async fn reject_strangers(&self) {
        self.http
            .mock_async(|when, then| {
                when.is_true(|request| rejection(request).is_some());
                then.respond_with(|request| {
                    let unknown = || error(404, "not_found", "No such endpoint");
                    respond(rejection(request).unwrap_or_else(unknown), 0)
                });
            })
            .await;
    }
}

/// The error for a request without the token or the version, whatever it asks for.
fn rejection(request: &HttpMockRequest) -> Option<JsonResponse> {
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

fn respond((status, body): JsonResponse, number: usize) -> HttpMockResponse {
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

fn error(status: u16, code: &str, message: &str) -> JsonResponse {
    let error = json!({ "code": code, "message": message });
    (status, json!({ "type": "error.list", "errors": [error] }))
}

/// What the server remembers.
struct Workspace {
    contacts: Vec<Value>,
    conversations: Vec<Value>,
    /// The conversations to which a reply has failed.
    failed: Vec<String>,
    requests: Vec<String>,
}

impl Workspace {
    fn new() -> Self {
        Self {
            contacts: contacts::all(),
            conversations: conversations::all(),
            failed: Vec::new(),
            requests: Vec::new(),
        }
    }
}

/// A responder that panicked poisons the lock; the next one need not suffer for it.
fn lock(workspace: &Mutex<Workspace>) -> MutexGuard<'_, Workspace> {
    workspace.lock().unwrap_or_else(PoisonError::into_inner)
}

fn me(_: &mut Workspace, _: &HttpMockRequest) -> JsonResponse {
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

/// The JSON of a request; null if it is none.
fn body(request: &HttpMockRequest) -> Value {
    serde_json::from_slice(request.body_ref()).unwrap_or_default()
}

/// The id in `/contacts/{id}` and below it.
fn id_in_path(request: &HttpMockRequest) -> String {
    request
        .uri()
        .path()
        .split('/')
        .nth(2)
        .unwrap_or_default()
        .to_owned()
}

/// Where a page begins and how long it is, from the query of a list or the pagination of a search.
fn place(cursor: Option<&str>, per_page: Option<u64>) -> Result<(usize, usize), JsonResponse> {
    let reject = |message| Err(error(400, "parameter_invalid", message));
    let start = match cursor {
        None => Some(0),
        Some(cursor) => cursor
            .strip_prefix(CURSOR)
            .and_then(|number| number.parse().ok()),
    };
    let Some(start) = start else {
        return reject("starting_after is not a cursor of this list");
    };
    match usize::try_from(per_page.unwrap_or(50)) {
        Ok(per_page @ 1..=MAX_PER_PAGE) => Ok((start, per_page)),
        _ => reject("per_page is not from 1 to 150"),
    }
}

/// A page of a list, with a cursor if there is more.
fn page(items: &[Value], start: usize, per_page: usize) -> Value {
    let data: Vec<&Value> = items.iter().skip(start).take(per_page).collect();
    let end = start + data.len();
    let mut pages = json!({
        "type": "pages",
        "page": start / per_page + 1,
        "per_page": per_page,
        "total_pages": items.len().div_ceil(per_page),
    });
    if end < items.len() {
        pages["next"] = json!({ "per_page": per_page, "starting_after": format!("{CURSOR}{end}") });
    }
    json!({ "type": "list", "data": data, "total_count": items.len(), "pages": pages })
}
