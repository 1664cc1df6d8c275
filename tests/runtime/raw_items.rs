//! The JSON of the items of a page as it came, beside the items.

use intercom_client::Page;
use intercom_client::v2_14::types::ContactList;

use crate::client;
use crate::support::{Reply, Server};

async fn page(body: &str) -> Page<ContactList> {
    let server = Server::start([Reply::json(200, body)]).await;
    let mut pages = client(&server).v2_14().contacts().list().pages();
    pages.try_next().await.unwrap().unwrap()
}

/// The JSON of each item is this, and there is an item for each.
async fn check(body: &str, expected: &[&str]) {
    let page = page(body).await;
    let raw = page.raw_items();
    let raw: Vec<&str> = raw.iter().map(|json| json.get()).collect();
    assert_eq!(raw, expected, "{body}");
    let ids = page.items().iter().map(|contact| contact.id.as_str());
    for (id, json) in ids.zip(&raw) {
        assert!(
            json.contains(&format!("\"id\":\"{id}\"")),
            "{id} is not of {json}"
        );
    }
    assert_eq!(page.items().len(), raw.len(), "{body}");
}

#[tokio::test]
async fn items_are_given_as_they_came() {
    check(
        r#"{"type":"list","data":[{"id":"1", "new":1.50,"owner_id":123456789012345678901234567890},
            {"id":"2","name":"\u00e9\ud83d","name":1e400}]}"#,
        &[
            r#"{"id":"1", "new":1.50,"owner_id":123456789012345678901234567890}"#,
            r#"{"id":"2","name":"\u00e9\ud83d","name":1e400}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn what_is_no_item_is_not_among_them() {
    check(
        r#"{"data":[null,{"id":"1"},7,"",{"id":"2","tags":"x"},"y",[ ],[1],true,{"id":"3"},null]}"#,
        &[r#"{"id":"1"}"#, r#"{"id":"2","tags":"x"}"#, r#"{"id":"3"}"#],
    )
    .await;
    let many = format!(r#"{{"data":[{}{{"id":"1"}}]}}"#, "7,".repeat(1500));
    check(&many, &[r#"{"id":"1"}"#]).await;
}

#[tokio::test]
async fn they_are_found_wherever_the_list_is() {
    for body in [
        r#"[{"id":"1"},{"id":"2"}]"#,
        r#"{"contacts":[{"id":"1"},{"id":"2"}],"total_count":2}"#,
        r#"{"data":[],"data":[{"id":"1"},{"id":"2"}]}"#,
        r#"{"data":{"10":{"id":"2"},"9":{"id":"1"}}}"#,
        r#"{"data":{"type":"list","data":[{"id":"1"},{"id":"2"}]}}"#,
        "\u{feff} {\"data\" : [ {\"id\":\"1\"} , {\"id\":\"2\"} ] }",
    ] {
        check(body, &[r#"{"id":"1"}"#, r#"{"id":"2"}"#]).await;
    }
    check(r#"{"data":{"id":"1"}}"#, &[r#"{"id":"1"}"#]).await;
    let one = r#"{"id":"1","data":[{"id":"2"}]}"#;
    check(&format!(r#"{{"data":{one}}}"#), &[one]).await;
    for body in [r#"{"data":null}"#, r#"{"data":""}"#, r#"{"data":{}}"#] {
        check(body, &[]).await;
    }
}
