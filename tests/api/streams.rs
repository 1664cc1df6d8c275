//! Streams over the pages of a list.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use futures_util::TryStreamExt;
use futures_util::stream::FusedStream;
use httpmock::{Method::*, MockServer};
use intercom_client::{ErrorKind, ItemStream, v2_14::types};
use serde_json::{Value, json};

use crate::{client, contact};

async fn pages<'s>(
    server: &'s MockServer,
    pages: &[(Option<&str>, &[&str], Option<&str>)],
) -> Vec<httpmock::Mock<'s>> {
    let mut mocks = Vec::new();
    for (cursor, ids, next) in pages {
        let data: Vec<Value> = ids.iter().map(|id| contact(id)).collect();
        let next = next.map(|cursor| json!({ "page": 2, "starting_after": cursor }));
        let body =
            json!({ "type": "list", "data": data, "pages": { "type": "pages", "next": next } });
        let mock = server
            .mock_async(|when, then| {
                let when = when.method(GET).path("/contacts");
                match cursor {
                    Some(cursor) => when.query_param("starting_after", *cursor),
                    None => when.query_param_missing("starting_after"),
                };
                then.status(200).json_body(body);
            })
            .await;
        mocks.push(mock);
    }
    mocks
}

fn all(server: &MockServer) -> ItemStream<types::Contact> {
    client(server)
        .v2_14()
        .contacts()
        .list()
        .per_page(2)
        .stream()
}

#[tokio::test]
async fn a_list_streams_the_items_of_all_pages_and_fetches_none_ahead() {
    let server = MockServer::start_async().await;
    let mocks = pages(
        &server,
        &[
            (None, &["a", "b"], Some("2")),
            (Some("2"), &[], Some("3")),
            (Some("3"), &["c"], None),
        ],
    )
    .await;
    let mut stream = all(&server);
    assert_eq!(mocks[0].calls_async().await, 0);
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(stream.try_next().await.unwrap().unwrap().id);
    }
    assert_eq!(mocks[1].calls_async().await, 0);
    let rest: Vec<types::Contact> = tokio::spawn(stream.try_collect()).await.unwrap().unwrap();
    ids.extend(rest.into_iter().map(|contact| contact.id));
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_are_an_error_after_their_items() {
    let server = MockServer::start_async().await;
    pages(
        &server,
        &[
            (None, &["a"], Some("2")),
            (Some("2"), &["b"], Some("3")),
            (Some("3"), &["c"], Some("2")),
        ],
    )
    .await;
    let mut stream = all(&server);
    for expected in ["a", "b", "c"] {
        let contact = stream.try_next().await.unwrap().unwrap();
        assert_eq!(contact.id, expected);
    }
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_begins_at_a_saved_cursor_and_ends_after_an_error() {
    let server = MockServer::start_async().await;
    pages(&server, &[(Some("2"), &["b"], Some("3"))]).await;
    let api = client(&server).v2_14();
    let mut stream = api.contacts().list().starting_after("2").stream();
    assert!(stream.try_next().await.unwrap().is_some());
    // The server has no page at the cursor "3".
    let error = stream.try_next().await.unwrap_err();
    assert!(error.kind() == intercom_client::ErrorKind::NoMock);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_was_not_waited_for_is_not_fetched_again() {
    let server = MockServer::start_async().await;
    let mocks = pages(
        &server,
        &[(None, &["a"], Some("2")), (Some("2"), &["b"], None)],
    )
    .await;
    let mut pages = client(&server).v2_14().contacts().list().pages();
    for mock in &mocks {
        {
            let given_up = pin!(pages.next());
            let mut context = Context::from_waker(Waker::noop());
            assert!(given_up.poll(&mut context).is_pending());
        }
        assert_eq!(pages.try_next().await.unwrap().unwrap().items().len(), 1);
        assert_eq!(mock.calls_async().await, 1);
    }
}

#[tokio::test]
async fn streams_know_when_they_have_ended_and_go_wherever_a_stream_goes() {
    fn is_terminated(stream: &(impl FusedStream + Send + Unpin + 'static)) -> bool {
        stream.is_terminated()
    }

    let server = MockServer::start_async().await;
    pages(
        &server,
        &[(None, &["a", "b"], Some("2")), (Some("2"), &["c"], None)],
    )
    .await;
    let list = client(&server).v2_14().contacts().list();
    let (mut pages, mut items) = (list.clone().pages(), list.stream());
    for _ in 0..2 {
        assert!(pages.try_next().await.unwrap().is_some());
        assert!(!is_terminated(&pages));
    }
    for _ in 0..3 {
        assert!(items.try_next().await.unwrap().is_some());
        assert!(!is_terminated(&items));
    }
    assert!(pages.next().await.is_none() && is_terminated(&pages));
    assert!(items.next().await.is_none() && is_terminated(&items));
    assert!(pages.next().await.is_none() && items.next().await.is_none());
}
