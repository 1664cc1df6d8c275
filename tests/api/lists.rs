//! Every kind of list, and every way in which one can lead astray, over real sockets.

mod astray;
mod forms;
mod places;

use futures_util::TryStreamExt;
use intercom_client::chrono::DateTime;
use intercom_client::{
    Error, ErrorKind, Intercom, ItemStream, ListKind, RetryPolicy, v2_14, v2_14::Api,
};
use serde_json::{Value, json};

use crate::support::{Reply, Seen, Server};

pub(super) async fn serve(bodies: &[Value]) -> (Server, Api) {
    let replies = bodies.iter().map(|body| Reply::json(200, body.to_string()));
    let server = Server::start(replies).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url);
    let intercom = intercom.retry(RetryPolicy::never()).build().unwrap();
    (server, intercom.v2_14())
}

fn lines(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.line).collect()
}

fn sent(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap()
}

fn things(ids: &[&str]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

/// The ids that a stream gives, and the error that it ends with.
async fn ids<T>(
    mut stream: ItemStream<T>,
    id: impl Fn(T) -> String,
) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(Some(item)) => ids.push(id(item)),
            Ok(None) => return (ids, None),
            Err(error) => {
                assert!(
                    stream.next().await.is_none(),
                    "nothing comes after an error"
                );
                return (ids, Some(error));
            }
        }
    }
}

fn kind(operation: &str) -> Option<ListKind> {
    let operation = v2_14::OPERATIONS
        .iter()
        .find(|known| format!("{}.{}", known.resource, known.name) == operation);
    operation.unwrap().list
}

#[tokio::test]
async fn a_search_goes_on_by_a_cursor_in_the_body_and_keeps_the_query() {
    assert_eq!(kind("contacts.search"), Some(ListKind::CursorInBody));
    let next =
        |cursor: &str| json!({ "type": "pages", "next": { "page": 2, "starting_after": cursor } });
    let (server, api) = serve(&[
        json!({ "data": things(&["a", "b"]), "pages": next("c1"), "total_count": 3 }),
        json!({ "data": [], "pages": next("c2"), "total_count": 3 }),
        json!({ "data": things(&["c"]), "pages": { "next": null }, "total_count": 3 }),
    ])
    .await;
    let filter = v2_14::types::SingleFilterSearchRequest::new("role", "=").value("lead");
    let search = api.contacts().search().query(filter);
    let (ids, error) = ids(search.per_page(2).stream(), |contact| contact.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a", "b", "c"]);
    let seen = server.seen();
    let query = &sent(&seen[0])["query"];
    assert_eq!(query["value"], "lead");
    for (request, pagination) in seen.iter().zip([
        json!({ "per_page": 2 }),
        json!({ "per_page": 2, "starting_after": "c1" }),
        json!({ "per_page": 2, "starting_after": "c2" }),
    ]) {
        assert_eq!(&sent(request)["query"], query);
        assert_eq!(sent(request)["pagination"], pagination);
    }
}

#[tokio::test]
async fn numbered_pages_are_read_to_the_last() {
    assert_eq!(kind("companies.list"), Some(ListKind::PageNumber));
    let page = |ids: &[&str], page: u64| json!({ "data": things(ids), "pages": { "page": page, "per_page": 1, "total_pages": 3 } });
    let (server, api) = serve(&[page(&["a"], 1), page(&[], 2), page(&["c"], 3)]).await;
    let list = api.companies().list().order("desc").per_page(1).pages();
    let (ids, error) = ids(list.items(), |company| company.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a", "c"]);
    assert_eq!(
        lines(&server),
        [
            "POST /companies/list?order=desc&per_page=1",
            "POST /companies/list?order=desc&per_page=1&page=2",
            "POST /companies/list?order=desc&per_page=1&page=3",
        ]
    );
}

#[tokio::test]
async fn a_link_is_followed_on_the_same_server_and_path() {
    assert_eq!(kind("admins.list_activity_logs"), Some(ListKind::NextLink));
    let link = "https://api.intercom.io/elsewhere?created_at_after=7&page=2";
    let log = |id: &str| json!([{ "id": id, "activity_type": "admin_login_success" }]);
    let (server, api) = serve(&[
        json!({ "activity_logs": log("a"), "pages": { "next": link } }),
        json!({ "activity_logs": log("b"), "pages": null }),
    ])
    .await;
    let seven = DateTime::from_timestamp(7, 0);
    let list = api.admins().list_activity_logs().created_at_after(seven);
    let (ids, error) = ids(list.stream(), |log| log.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a", "b"]);
    let expected = [
        "GET /admins/activity_logs?created_at_after=7",
        "GET /admins/activity_logs?created_at_after=7&page=2",
    ];
    assert_eq!(lines(&server), expected);
}

#[tokio::test]
async fn a_scroll_keeps_its_token_and_ends_with_an_empty_page() {
    assert_eq!(kind("companies.scroll"), Some(ListKind::Scroll));
    let page = |ids: &[&str]| json!({ "data": things(ids), "scroll_param": "s1", "pages": null });
    let (server, api) = serve(&[page(&["a"]), page(&["b"]), page(&[])]).await;
    let (ids, error) = ids(api.companies().scroll().stream(), |company| company.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a", "b"]);
    let expected = [
        "GET /companies/scroll",
        "GET /companies/scroll?scroll_param=s1",
        "GET /companies/scroll?scroll_param=s1",
    ];
    assert_eq!(lines(&server), expected);
}

#[tokio::test]
async fn a_scroll_that_does_not_move_on_is_an_error() {
    let page = |ids: &[&str]| json!({ "data": things(ids), "scroll_param": "s1" });
    let (server, api) = serve(&[page(&["a"]), page(&["b"]), page(&["b"])]).await;
    let (ids, error) = ids(api.companies().scroll().stream(), |company| company.id).await;
    assert_eq!(ids, ["a", "b", "b"]);
    assert_eq!(error.unwrap().kind(), ErrorKind::Pagination);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_second_scroll_is_rejected_with_an_error_of_its_own() {
    let body =
        json!({ "type": "error.list", "errors": [{ "code": "scroll_exists", "message": "…" }] });
    let server = Server::start([Reply::json(400, body.to_string())]).await;
    let intercom = Intercom::builder("a-token")
        .base_url(&server.url)
        .build()
        .unwrap();
    let scroll = intercom.v2_14().companies().scroll();
    let (_, error) = ids(scroll.stream(), |company| company.id).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::ScrollExists);
    server.only();
}

#[tokio::test]
async fn a_list_in_one_page_is_one_request() {
    assert_eq!(kind("tags.list"), Some(ListKind::Whole));
    let (server, api) = serve(&[json!({ "type": "list", "data": things(&["a", "b"]) })]).await;
    let (ids, error) = ids(api.tags().list().stream(), |tag| tag.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a", "b"]);
    server.only();
}

#[tokio::test]
async fn a_list_inside_of_another_object_is_found() {
    let found = json!({ "articles": things(&["a"]), "highlights": [] });
    let (_server, api) = serve(&[json!({ "data": found, "pages": null })]).await;
    let search = api.articles().search().phrase("x").stream();
    let (ids, error) = ids(search, |article| article.id).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, ["a"]);
}

#[tokio::test]
async fn a_list_that_fails_where_it_was_taken_up_can_be_taken_up_there_again() {
    let server = Server::start([Reply::json(404, "{}")]).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url).build();
    let contacts = intercom.unwrap().v2_14().contacts().list();
    let mut stream = contacts.starting_after("c7").stream();
    assert!(stream.try_next().await.is_err());
    assert_eq!(stream.cursor(), Some("c7"));
}

#[tokio::test]
async fn a_list_is_taken_up_at_a_saved_cursor() {
    let page = |id: &str, next: Value| json!({ "data": things(&[id]), "pages": { "next": next }, "total_count": 3 });
    let bodies = [
        page("a", json!({ "starting_after": "c1" })),
        page("b", json!({ "starting_after": "c2" })),
        page("c", Value::Null),
    ];
    let (_server, api) = serve(&bodies[..2]).await;
    let mut pages = api.contacts().list().pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.cursor(), first.next_cursor()), (None, Some("c1")));
    assert_eq!(first.total_count(), Some(3));
    assert_eq!(first.items().len(), 1);
    assert_eq!(first.response().rate_limit(), None);
    let mut stream = pages.items();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "b");
    let saved = stream.cursor().unwrap().to_owned();
    drop(stream);

    let (server, api) = serve(&bodies[1..]).await;
    let again = api.contacts().list().starting_after(saved).stream();
    let ids: Vec<String> = again
        .map_ok(|contact| contact.id)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(ids, ["b", "c"]);
    let expected = [
        "GET /contacts?starting_after=c1",
        "GET /contacts?starting_after=c2",
    ];
    assert_eq!(lines(&server), expected);
}
