//! Lists inside of another object, and lists that are one of several things: one that is not there is an error as well.

use intercom_client::{ErrorKind, v2_14::Api};
use serde_json::json;

use super::ids;
use crate::support::{Reply, Server};

async fn serve(body: &str) -> (Server, Api) {
    let server = Server::start([Reply::json(200, body), Reply::json(200, body)]).await;
    let intercom = intercom_client::Intercom::builder("a-token").base_url(&server.url);
    (server, intercom.build().unwrap().v2_14())
}

#[tokio::test]
async fn a_list_that_is_not_inside_of_its_object_is_an_error() {
    for (body, expected) in [
        (r#"{"data":{"articles":[{"id":"a"}]}}"#, Some(&["a"][..])),
        (r#"{"data":{"articles":null}}"#, Some(&[])),
        (r#"{"data":null}"#, Some(&[])),
        (r#"{"data":{}}"#, Some(&[])),
        // The only list of objects.
        (r#"{"data":[{"id":"a"}]}"#, Some(&["a"])),
        (r#"{"articles":[{"id":"a"}]}"#, Some(&["a"])),
        (r#"{"data":{"articles":5}}"#, None),
        (r#"{"data":5}"#, None),
        (r#"{"message":"temporarily unavailable"}"#, None),
        ("{}", None),
    ] {
        let (_server, api) = serve(body).await;
        let one = api.articles().search().phrase("x").await;
        let stream = api.articles().search().phrase("x").stream();
        let (found, error) = ids(stream, |article| article.id).await;
        match expected {
            Some(expected) => {
                assert_eq!(one.unwrap().into_iter().count(), expected.len(), "{body}");
                assert!(error.is_none() && found == expected, "{body}: {found:?}");
            }
            None => {
                for error in [one.map(drop).unwrap_err(), error.unwrap()] {
                    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{body}");
                    let text = error.to_string();
                    assert!(text.contains("no `data.articles`"), "{body}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_odd_item_is_one_error_of_the_stream_wherever_the_list_is() {
    let items = json!([{ "id": "a" }, 7, { "id": "b" }]);
    let check = |found: Vec<Result<String, intercom_client::Error>>| {
        let found = found.into_iter().map(|item| match item {
            Ok(id) => id,
            Err(error) => String::from_utf8_lossy(error.body().unwrap()).into_owned(),
        });
        assert_eq!(found.collect::<Vec<_>>(), ["a", "7", "b"]);
    };
    use futures_util::StreamExt;
    let (_server, api) = serve(&json!({ "data": { "articles": items } }).to_string()).await;
    let search = api.articles().search().phrase("x").stream();
    check(
        search
            .map(|item| item.map(|article| article.id))
            .collect()
            .await,
    );
    let (_server, api) = serve(&json!({ "type": "list", "data": items }).to_string()).await;
    let find = api.companies().find().name("x").stream();
    check(
        find.map(|item| item.map(|company| company.id))
            .collect()
            .await,
    );
}

#[tokio::test]
async fn one_of_several_things_is_what_it_says_or_what_alone_fits() {
    for (body, is_list) in [
        (r#"{"type":"list","data":[{"id":"a"}]}"#, Some(true)),
        (r#"{"type":"list","companies":[{"id":"a"}]}"#, Some(true)),
        (r#"{"data":[{"id":"a"}]}"#, Some(true)),
        (r#"[{"id":"a"}]"#, Some(true)),
        (r#"{"type":"company","id":"a"}"#, Some(false)),
        (r#"{"id":"a","name":"n"}"#, Some(false)),
        (r#"{"type":"company","name":"n"}"#, None),
        (r#"{"type":"list"}"#, None),
        (r#"{"type":"list","data":5}"#, None),
        (r#"{"message":"temporarily unavailable"}"#, None),
        ("{}", None),
    ] {
        let (_server, api) = serve(body).await;
        let found = api.companies().find().name("x").await;
        match (found, is_list) {
            (Ok(found), Some(is_list)) => {
                let count = found.into_iter().count();
                assert_eq!(count, usize::from(is_list), "{body}");
            }
            (Err(error), None) => {
                assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{body}");
            }
            (found, _) => panic!("{body}: {found:?}"),
        }
        let stream = api.companies().find().name("x").stream();
        let (found, error) = ids(stream, |company| company.id).await;
        assert_eq!(error.is_none(), is_list == Some(true), "{body}: {error:?}");
        assert_eq!(found.len(), usize::from(is_list == Some(true)), "{body}");
    }
}

#[tokio::test]
async fn null_in_place_of_no_body_is_a_success_where_nothing_is_required() {
    let (server, api) = serve("null").await;
    let event = api.custom_channel_events().notify_new_conversation();
    let event = event.event_id("e").external_conversation_id("x");
    let event = event.contact(json!({ "type": "user", "external_id": "1" }));
    assert_eq!(event.await.unwrap().conversation_id, None);
    server.only();
}
