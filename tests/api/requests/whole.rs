//! Bodies, and parts of them, that are given as a whole: as JSON or as a type of the crate.

use intercom_client::ErrorKind;
use intercom_client::v2_14::types;
use serde_json::{Value, json};

use crate::lists::serve;

/// The error of a request that must not be sent.
macro_rules! refused {
    ($api:ident => $request:expr) => {{
        let (server, $api) = serve(&[json!({})]).await;
        let error = $request.await.map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert_eq!(server.seen().len(), 0, "{error}");
        error.to_string()
    }};
}

#[tokio::test]
async fn content_in_a_language_is_set_by_its_locale_alone() {
    let content = || types::ArticleContentInput::new().title("Bonjour");
    let expected = json!({
        "title": "Hello", "author_id": 5, "translated_content": { "fr": { "title": "Bonjour" }, "pt-BR": { "title": "Oi" } },
    });
    let brazilian = json!({ "title": "Oi" });
    let (_, body) = sent!(api => api.articles().create().title("Hello").author_id("5")
        .locale("fr", content()).locale("pt-BR", &brazilian));
    assert_eq!(body, expected);
    let translated = types::ArticleTranslatedContentInput::new()
        .locale("fr", content())
        .locale("pt-BR", brazilian.clone())
        .locale("de", None::<Value>);
    let (_, body) = sent!(api => api.articles().create().title("Hello").author_id("5").translated_content(translated));
    assert_eq!(body, expected);
    let (_, body) = sent!(api => api.help_center().create_collection().name("c").locale("fr", types::GroupContentInput::new().name("f")));
    assert_eq!(body["translated_content"], json!({ "fr": { "name": "f" } }));
}

#[tokio::test]
async fn a_locale_that_there_is_not_is_named_with_the_nearest() {
    let error = refused!(api => api.articles().create().title("t").author_id(5).locale("pt_BR", json!({ "title": "Oi" })));
    let expected =
        "translated_content.pt_BR: this version has no such field; did you mean `pt-BR`?";
    assert!(error.ends_with(expected), "{error}");
    let error = refused!(api => api.articles().create().title("t").author_id(5).locale("fr", json!({ "titel": "Oi" })));
    let expected =
        "translated_content.fr.titel: this version has no such field; did you mean `title`?";
    assert!(error.ends_with(expected), "{error}");
}

#[tokio::test]
async fn json_for_a_body_loses_nothing() {
    let request = json!({ "email": "ada@example.com", "custom_atributes": { "plan": "pro" } });
    let error = refused!(api => api.contacts().create().with_request(request));
    let expected =
        "custom_atributes: this version has no such field; did you mean `custom_attributes`?";
    assert!(error.ends_with(expected), "{error}");
    let error = refused!(api => api.contacts().create().with_request(json!({ "email": null })));
    assert!(error.ends_with("email: cannot be null"), "{error}");
    let error = refused!(api => api.contacts().create().with_request(json!("ada@example.com")));
    assert!(
        error.ends_with("is not an object") && !error.contains("ada@"),
        "{error}"
    );
    let request = json!({ "from": { "id": "5", "typ": "admin" } });
    let error = refused!(api => api.messages().create().body("Hello").with_request(request));
    assert!(
        error.contains("from.typ: ") && error.contains("`type`"),
        "{error}"
    );
    // What is said in another form is the same.
    let request = json!({ "name": "Ada", "phone": null, "signed_up_at": "2023-11-14T22:13:20.9Z", "owner_id": "7" });
    let (_, body) = sent!(api => api.contacts().update("1").with_request(request));
    assert_eq!(
        body,
        json!({ "name": "Ada", "phone": null, "signed_up_at": 1_700_000_000, "owner_id": 7 })
    );
}

#[tokio::test]
async fn setters_go_on_where_a_whole_body_left_off() {
    let whole = types::CreateContactRequest::new()
        .email("ada@example.com")
        .name("Ada");
    let (_, body) = sent!(api => api.contacts().create().with_request(&whole).name("Grace"));
    assert_eq!(body, json!({ "email": "ada@example.com", "name": "Grace" }));
    let reply = types::ContactReplyConversationRequest::new()
        .user_id("7")
        .body("Hello");
    let (_, body) = sent!(api => api.conversations().reply("1").with_request(reply));
    let expected =
        json!({ "message_type": "comment", "type": "user", "user_id": "7", "body": "Hello" });
    assert_eq!(body, expected);
    let (_, body) = sent!(api => api.conversations().reply("1").with_request(&expected));
    assert_eq!(body, expected);
    let error = refused!(api => api.conversations().reply("1"));
    assert!(error.ends_with("`body` is required"), "{error}");
}

#[tokio::test]
async fn what_was_read_is_written_again() {
    let read: types::ArticleContent = serde_json::from_value(
        json!({ "title": "t", "author_id": 5, "created_at": 1_700_000_000, "type": "article_content" }),
    )
    .unwrap();
    let (_, body) =
        sent!(api => api.articles().create().title("t").author_id(5).locale("fr", &read));
    let written = &body["translated_content"]["fr"];
    assert_eq!(
        (&written["title"], &written["author_id"]),
        (&json!("t"), &json!(5))
    );
    assert_eq!(written["created_at"], 1_700_000_000);
}

#[test]
fn attributes_are_read_into_a_type_of_the_users_own() {
    #[derive(serde::Deserialize, Debug, PartialEq)]
    struct Plan {
        plan: String,
        seats: Option<u32>,
    }
    let contact = |attributes: Value| -> types::Contact {
        serde_json::from_value(json!({ "id": "1", "custom_attributes": attributes })).unwrap()
    };
    let plan: Plan = contact(json!({ "plan": "pro", "seats": 4, "more": true }))
        .custom_attributes_as()
        .unwrap();
    assert_eq!(
        plan,
        Plan {
            plan: "pro".into(),
            seats: Some(4)
        }
    );
    let error = contact(json!({ "plan": "pro", "seats": "ada@example.com" }))
        .custom_attributes_as::<Plan>()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error
            .to_string()
            .contains("`custom_attributes` cannot be read"),
        "{error}"
    );
    assert!(error.to_string().contains("seats"), "{error}");
    assert!(!format!("{error:?}").contains("ada@"), "{error:?}");
    assert!(contact(Value::Null).custom_attributes_as::<Plan>().is_err());

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Tier {
        Free,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Own {
        #[allow(dead_code, reason = "it is only read")]
        tier: Tier,
    }
    for tier in [json!(null), json!(3), json!("gold")] {
        let error = contact(json!({ "tier": tier })).custom_attributes_as::<Own>();
        let expected =
            "`custom_attributes` cannot be read: a value is not of the expected type at tier";
        assert_eq!(error.unwrap_err().to_string(), expected, "{tier}");
    }
}
