//! A first tour: who am I, contacts, a search, pages, a tag, and what an error looks like.
//!
//! ```text
//! cargo run --example quickstart
//! ```
//! needs no account: a small server on 127.0.0.1 responds. With an access token in
//! `INTERCOM_ACCESS_TOKEN`, and `us`, `eu` or `au` in `INTERCOM_REGION`, it talks to that
//! workspace instead, and only reads.

mod support;

use std::env;
use std::error::Error;

use intercom_client::search::field;
use intercom_client::v2_14::{Api, types};
use intercom_client::{Intercom, Response};

const FIRST_PAGE: &str = "GET /contacts?per_page=3";
/// With the cursor that the first page of our server ends with.
const SECOND_PAGE: &str = "GET /contacts?per_page=3&starting_after=cursor-3";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match env::var_os("INTERCOM_ACCESS_TOKEN") {
        Some(token) if !token.is_empty() => read_the_workspace().await,
        _ => tour_without_an_account().await,
    }
}

/// Real requests, none of which changes anything.
async fn read_the_workspace() -> Result<(), Box<dyn Error>> {
    let intercom = Intercom::from_env()?;
    println!("INTERCOM_ACCESS_TOKEN is set: this reads your workspace and changes nothing.");
    println!(
        "All requests go to {} with your token.",
        intercom.base_url()
    );

    let api = intercom.v2_14();
    let mut tour = Tour::default();
    who_am_i(&mut tour, &api).await?;
    list_contacts(&mut tour, &api, 3, &[FIRST_PAGE]).await?;
    look_up_nobody(&mut tour, &api).await?;
    println!("\nDone.");
    Ok(())
}

/// The same calls and more, with a server of our own.
async fn tour_without_an_account() -> Result<(), Box<dyn Error>> {
    let server = support::Server::start().await;
    let intercom = server.client()?;
    println!("INTERCOM_ACCESS_TOKEN is not set: this starts a server that responds like Intercom.");
    println!("All requests go to {} over HTTP.", intercom.base_url());

    let api = intercom.v2_14();
    let mut tour = Tour::default();
    who_am_i(&mut tour, &api).await?;
    create_a_contact(&mut tour, &api).await?;
    search_for_it(&mut tour, &api).await?;
    list_contacts(&mut tour, &api, usize::MAX, &[FIRST_PAGE, SECOND_PAGE]).await?;
    tag_a_conversation(&mut tour, &api).await?;
    look_up_nobody(&mut tour, &api).await?;

    // The server serves those only who send its token and its version, and it kept a list.
    if server.requests() != tour.requests {
        let received = server.requests().join(", ");
        return Err(format!("the server received other requests than these: {received}").into());
    }
    let number = tour.requests.len();
    println!("\nDone. The server received these {number} requests, with the token and with");
    println!("`Intercom-Version: 2.14`.");
    Ok(())
}

async fn who_am_i(tour: &mut Tour, api: &Api) -> Result<(), Box<dyn Error>> {
    tour.step("Who am I?", "api.admins().me().send()", &["GET /me"]);
    let me = api.admins().me().send().await?;

    let workspace = me.app.as_ref().and_then(|app| app.name.as_deref());
    result(
        "AdminWithApp",
        &[
            ("name", or_none(&me.name)),
            ("email", or_none(&me.email)),
            ("app.name", workspace.unwrap_or(NONE)),
        ],
    );
    show_the_rest(&me);
    Ok(())
}

async fn create_a_contact(tour: &mut Tour, api: &Api) -> Result<(), Box<dyn Error>> {
    tour.step(
        "Create a contact",
        r#"api.contacts().create().email("ada@example.com").role("user").send()"#,
        &["POST /contacts"],
    );
    let contact = api
        .contacts()
        .create()
        .email("ada@example.com")
        .role("user")
        .send()
        .await?;

    result(
        "Contact",
        &[
            ("id", &contact.id),
            ("email", or_none(&contact.email)),
            ("role", or_none(&contact.role)),
        ],
    );
    Ok(())
}

async fn search_for_it(tour: &mut Tour, api: &Api) -> Result<(), Box<dyn Error>> {
    tour.step(
        "Search for it by its email",
        "api.contacts().search().query(field(\"email\").eq(email)).send()",
        &["POST /contacts/search"],
    );
    let query = field("email").eq("ada@example.com");
    let found = api.contacts().search().query(query).send().await?;

    if found.data.is_empty() {
        return Err("the new contact was not found".into());
    }
    println!("   result   ContactList, {} in `data`", found.data.len());
    found.data.iter().for_each(show_contact);
    Ok(())
}

/// A stream asks for a page when it has no item left, so stopping early saves requests.
async fn list_contacts(
    tour: &mut Tour,
    api: &Api,
    at_most: usize,
    requests: &[&str],
) -> Result<(), Box<dyn Error>> {
    tour.step(
        "List contacts, three to a page",
        "let mut contacts = api.contacts().list().per_page(3).stream(); contacts.try_next() …",
        requests,
    );
    let mut contacts = api.contacts().list().per_page(3).stream();
    println!("   result   Contact, one by one");
    for _ in 0..at_most {
        let Some(contact) = contacts.try_next().await? else {
            break;
        };
        show_contact(&contact);
    }
    Ok(())
}

async fn tag_a_conversation(tour: &mut Tour, api: &Api) -> Result<(), Box<dyn Error>> {
    tour.step(
        "Tag a conversation",
        "api.conversations().attach_tag(…).id(…).admin_id(…).send()",
        &[&format!(
            "POST /conversations/{}/tags",
            support::CONVERSATION_ID
        )],
    );
    let tag = api
        .conversations()
        .attach_tag(support::CONVERSATION_ID)
        .id(support::TAG_ID)
        .admin_id(support::ADMIN_ID)
        .send()
        .await?;

    result("Tag", &[("id", &tag.id), ("name", or_none(&tag.name))]);
    Ok(())
}

async fn look_up_nobody(tour: &mut Tour, api: &Api) -> Result<(), Box<dyn Error>> {
    tour.step(
        "Look up a contact that does not exist",
        r#"api.contacts().get("nobody").send()"#,
        &["GET /contacts/nobody"],
    );
    let error = match api.contacts().get("nobody").send().await {
        Ok(_) => return Err("a contact with the id `nobody` exists".into()),
        Err(error) if error.is_not_found() && error.code().is_some() => error,
        Err(error) => return Err(error.into()),
    };

    result(
        "Error",
        &[
            ("to_string()", &error.to_string()),
            ("is_not_found()", "true"),
            ("code()", error.code().unwrap_or(NONE)),
            ("request_id()", error.request_id().unwrap_or(NONE)),
        ],
    );
    Ok(())
}

/// Prints what is about to happen, and remembers the requests.
#[derive(Default)]
struct Tour {
    steps: usize,
    requests: Vec<String>,
}

impl Tour {
    fn step(&mut self, title: &str, call: &str, requests: &[&str]) {
        self.steps += 1;
        println!("\n{}. {title}", self.steps);
        println!("   call     {call}");
        for (label, request) in ["request", "then"].iter().zip(requests) {
            println!("   {label:<8} {request}");
            self.requests.push((*request).to_owned());
        }
    }
}

const NONE: &str = "(none)";

/// Any field of the API may be missing.
fn or_none<'a>(value: impl Into<Option<&'a String>>) -> &'a str {
    value.into().map_or(NONE, String::as_str)
}

fn result(kind: &str, fields: &[(&str, &str)]) {
    println!("   result   {kind}");
    for (name, value) in fields {
        println!("            {name:<15} {value}");
    }
}

fn show_contact(contact: &types::Contact) {
    let role = or_none(&contact.role);
    println!("            {role:<5} {}", or_none(&contact.email));
}

/// What every response has besides its value.
fn show_the_rest<T>(response: &Response<T>) {
    println!("   besides  status {}", response.status());
    println!(
        "            request id {}",
        response.request_id().unwrap_or(NONE)
    );
    let limit = response.rate_limit();
    let limit = limit.and_then(|limit| Some((limit.remaining?, limit.limit?)));
    if let Some((remaining, limit)) = limit {
        println!(
            "            {remaining} of {limit} requests left in this window of the rate limit"
        );
    }
}
