//! What searches send, and what keeps them from being sent.

use std::time::Duration;

use intercom_client::chrono::{TimeZone, Utc};
use intercom_client::search::{Query, Sort, field};
use intercom_client::{ErrorKind, Intercom, v2_14::Api, v2_14::types};
use serde_json::{Value, json};

use crate::support::{Reply, Server};

const EMPTY: &str = r#"{ "type": "list", "data": [], "conversations": [], "tickets": [] }"#;

async fn server() -> (Server, Api) {
    let server = Server::start([Reply::json(200, EMPTY)]).await;
    let intercom = Intercom::builder("token").base_url(&server.url);
    let api = intercom.build().unwrap().v2_14();
    (server, api)
}

/// The one request that was sent: its line and its body.
fn sent(server: &Server) -> (String, Value) {
    let seen = server.only();
    (seen.line, serde_json::from_str(&seen.body).unwrap())
}

#[tokio::test]
async fn contacts_are_searched_by_a_query_and_an_order() {
    let (server, api) = server().await;
    let since = Utc.timestamp_opt(1_700_000_000, 0).unwrap();
    let query = field("email").contains("@example.com")
        & (field("role").eq("lead") | field("created_at").gt(since));
    let search = api.contacts().search().query(query);
    let search = search.sort(Sort::descending("created_at"));
    search.send().await.unwrap();
    let body = json!({
        "query": { "operator": "AND", "value": [
            { "field": "email", "operator": "~", "value": "@example.com" },
            { "operator": "OR", "value": [
                { "field": "role", "operator": "=", "value": "lead" },
                { "field": "created_at", "operator": ">", "value": 1_700_000_000 },
            ] },
        ] },
        "sort": { "field": "created_at", "order": "descending" },
    });
    assert_eq!(sent(&server), ("POST /contacts/search".to_owned(), body));
}

#[tokio::test]
async fn conversations_are_searched_page_by_page() {
    let (server, api) = server().await;
    let page = types::StartingAfterPagingInput::new()
        .per_page(50)
        .starting_after("c1");
    let unassigned = field("admin_assignee_id").is_null();
    let search = api.conversations().search();
    let search = search.query(unassigned).pagination(page);
    search.send().await.unwrap();
    let body = json!({
        "query": { "field": "admin_assignee_id", "operator": "=", "value": null },
        "pagination": { "per_page": 50, "starting_after": "c1" },
    });
    assert_eq!(
        sent(&server),
        ("POST /conversations/search".to_owned(), body)
    );
}

#[tokio::test]
async fn tickets_are_searched() {
    let (server, api) = server().await;
    let query = field("ticket_type_id").is_in(["1", "2"]) & field("open").eq(true);
    api.tickets().search().query(query).send().await.unwrap();
    let body = json!({ "query": { "operator": "AND", "value": [
        { "field": "ticket_type_id", "operator": "IN", "value": ["1", "2"] },
        { "field": "open", "operator": "=", "value": true },
    ] } });
    assert_eq!(sent(&server), ("POST /tickets/search".to_owned(), body));
}

#[tokio::test]
async fn a_query_may_be_json_and_its_null_is_sent() {
    let (server, api) = server().await;
    let query = json!({ "operator": "AND", "value": [{ "field": "owner_id", "operator": "=", "value": null }] });
    let sort = json!({ "field": "name", "order": "ascending" });
    let search = api.contacts().search().query(query.clone());
    search.sort(sort.clone()).send().await.unwrap();
    let (_, body) = sent(&server);
    assert_eq!(body, json!({ "query": query, "sort": sort }));
}

#[tokio::test]
async fn a_query_beyond_the_limits_sends_nothing_and_names_the_filter() {
    let (server, api) = server().await;
    let mut filters = vec![field("email").eq("ada@example.com"); 3];
    filters.push(field("created_at").gt(true));
    let wrong = Query::all(filters);
    let many = Query::any(vec![field("email").eq("ada@example.com"); 16]);
    let named = "query.value[3] (created_at): `>` does not compare with true or false";
    let cases = [
        (wrong.clone(), named),
        (many, "query (OR): 16 filters, and the API takes 15"),
    ];
    for (query, expected) in cases {
        let shortcut = api.contacts().search().query(query.clone()).send().await;
        let body = api.conversations().search().query(query.clone());
        let tickets = api.tickets().search().query(query).send().await;
        let errors = [
            shortcut.unwrap_err(),
            body.send().await.unwrap_err(),
            tickets.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert!(error.to_string().contains(expected), "{error}");
            assert!(!format!("{error} {error:?}").contains("ada@"), "{error:?}");
        }
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn json_that_would_be_cut_sends_nothing() {
    let (server, api) = server().await;
    let query = json!({ "operator": "AND", "value": [
        { "field": "email", "operator": "=", "value": "ada@example.com", "boost": 2 },
    ] });
    let error = api.contacts().search().query(query).send().await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let expected = "query.value[0].boost: this version has no such field";
    assert!(error.to_string().contains(expected), "{error}");
    assert!(!format!("{error:?}").contains("ada@"), "{error:?}");
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn debug_of_a_query_shows_no_values() {
    let query = field("email").eq("ada@example.com") | field("phone").starts_with("+353");
    assert_eq!(format!("{query:?}"), "Query(email = … OR phone ^ …)");
}

#[test]
fn a_query_of_many_levels_is_read_in_no_time() {
    let mut query = json!({ "field": "role" });
    for _ in 0..40 {
        query = json!({ "operator": "AND", "value": [query] });
    }
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let intercom = Intercom::builder("token").build().unwrap();
        // Whether it is taken or refused is the version's affair.
        let _search = intercom.v2_14().contacts().search().query(query);
        done.send(()).unwrap();
    });
    // Were each level read twice, it would take a million times as long.
    is_done.recv_timeout(Duration::from_secs(60)).unwrap();
}

#[tokio::test]
async fn an_operator_that_a_field_of_a_resource_does_not_take_sends_nothing() {
    let (server, api) = server().await;
    for (query, expected) in [
        (
            field("signed_up_at").ge(1_777_593_600),
            "`>=` is not taken here",
        ),
        (
            field("created_at").le(1_777_593_600),
            "`<=` is not taken here",
        ),
        (
            field("last_seen_at").ne(1_777_593_600),
            "`!=` is not taken here",
        ),
        (
            field("updated_at").is_in([1_777_593_600]),
            "`IN` is not taken here",
        ),
        (
            field("tag_id").is_in(["81", "82"]),
            "(tag_id): `IN` is not taken here: of contacts it is compared by `=`, `!=` only",
        ),
        (
            field("role").eq("user") & field("tag_id").contains("8"),
            "value[1] (tag_id)",
        ),
    ] {
        let error = api
            .contacts()
            .search()
            .query(query)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn what_other_resources_take_and_what_is_unchecked_is_sent() {
    let (server, api) = server().await;
    let since = || field("created_at").ge(1_777_593_600);
    api.tickets().search().query(since()).send().await.unwrap();
    let expected = json!({ "field": "created_at", "operator": ">=", "value": 1_777_593_600 });
    assert_eq!(sent(&server).1["query"], expected);
    let (server, api) = self::server().await;
    api.contacts()
        .search()
        .query(since().unchecked())
        .send()
        .await
        .unwrap();
    assert_eq!(sent(&server).1["query"], expected);
    let (server, api) = self::server().await;
    api.contacts()
        .search()
        .query(&expected)
        .send()
        .await
        .unwrap();
    assert_eq!(sent(&server).1["query"], expected);
}

#[tokio::test]
async fn what_a_field_of_conversations_does_not_take_sends_nothing() {
    let (server, api) = server().await;
    for (query, expected) in [
        (
            field("state").gt("open"),
            "(state): `>` is not taken here: of conversations it is compared by `=`, `!=`, `IN`, `NIN`, `~`, `!~`, `^`, `$` only",
        ),
        (
            field("statistics.count_reopens").contains("2"),
            "(statistics.count_reopens): `~` is not taken here: of conversations it is compared by `=`, `!=`, `IN`, `NIN`, `<`, \
             `<=`, `>`, `>=` only",
        ),
        (
            field("read").lt(1) | field("open").eq(true),
            "value[0] (read): `<` is not taken here: of conversations it is compared by `=`, `!=`, `IN`, `NIN` only",
        ),
    ] {
        let search = api.conversations().search().query(query);
        let error = search.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn what_a_field_of_tickets_does_not_take_sends_nothing() {
    let (server, api) = server().await;
    for (query, expected) in [
        (field("title").le("m"), "(title): `<=` is not taken here"),
        (field("open").contains("t"), "(open): `~` is not taken here"),
        (
            field("updated_at").starts_with("17"),
            "(updated_at): `^` is not taken here",
        ),
        // Of conversations it is a number.
        (
            field("admin_assignee_id").gt(7),
            "(admin_assignee_id): `>` is not taken here",
        ),
    ] {
        let search = api.tickets().search().query(query);
        let error = search.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn what_intercom_documents_is_taken() {
    let f = field;
    let (time, nobody) = (1_777_593_600, ["a", "b"]);
    for (resource, query) in [
        ("contacts", f("email").is_in(nobody)),
        ("contacts", f("location.city").not_contains("a")),
        ("contacts", f("has_hard_bounced").ne(true)),
        ("contacts", f("created_at").eq(time)),
        ("contacts", f("owner_id").ge(7)),
        ("contacts", f("owner_id").is_null()),
        ("contacts", f("tag_id").ne("81")),
        ("conversations", f("created_at").not_in([time])),
        ("conversations", f("waiting_since").gt(time)),
        ("conversations", f("admin_assignee_id").lt(7)),
        ("conversations", f("source.body").ends_with("a")),
        ("conversations", f("tag_ids").is_in(nobody)),
        ("conversations", f("ai_agent_participated").eq(true)),
        ("tickets", f("created_at").le(time)),
        ("tickets", f("snoozed_until").ne(time)),
        ("tickets", f("category").eq("request")),
        // The type is the user's own, or nobody documents the field.
        ("contacts", f("custom_attributes.since").ge(time)),
        ("contacts", f("android_sdk_version").gt("2")),
        ("tickets", f("ticket_attribute.7").ge(2)),
        ("conversations", f("new_field").contains("a")),
    ] {
        let outcome = query.validate_for(resource, "2.14");
        assert!(outcome.is_ok(), "{query:?}: {outcome:?}");
    }
}
