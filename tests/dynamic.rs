//! Calls by name (feature `dynamic`): what is given wrongly is named, and nothing is sent.
#![cfg(all(feature = "v2_14", feature = "all-resources"))]

use httpmock::{Method::*, MockServer};
use intercom_client::{ErrorKind, Intercom, v2_14};
use serde_json::{Map, Value, json};

fn api(server: &MockServer) -> v2_14::Api {
    let builder = Intercom::builder("token").base_url(server.base_url());
    builder.build().unwrap().v2_14()
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn what_is_given_wrongly_is_named_and_nothing_is_sent() {
    let server = MockServer::start_async().await;
    let any = server.mock_async(|_, then| drop(then.status(200))).await;
    let api = api(&server);
    let name = || Some(json!({ "name": "plan", "model": "contact", "data_type": "string" }));
    let options = |options: Value| {
        let mut body = name().unwrap();
        body["options"] = options;
        Some(body)
    };
    for (operation, parameters, body, named) in [
        ("contacts.greet", json!({}), None, "`contacts.greet` in"),
        (
            "contact.get",
            json!({}),
            None,
            "is not enabled; did you mean `contacts.get`?",
        ),
        (
            "showContact",
            json!({}),
            None,
            "is not enabled; did you mean `ShowContact`?",
        ),
        (
            "contacts.create",
            json!([7]),
            None,
            "parameters: is not an object",
        ),
        (
            "contacts.create",
            json!({ "email": "ada@example.com" }),
            None,
            "there is no parameter `email`; it is a field of the body",
        ),
        ("contacts.get", json!({}), None, "contact_id"),
        (
            "contacts.get",
            json!({ "contact_id": null }),
            None,
            "contact_id",
        ),
        (
            "contacts.get",
            json!({ "contact_id": "1", "page": 2 }),
            None,
            "`page`",
        ),
        (
            "contacts.get",
            json!({ "contact_id": ["1"] }),
            None,
            "contact_id: is neither text nor an integer",
        ),
        (
            "contacts.list",
            json!({ "per_page": "many" }),
            None,
            "per_page: is not an integer",
        ),
        (
            "contacts.get",
            json!({ "contact_id": "1" }),
            name(),
            "takes no JSON body",
        ),
        (
            "data_attributes.create",
            json!({}),
            None,
            "`data_type` is required",
        ),
        (
            "data_attributes.create",
            json!({}),
            Some(json!({ "model": "contact", "name": "plan" })),
            "`data_type` is required",
        ),
        (
            "data_attributes.create",
            json!({}),
            Some(json!([1])),
            "body: is not an object",
        ),
        (
            "data_attributes.create",
            json!({}),
            options(json!([{ "value": "a", "order": 1 }])),
            "options[0].order: this version has no such field",
        ),
        (
            "data_attributes.create",
            json!({}),
            options(json!({ "value": "a" })),
            "options: is not a list",
        ),
        (
            "data_attributes.create",
            json!({}),
            options(json!(7)),
            "options: is not a list",
        ),
    ] {
        let call = api.call(operation, parameters.clone());
        let outcome = call.body(body).send().await;
        let error = outcome.map(|_| ()).unwrap_err();
        let text = error.to_string();
        assert_eq!(
            error.kind(),
            ErrorKind::InvalidRequest,
            "{operation} {text}"
        );
        assert!(text.contains(named), "{operation} {parameters}: {text}");
    }
    assert_eq!(any.calls_async().await, 0);
}

#[tokio::test]
async fn an_operation_has_intercoms_id_and_a_name_and_the_response_is_as_it_came() {
    let server = MockServer::start_async().await;
    let body = json!({ "id": 7, "created_at": "2023-11-14T22:13:20Z", "not_described": true });
    let mock = server
        .mock_async(|when, then| {
            when.method(GET).path("/contacts/7");
            then.status(200).json_body(body.clone());
        })
        .await;
    let api = api(&server);
    for operation in ["ShowContact", "contacts.get"] {
        let contact = map(json!({ "contact_id": "7" }));
        let response = api.call(operation, contact).await.unwrap();
        assert_eq!(response, body);
    }
    assert_eq!(mock.calls_async().await, 2);
    let known = v2_14::OPERATIONS
        .iter()
        .find(|known| known.id == "ShowContact")
        .unwrap();
    assert_eq!(
        (known.method, known.path),
        ("GET", "/contacts/{contact_id}")
    );
}
