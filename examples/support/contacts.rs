//! The contacts of the workspace.

use std::collections::HashMap;

use httpmock::HttpMockRequest;
use serde_json::{Value, json};

use super::{JsonResponse, Server, Workspace, body, error, id_in_path, page, place};

pub(super) async fn routes(server: &Server) {
    server.route("GET", "^/contacts$", list_contacts).await;
    server.route("POST", "^/contacts$", create_contact).await;
    let search = "^/contacts/search$";
    server.route("POST", search, search_contacts).await;
    server.route("GET", "^/contacts/[^/]+$", get_contact).await;
    server
        .route("PUT", "^/contacts/[^/]+$", update_contact)
        .await;
}

/// Those that are there from the start.
pub(super) fn all() -> Vec<Value> {
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
    contacts.collect()
}

pub(super) fn add(workspace: &mut Workspace, number: usize) {
    for _ in 0..number {
        let index = workspace.contacts.len();
        let given = json!({ "role": "user", "email": format!("reader-{index}@example.com") });
        workspace.contacts.push(contact(&contact_id(index), &given));
    }
}

/// Contacts after a cursor, as many as fit a page.
fn list_contacts(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let query: HashMap<String, String> = request.query_params().into_iter().collect();
    // What is no number is as wrong as 0.
    let per_page = query.get("per_page");
    let per_page = per_page.map(|text| text.parse().unwrap_or(0));
    match place(query.get("starting_after").map(String::as_str), per_page) {
        Ok((start, per_page)) => (200, page(&workspace.contacts, start, per_page)),
        Err(rejection) => rejection,
    }
}

fn create_contact(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let given = body(request);
    if !given["email"].is_string() && !given["external_id"].is_string() {
        return error(400, "parameter_not_found", "email or external_id is needed");
    }
    if let Some(rejection) = invalid_email(&given) {
        return rejection;
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
fn search_contacts(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
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

fn update_contact(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let given = body(request);
    if let Some(rejection) = invalid_email(&given) {
        return rejection;
    }
    let id = id_in_path(request);
    let mut contacts = workspace.contacts.iter_mut();
    let Some(contact) = contacts.find(|contact| contact["id"] == *id) else {
        return error(404, "not_found", "Contact Not Found");
    };
    for (name, value) in given.as_object().into_iter().flatten() {
        contact[name] = value.clone();
    }
    (200, contact.clone())
}

fn invalid_email(given: &Value) -> Option<JsonResponse> {
    let email = given["email"].as_str()?;
    let invalid = || error(400, "parameter_invalid", "email is invalid");
    (!email.contains('@')).then(invalid)
}

fn get_contact(workspace: &mut Workspace, request: &HttpMockRequest) -> JsonResponse {
    let id = id_in_path(request);
    let mut contacts = workspace.contacts.iter();
    match contacts.find(|contact| contact["id"] == *id) {
        Some(contact) => (200, contact.clone()),
        None => error(404, "not_found", "Contact Not Found"),
    }
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
