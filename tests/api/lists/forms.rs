//! The odd forms in which pages say how a list goes on: it ends only where they say so.

use intercom_client::{ErrorKind, Intercom, v2_14::Api};
use serde_json::{Value, json};

use super::{ids, lines, things};
use crate::support::{Reply, Server};

async fn serve(bodies: impl IntoIterator<Item = Vec<u8>>) -> (Server, Api) {
    let replies = bodies.into_iter().map(|body| Reply::json(200, body));
    let server = Server::start(replies).await;
    let intercom = Intercom::builder("a-token").base_url(&server.url);
    (server, intercom.build().unwrap().v2_14())
}

/// Bodies that are no plain JSON, each with `PAGES` where the pagination stands.
fn bodies() -> Vec<Vec<u8>> {
    let deep = "[".repeat(300) + &"]".repeat(300);
    let text = [
        "\u{feff}{\"data\":[{\"id\":\"a\"}],PAGES}".to_owned(),
        r#"{"data":[{"id":"a"}],"pages":null,PAGES}"#.to_owned(),
        r#"{"data":[{"id":"a"}],PAGES,"total_count":1,"total_count":2}"#.to_owned(),
        r#"{"data":[{"id":"a"}],PAGES,"total_count":1e400}"#.to_owned(),
        r#"{"data":[{"id":"a"}],PAGES,"page":"\ud83d"}"#.to_owned(),
        format!(r#"{{"data":[{{"id":"a"}}],PAGES,"page":{deep}}}"#),
        r#"{"things":[null,{"id":"a"}],PAGES}"#.to_owned(),
    ];
    let mut bodies: Vec<Vec<u8>> = text.into_iter().map(String::into_bytes).collect();
    bodies.push(b"{\"data\":[{\"id\":\"a\",\"name\":\"\xff\"}],PAGES,\"page\":\"\xff\"}".to_vec());
    bodies.push(b"{\"things\":[{\"id\":\"a\",\"name\":\"\xff\"}],PAGES}".to_vec());
    bodies
}

fn with(body: &[u8], pages: &str) -> Vec<u8> {
    let place = body.windows(5).position(|part| part == b"PAGES").unwrap();
    [&body[..place], pages.as_bytes(), &body[place + 5..]].concat()
}

#[tokio::test]
async fn a_list_goes_on_whatever_else_is_odd_in_a_page() {
    let last = br#"{"data":[{"id":"b"}],"pages":{"next":null}}"#.to_vec();
    for body in bodies() {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let shown = &shown[..shown.len().min(100)];

        let pages = r#""pages":{"page":1,"total_pages":2}"#;
        let (_server, api) = serve([with(&body, pages), last.clone()]).await;
        let (found, error) = ids(api.companies().list().stream(), |company| company.id).await;
        assert!(error.is_none() && found == ["a", "b"], "{shown}: {found:?}");

        let pages = r#""pages":{"next":"/articles?page=2"}"#;
        let (_server, api) = serve([with(&body, pages), last.clone()]).await;
        let (found, error) = ids(api.articles().list().stream(), |article| article.id).await;
        assert!(error.is_none() && found == ["a", "b"], "{shown}: {found:?}");

        let scroll = r#""scroll_param":"s1""#;
        let end = br#"{"data":[],"scroll_param":"s1"}"#.to_vec();
        let (_server, api) = serve([with(&body, scroll), last.clone(), end]).await;
        let (found, _) = ids(api.companies().scroll().stream(), |company| company.id).await;
        assert_eq!(found, ["a", "b"], "{shown}");
    }
}

#[tokio::test]
async fn a_next_page_is_found_in_every_form_that_names_it() {
    for next in [
        json!(2),
        json!(2.0),
        json!("2"),
        json!({ "page": "2" }),
        json!("?page=2"),
        json!("/companies/list?page=2&per_page=1#x"),
        json!("//elsewhere.example/companies/list?page=2"),
        json!("http://elsewhere.example/companies/list?page=2"),
    ] {
        let page = |id: &str, next: &Value| {
            let body = json!({ "data": things(&[id]), "pages": { "next": next } });
            body.to_string().into_bytes()
        };
        let bodies = || [page("a", &next), page("b", &Value::Null)];
        let (server, api) = serve(bodies()).await;
        let (found, error) = ids(api.companies().list().stream(), |company| company.id).await;
        assert!(error.is_none() && found == ["a", "b"], "{next}: {error:?}");
        assert!(lines(&server)[1].starts_with("POST /companies/list?page=2"));
        let (server, api) = serve(bodies()).await;
        let (found, error) = ids(api.articles().list().stream(), |article| article.id).await;
        assert!(error.is_none() && found == ["a", "b"], "{next}: {error:?}");
        assert!(lines(&server)[1].contains("page=2"));
    }
}

#[tokio::test]
async fn nothing_in_any_form_is_the_end_and_something_else_is_an_error() {
    let ends = [json!(null), json!(""), json!({}), json!([]), json!(false)];
    let more = [
        json!(true),
        json!([{ "starting_after": "c1" }]),
        json!("c1"),
    ];
    let cases = ends.into_iter().map(|next| (next, true));
    for (next, is_end) in cases.chain(more.map(|next| (next, false))) {
        let body = json!({ "data": things(&["a"]), "pages": { "next": next } });
        let body = || [body.to_string().into_bytes()];
        let (_server, api) = serve(body()).await;
        let (_, of_contacts) = ids(api.contacts().list().stream(), |contact| contact.id).await;
        let (_server, api) = serve(body()).await;
        let (_, of_companies) = ids(api.companies().list().stream(), |company| company.id).await;
        let (_server, api) = serve(body()).await;
        let (_, of_articles) = ids(api.articles().list().stream(), |article| article.id).await;
        for error in [of_contacts, of_companies, of_articles] {
            let kind = error.map(|error| error.kind());
            assert_eq!(kind, (!is_end).then_some(ErrorKind::Pagination), "{next}");
        }
    }
    for more in [json!(true), json!("true"), json!(1)] {
        let body = json!({ "data": things(&["a"]), "has_more": more });
        let (_server, api) = serve([body.to_string().into_bytes()]).await;
        let (_, error) = ids(api.companies().list().stream(), |company| company.id).await;
        assert_eq!(error.unwrap().kind(), ErrorKind::Pagination, "{more}");
    }
}

#[tokio::test]
async fn a_page_of_a_scroll_that_cannot_be_read_is_not_its_end() {
    let page = |data: Value| {
        let body = json!({ "data": data, "scroll_param": "s1" });
        body.to_string().into_bytes()
    };
    let pages = [
        page(json!([7])),
        page(json!([{ "id": "b" }])),
        page(json!([])),
    ];
    let (server, api) = serve(pages).await;
    let mut scroll = api.companies().scroll().stream();
    assert!(scroll.next().await.unwrap().unwrap_err().is_decode());
    assert_eq!(scroll.next().await.unwrap().unwrap().id, "b");
    assert!(scroll.next().await.is_none());
    assert_eq!(server.seen().len(), 3);
}
