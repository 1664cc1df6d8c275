//! The lines that users type, as they are typed: each compiles in every enabled version that has the operation.
//!
//! Nothing is called; what the lines send is tested in `tests/api`.

#![allow(dead_code, reason = "they are compiled, and not called")]

mod values;

use std::collections::{BTreeMap, HashMap};
use std::future::IntoFuture;

use intercom_client::chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use intercom_client::search::{Query, Sort, field};
use intercom_client::{CallOptions, Error, Intercom, IntoId, Region, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A row of a user's own.
struct Row {
    id: String,
    name: Option<String>,
    email: Option<String>,
    seen: Option<DateTime<FixedOffset>>,
    size: Option<u32>,
    cursor: Option<String>,
    owner: Option<u64>,
    plan: Option<&'static str>,
}

#[derive(Deserialize, Serialize)]
struct Attributes {
    plan: String,
}

/// What all versions have.
macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {$(
        mod $module {
            use super::*;
            use intercom_client::$module::types::{Contact, Tag};
            use intercom_client::$module::{Api, requests, types};

            async fn ids(api: &Api, row: Row) -> Result<(), Error> {
                let me = api.admins().me().await?;
                let contact = api.contacts().get(&row.id).await?;
                let conversation = api.conversations().get(1000).await?;
                let conversation = api.conversations().get(&conversation.id).await?;
                let admins = api.admins().list().await?;
                let team = api.teams().get(row.id.as_str()).await?;
                api.admins().get(conversation.admin_assignee_id.clone().unwrap()).await?;
                api.admins().get(&conversation.admin_assignee_id.clone().unwrap()).await?;
                api.teams().get(conversation.team_assignee_id.clone().unwrap()).await?;
                api.teams().get(&admins.admins[0].team_ids[0]).await?;
                api.admins().get(&team.admin_ids[0]).await?;
                api.admins().get(contact.owner_id.clone().unwrap()).await?;
                api.contacts().update(&contact.id).owner_id(&me.id).await?;
                api.contacts().update(&contact.id).owner_id(me.id.as_str()).await?;
                api.contacts().update(contact.id.clone()).owner_id(contact.owner_id.clone()).await?;
                api.contacts().update(&contact.id).owner_id(&contact.owner_id).await?;
                api.contacts().update(&contact.id).owner_id(row.owner).await?;
                api.contacts().update(&contact.id).owner_id(7).await?;
                api.contacts().update(&contact.id).last_seen_at(contact.last_seen_at).await?;
                api.contacts().update(&contact.id).last_seen_at(row.seen).await?;
                api.contacts().update(&contact.id).name(&contact.name).email(contact.email.as_deref()).await?;
                api.contacts().update(&contact.id).clear_phone().await?;
                api.conversations().assign_to_team(&conversation.id, &team.id).admin_id(&me.id).await?;
                api.conversations().assign_to_admin(&conversation.id, &me.id).admin_id(me.id.clone()).await?;
                api.conversations().unassign(&conversation.id).admin_id(&me.id).await?;
                let _same = contact.owner_id.as_ref() == Some(&me.id);
                let _same = conversation.team_assignee_id.as_deref() == Some(&team.id);
                let article = api.articles().create().title("t").author_id(&me.id).await?;
                api.articles().create().title("t").author_id(&me.id).parent_id(7).await?;
                api.articles().update(&article.id).title("t").await?;
                Ok(())
            }

            async fn options(api: &Api, row: Row) -> Result<(), Error> {
                api.contacts().create().name(row.name.clone()).await?;
                api.contacts().create().name(&row.name).email(row.email.as_deref()).await?;
                api.contacts().list().per_page(row.size).starting_after(row.cursor.clone()).await?;
                let mut pages = api.contacts().list().per_page(50).starting_after(&row.cursor).pages();
                while let Some(page) = pages.try_next().await? {
                    println!("{}", page.items().len());
                }
                let company = api.companies().create_or_update().company_id("7").name("Initech").await?;
                api.companies()
                    .create_or_update()
                    .company_id(&company.company_id)
                    .name(company.name)
                    .monthly_spend(1.95)
                    .await?;
                Ok(())
            }

            async fn maps(api: &Api, row: Row, own: Attributes) -> Result<(), Error> {
                let create = || api.contacts().create().email("ada@example.com");
                create().custom_attributes(json!({ "plan": "pro", "left": null })).await?;
                create().custom_attributes(HashMap::from([("seats", 4)])).await?;
                create().custom_attributes(BTreeMap::from([("seats".to_owned(), json!(4))])).await?;
                create().custom_attribute("plan", "pro").custom_attributes_from(&own)?.await?;
                create().custom_attribute("plan", row.plan).custom_attribute("seats", 4).custom_attribute("paid", true).await?;
                create().custom_attribute("since", Utc::now()).await?;
                api.data_events()
                    .create()
                    .event_name("ordered")
                    .user_id("7")
                    .created_at(Utc::now())
                    .metadata([("plan", "pro")])
                    .await?;
                Ok(())
            }

            async fn verbs(api: &Api, id: &str, me: &types::AdminWithApp) -> Result<(), Error> {
                let tomorrow = Utc::now() + TimeDelta::days(1);
                api.conversations().close(id).admin_id(&me.id).await?;
                api.conversations().close(id).admin_id(&me.id).body("Bye").await?;
                api.conversations().open(id).admin_id(&me.id).await?;
                api.conversations().snooze(id).admin_id(&me.id).snoozed_until(tomorrow).await?;
                api.conversations().note(id).admin_id(&me.id).body("…").await?;
                api.conversations().reply_as_admin(id).admin_id(&me.id).body("<p>Hello</p>").await?;
                api.conversations().reply_as_contact(id).user_id("7").body("Hello").await?;
                api.conversations().redact_part().conversation_id(id).conversation_part_id("8").await?;
                api.conversations().attach_tag(id).id("3").admin_id(&me.id).await?;
                api.tags().create().name("VIP").await?;
                api.tags().rename("3").name("VIP").await?;
                Ok(())
            }

            async fn lists(api: &Api) -> Result<(), Error> {
                for tag in api.tags().list().await? {
                    let _: Tag = tag;
                }
                for admin in &api.admins().list().await? {
                    println!("{:?}", admin.name);
                }
                let query = field("role").eq("user") & field("created_at").gt(Utc::now());
                let mut found = api.contacts().search().query(query).per_page(50).stream();
                while let Some(contact) = found.try_next().await? {
                    println!("{:?}", contact.email);
                }
                let query: Option<Query> = None;
                api.contacts().search().query(query).sort(Sort::ascending("name")).await?;
                api.contacts().search().query(json!({ "field": "role", "operator": "=", "value": "user" })).await?;
                Ok(())
            }

            async fn one(api: &Api, id: &str) -> Result<Contact, Error> {
                api.contacts().get(id).await
            }

            async fn any(api: &Api, id: impl IntoId) -> Result<Response<Contact>, Error> {
                api.contacts().get(id).send().await
            }

            async fn others(api: Api, request: requests::ContactsGet) -> Result<(), Error> {
                let name = api.contacts().get("1").await?.name.unwrap_or_default();
                let hurried = CallOptions::new().header("x-trace", name);
                api.contacts().get("1").with_options(hurried).await?;
                let task = tokio::spawn(request.clone().into_future());
                let (me, contact) = tokio::join!(api.admins().me().into_future(), request.into_future());
                println!("{:?} {:?}", me?.name, contact?.name);
                drop(task);
                api.contacts().create().with_request(json!({ "email": "ada@example.com" })).await?;
                api.contacts().create().with_request(types::CreateContactRequest::new().name("Ada")).await?;
                api.contacts().create().email("ada@example.com").extra("new_field", 7).await?;
                let own = api.contacts().get("1").await?.custom_attributes_as::<Attributes>()?;
                let company = api.companies().get("1").await?.custom_attributes_as::<Attributes>()?;
                println!("{} {}", own.plan, company.plan);
                Ok(())
            }

            async fn languages(api: &Api, me: &types::AdminWithApp) -> Result<(), Error> {
                let french = types::ArticleContentInput::new().title("Bonjour").body("<p>Bonjour</p>");
                let article = api.articles().create().title("t").author_id(&me.id).locale("fr", french).await?;
                api.articles().update(&article.id).locale("pt-BR", json!({ "title": "Oi" })).await?;
                Ok(())
            }
        }
    )*};
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));

#[cfg(feature = "v2_14")]
mod newest {
    use super::*;
    use intercom_client::v2_14::Api;

    async fn tickets(api: &Api, me: &str) -> Result<(), Error> {
        let ticket = api.tickets().get("7").await?;
        api.tickets().update(&ticket.id).admin_id(me).await?;
        api.tickets()
            .reply_as_admin(&ticket.id)
            .admin_id(me)
            .body("Done")
            .await?;
        api.tickets()
            .note(&ticket.id)
            .admin_id(me)
            .body("Done")
            .await?;
        Ok(())
    }

    async fn help_center(api: &Api) -> Result<(), Error> {
        let center = api
            .help_center()
            .list_help_centers()
            .await?
            .into_iter()
            .next()
            .unwrap();
        let collection = api
            .help_center()
            .create_collection()
            .name("c")
            .help_center_id(&center.id)
            .await?;
        api.articles()
            .create()
            .title("t")
            .author_id("1")
            .parent_id(&collection.id)
            .await?;
        let article = api.articles().get(1).await?;
        // From 2.16 on an article has no parent of its own.
        let update = api.articles().update(&article.id);
        update.parent_id(&article.parent_id).await?;
        api.help_center()
            .get_collection(article.parent_id.unwrap())
            .await?;
        Ok(())
    }
}

#[cfg(all(feature = "v2_14", feature = "dynamic"))]
async fn by_name(api: &intercom_client::v2_14::Api) -> Result<(), Error> {
    let contact = api
        .call("ShowContact", json!({ "contact_id": "1" }))
        .await?;
    println!("{}", contact["email"]);
    let response = api
        .call("CreateContact", json!({}))
        .body(json!({ "email": "ada@example.com" }))
        .send()
        .await?;
    println!("{}", response.status());
    Ok(())
}

#[test]
fn a_client_is_made_of_every_source_of_tokens() {
    let current = std::sync::Arc::new(std::sync::RwLock::new("a-token".to_owned()));
    let us = Intercom::builder(move || current.read().unwrap().clone())
        .build()
        .unwrap();
    let eu = us
        .with_token("an-eu-token")
        .unwrap()
        .with_region(Region::Eu);
    assert_eq!(eu.region(), Some(Region::Eu));
    let _: Value = json!(null);
}
