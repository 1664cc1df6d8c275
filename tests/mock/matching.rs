//! Which requests a mock matches.

use httpmock::MockServer;
use intercom_client::{
    CallOptions,
    v2_14::{mock::MockServerExt, types},
};
use serde_json::json;

use crate::{api, matches};

#[tokio::test]
async fn a_path_parameter_is_matched_exactly_and_as_it_is_sent() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().contacts().detach_tag(|when, then| {
        when.contact_id("a.b/c").tag_id("7");
        then.ok(&types::Tag {
            id: "1".into(),
            ..Default::default()
        });
    });
    for (contact, tag, expected) in [
        ("a.b/c", "7", true),
        ("a.b/c", "77", false),
        ("a.b/c", "8", false),
        ("axb/c", "7", false),
        ("c", "7", false),
    ] {
        let call = api(&server).contacts().detach_tag(contact, tag).send();
        assert_eq!(matches(&mock, call).await, expected, "{contact} {tag}");
    }
}

#[tokio::test]
async fn a_path_parameter_that_is_not_given_is_any_but_no_longer_path() {
    let server = MockServer::start_async().await;
    let companies = server.v2_14().companies();
    let mock = companies.get(|_, then| {
        drop(then.ok(&types::Company {
            id: "1".into(),
            ..Default::default()
        }));
    });
    let api = api(&server).companies();
    assert!(matches(&mock, api.get("1").send()).await);
    assert!(matches(&mock, api.get("1/notes").send()).await);
    assert!(!matches(&mock, api.list_segments("1").send()).await);
    // Its path has the form of the other's.
    assert!(!matches(&mock, api.scroll().send()).await);
    assert!(!matches(&mock, api.delete("1").send()).await);
}

#[tokio::test]
async fn a_query_parameter_is_matched_or_has_to_be_absent() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().contacts().list(|when, then| {
        when.per_page(2).starting_after("2+ä");
        then.ok(types::ContactList::default());
    });
    let list = || api(&server).contacts().list();
    assert!(matches(&mock, list().per_page(2).starting_after("2+ä").send()).await);
    assert!(!matches(&mock, list().per_page(3).starting_after("2+ä").send()).await);
    assert!(!matches(&mock, list().per_page(2).starting_after("2").send()).await);
    assert!(!matches(&mock, list().per_page(2).send()).await);
    mock.delete_async().await;

    let first = server.v2_14().contacts().list(|when, then| {
        when.starting_after(None);
        then.ok(types::ContactList::default());
    });
    assert!(matches(&first, list().per_page(2).send()).await);
    assert!(!matches(&first, list().starting_after("2").send()).await);
}

#[tokio::test]
async fn flags_enums_and_required_parameters_of_the_query_are_matched() {
    let server = MockServer::start_async().await;
    let attributes = server.v2_14().data_attributes().list(|when, then| {
        when.model(&types::DataAttributesListModel::Company)
            .include_archived(true);
        then.ok(types::DataAttributeList::default());
    });
    let list = |model: &str, archived: bool| {
        let list = api(&server).data_attributes().list();
        list.model(model).include_archived(archived).send()
    };
    assert!(matches(&attributes, list("company", true)).await);
    assert!(!matches(&attributes, list("company", false)).await);
    assert!(!matches(&attributes, list("contact", true)).await);

    let visitors = server.v2_14().visitors().get(|when, then| {
        when.user_id("u1");
        then.ok(&types::Visitor {
            id: "1".into(),
            ..Default::default()
        });
    });
    let get = |id: &str| api(&server).visitors().get().user_id(id).send();
    assert!(matches(&visitors, get("u1")).await);
    assert!(!matches(&visitors, get("u2")).await);
}

#[tokio::test]
async fn a_body_is_matched_as_it_is_sent_as_a_whole_or_in_part() {
    let server = MockServer::start_async().await;
    let contacts = server.v2_14().contacts();
    let body = types::CreateContactRequest::new().email("ada@example.com");
    let create = |name: Option<&str>| {
        let create = api(&server).contacts().create();
        let create = create.email("ada@example.com");
        match name {
            Some(name) => create.name(name).send(),
            None => create.send(),
        }
    };
    let whole = contacts.create(|when, then| {
        when.body(&body);
        then.ok(&types::Contact {
            id: "1".into(),
            ..Default::default()
        });
    });
    assert!(matches(&whole, create(None)).await);
    assert!(!matches(&whole, create(Some("Ada"))).await);
    whole.delete_async().await;

    let built = contacts.create(|when, then| {
        when.body(body.clone());
        then.ok(&types::Contact {
            id: "1".into(),
            ..Default::default()
        });
    });
    assert!(matches(&built, create(None)).await);
    assert!(!matches(&built, create(Some("Ada"))).await);
    built.delete_async().await;

    let part = contacts.create(|when, then| {
        when.body_includes(json!({ "name": "Ada" }));
        then.ok(&types::Contact {
            id: "1".into(),
            ..Default::default()
        });
    });
    assert!(matches(&part, create(Some("Ada"))).await);
    assert!(!matches(&part, create(Some("Grace"))).await);
    assert!(!matches(&part, create(None)).await);
}

#[test]
#[should_panic(expected = "`from.id` is required")]
fn a_body_that_could_not_be_sent_is_named_where_it_is_expected() {
    let server = MockServer::start();
    server.v2_14().messages().create(|when, _| {
        let nobody = types::CreateMessageRequestFrom::new(None::<&str>);
        when.body(types::CreateMessageRequest::new("Hello", nobody));
    });
}

#[tokio::test]
async fn requests_of_another_version_do_not_match() {
    let server = MockServer::start_async().await;
    let mock = server.v2_14().admins().me(|_, then| {
        drop(then.ok(&types::AdminWithApp {
            id: "1".into(),
            ..Default::default()
        }));
    });
    let api = api(&server);
    let other = api.with_options(CallOptions::new().api_version("2.13"));
    assert!(!matches(&mock, other.admins().me().send()).await);
    assert!(matches(&mock, api.admins().me().send()).await);
}

#[test]
#[should_panic(expected = "this version has no such field")]
fn a_body_with_an_unknown_key_is_no_expectation() {
    let server = MockServer::start();
    server.v2_14().contacts().create(|when, _| {
        when.body(json!({ "e_mail": "ada@example.com" }));
    });
}

#[tokio::test]
async fn a_verb_is_mocked_by_itself_among_those_of_its_operation() {
    let server = MockServer::start_async().await;
    let conversation = types::Conversation {
        id: "1".into(),
        ..Default::default()
    };
    let conversations = server.v2_14().conversations();
    let close = conversations.close(|when, then| {
        when.conversation_id(1);
        then.ok(&conversation);
    });
    let team = conversations.assign_to_team(|_, then| drop(then.ok(&conversation)));
    let note = conversations.note(|_, then| drop(then.json(json!({ "id": "2" }))));
    let api = api(&server);
    let ours = api.conversations();
    assert!(matches(&close, ours.close(1).admin_id(7).extra("later", 1).send()).await);
    assert!(!matches(&close, ours.close(2).admin_id(7).send()).await);
    assert!(!matches(&close, ours.open(1).admin_id(7).send()).await);
    assert!(matches(&team, ours.assign_to_team(1, 5).admin_id(7).send()).await);
    assert!(!matches(&team, ours.assign_to_admin(1, 5).admin_id(7).send()).await);
    assert!(matches(&note, ours.note(1).admin_id(7).body("b").send()).await);
    assert!(!matches(&note, ours.reply_as_admin(1).admin_id(7).body("b").send()).await);

    let tags = server.v2_14().tags();
    let tag = json!({ "type": "tag", "id": "3" });
    let renamed = tags.rename(|_, then| drop(then.json(tag.clone())));
    let untagged = tags.untag_companies(|_, then| drop(then.json(tag.clone())));
    let ours = api.tags();
    assert!(matches(&renamed, ours.rename(3).name("VIP").send()).await);
    assert!(!matches(&renamed, ours.create().name("VIP").send()).await);
    let untag = json!([{ "id": "9", "untag": true }]);
    let untag = ours.untag_companies().name("VIP").companies(untag);
    assert!(matches(&untagged, untag.send()).await);
    let tag = ours
        .tag_companies()
        .name("VIP")
        .companies(json!([{ "id": "9" }]));
    assert!(!matches(&untagged, tag.send()).await);
}
