//! Lists that lead astray: pages that lead nowhere or have no end, and responses that are no lists.

use intercom_client::{ErrorKind, Intercom};
use serde_json::{Value, json};

use super::{ids, serve, things};
use crate::support::{Reply, Server};

#[tokio::test]
async fn a_response_that_is_no_list_is_an_error_and_not_an_empty_list() {
    let list =
        json!({ "type": "list", "data": things(&["a"]), "pages": { "page": 1, "total_pages": 1 } });
    let (_server, api) = serve(&[list, json!({ "type": "company", "id": "a" })]).await;
    let (found, error) = ids(api.companies().find().segment_id("7").stream(), |company| {
        company.id
    })
    .await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, ["a"]);
    let (found, error) = ids(api.companies().find().name("x").stream(), |company| {
        company.id
    })
    .await;
    assert!(found.is_empty());
    assert_eq!(error.unwrap().kind(), ErrorKind::Pagination);
}

#[tokio::test]
async fn pages_that_lead_nowhere_are_an_error_after_their_items() {
    let page = |pages: Value| json!({ "data": things(&["a"]), "pages": pages });
    for (first, second) in [
        // The same page again.
        (
            json!({ "page": 1, "next": { "page": 2 } }),
            json!({ "page": 2, "next": { "page": 2 } }),
        ),
        // An earlier one.
        (
            json!({ "page": 1, "next": "https://x.example/companies/list?page=3" }),
            json!({ "page": 3, "next": "https://x.example/companies/list?page=2" }),
        ),
        // One that cannot be recognised.
        (
            json!({ "page": 1, "total_pages": 2 }),
            json!({ "next": "https://x.example/" }),
        ),
    ] {
        let (server, api) = serve(&[page(first), page(second)]).await;
        let (ids, error) = ids(api.companies().list().stream(), |company| company.id).await;
        assert_eq!(ids, ["a", "a"]);
        assert_eq!(error.unwrap().kind(), ErrorKind::Pagination);
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_page_that_leads_nowhere_is_not_the_last_one() {
    let page = |next: Value| json!({ "data": things(&["a"]), "pages": { "next": next } });
    for next in [
        // The page again that was begun with.
        json!({ "starting_after": "c1" }),
        // There is another one, and no cursor for it.
        json!({ "page": 2 }),
        json!("https://x.example/contacts?page=2"),
    ] {
        let (server, api) = serve(&[page(next), page(Value::Null)]).await;
        let mut pages = api.contacts().list().starting_after("c1").pages();
        let lost = pages.try_next().await.unwrap().unwrap();
        assert_eq!((lost.next_cursor(), lost.is_last()), (None, false));
        let error = pages.try_next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        server.only();
    }

    for next in [Value::Null, json!({ "page": 2, "starting_after": null })] {
        let (_server, api) = serve(&[page(next)]).await;
        let mut pages = api.contacts().list().pages();
        let last = pages.try_next().await.unwrap().unwrap();
        assert_eq!((last.next_cursor(), last.is_last()), (None, true));
        assert!(pages.try_next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::with(move |_| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let next = json!({ "starting_after": format!("c{number}") });
        Reply::json(
            200,
            json!({ "data": [], "pages": { "next": next } }).to_string(),
        )
        .then_keep()
    })
    .await;
    let intercom = Intercom::builder("a-token")
        .base_url(&server.url)
        .build()
        .unwrap();
    let (ids, error) = ids(intercom.v2_14().contacts().list().stream(), |contact| {
        contact.id
    })
    .await;
    assert!(ids.is_empty());
    assert_eq!(error.unwrap().kind(), ErrorKind::Pagination);
}

#[tokio::test]
async fn a_request_that_cannot_be_made_is_the_first_item() {
    let (server, api) = serve(&[]).await;
    let (_, error) = ids(api.companies().list_contacts("").stream(), |contact| {
        contact.id
    })
    .await;
    assert_eq!(error.unwrap().kind(), ErrorKind::InvalidRequest);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_page_without_end_is_an_error_and_does_not_fill_the_memory() {
    static SPACE: [u8; 1 << 20] = [b' '; 1 << 20];
    let space = std::str::from_utf8(&SPACE).unwrap();
    let headers = [
        ("content-type", "application/json"),
        ("content-length", "99999999999"),
    ];
    let endless =
        Reply::raw(200, &headers, "{").then_slowly(&[space; 300], std::time::Duration::ZERO);
    let server = Server::start([endless]).await;
    let intercom = Intercom::builder("a-token")
        .base_url(&server.url)
        .build()
        .unwrap();
    let (_, error) = ids(intercom.v2_14().contacts().list().stream(), |contact| {
        contact.id
    })
    .await;
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(
        error.to_string().contains("longer than the limit"),
        "{error}"
    );
    server.only();
}
