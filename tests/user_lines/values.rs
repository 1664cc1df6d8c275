//! What setters are given, in each form that a user may have it in.

#![allow(
    clippy::needless_borrows_for_generic_args,
    reason = "they are what is compiled"
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use intercom_client::chrono::{DateTime, FixedOffset, Utc};
use intercom_client::search::field;
use intercom_client::{Error, Id, Intercom, IntoField, IntoId, IntoMap, Page};
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Clone, Serialize)]
struct Attributes {
    plan: String,
}

macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {$(
        mod $module {
            use super::*;
            use intercom_client::$module::{Api, requests, types};

            async fn text(api: &Api, shared: Arc<str>, local: Rc<str>, boxed: Box<str>, contact: types::Contact) {
                let update = || api.contacts().update("1");
                drop(update().name(&shared).phone(shared.clone()).email(Some(&shared)));
                drop(update().name(&local).phone(local.clone()).email(&boxed));
                drop(update().name(boxed).phone(&&"1").email(Some(&"a@b.c")).role('u'));
                drop(update().name(Cow::from("Ada")).phone(&Some(Cow::from("1"))).email(&Some(String::new())));
                drop(update().name(contact.name.as_ref()).external_id(&contact.external_id).role(&contact.role));
            }

            async fn ids(api: &Api, shared: Arc<str>, number: u64, small: Option<i32>) {
                drop(api.contacts().get(&shared));
                drop(api.contacts().get(shared));
                drop(api.contacts().get(&number));
                drop(api.contacts().get(&&"1"));
                for id in &["1", "2"] {
                    drop(api.contacts().delete(id));
                }
                drop(api.contacts().update("1").owner_id(&small).external_id(small.as_ref()));
            }

            async fn numbers(api: &Api, byte: u8, short: Option<i16>, money: Option<f32>, flag: Option<bool>) {
                let company = || api.companies().create_or_update().company_id("7");
                drop(company().size(&byte).size(&short).size(short.as_ref()).monthly_spend(&money).monthly_spend(&byte));
                drop(api.contacts().update("1").unsubscribed_from_emails(&flag).unsubscribed_from_emails(&true));
                drop(api.contacts().list().per_page(&byte));
                drop(api.companies().update("1").name("Initech").size(byte).monthly_spend(money).custom_attribute("seats", short));
            }

            async fn times(api: &Api, now: SystemTime, offset: Option<DateTime<FixedOffset>>) {
                let update = || api.contacts().update("1");
                drop(update().signed_up_at(now).last_seen_at(&now));
                drop(update().signed_up_at(Some(now)).last_seen_at(&Some(now)));
                drop(update().signed_up_at(offset).last_seen_at(&offset));
                drop(update().signed_up_at(offset.as_ref()).last_seen_at(&Utc::now().fixed_offset()));
                drop(update().signed_up_at(DateTime::from_timestamp(1_700_000_000, 0)));
                drop(update().custom_attribute("a", now).custom_attribute("b", &offset).custom_attribute("c", &Utc::now()));
                drop(api.admins().list_activity_logs().created_at_after(now).created_at_before(Utc::now()));
                drop(api.data_export().create().created_at_after(&offset).created_at_before(now));
            }

            async fn maps(api: &Api, own: Attributes, contact: types::Contact) -> Result<(), Error> {
                let update = || api.contacts().update("1");
                drop(update().custom_attributes(&[("plan", "pro")]).custom_attributes(&vec![("seats", 4)]));
                drop(update().custom_attributes([("seats", 4)].as_slice()).custom_attributes(&Some(json!({}))));
                drop(update().custom_attributes(&BTreeMap::from([("since", Utc::now())])));
                drop(update().custom_attributes(&HashMap::from([("seats".to_owned(), Some(4_u8))])));
                drop(update().custom_attributes(&contact.custom_attributes).custom_attributes(Map::new()));
                drop(update().custom_attributes_from(&own)?.custom_attributes_from(own.clone())?);
                drop(update().custom_attributes_from(Some(&own))?.custom_attributes_from([("a", 1)].into_iter().collect::<HashMap<_, _>>())?);
                Ok(())
            }

            async fn any_json(api: &Api, own: Vec<String>, contact: types::Contact) {
                let create = || api.contacts().create().email("ada@example.com");
                drop(create().custom_attribute("a", ["x", "y"]).custom_attribute("b", &own).custom_attribute("c", own.as_slice()));
                drop(create().custom_attribute("a", &5_u8).custom_attribute("b", Some(&1.5)).custom_attribute("c", &json!([1])));
                drop(create().custom_attribute("a", &contact.created_at).custom_attribute("b", contact.created_at));
                drop(create().extra("a", HashMap::from([("b", 1)])).extra("b", &BTreeMap::from([("c", [1, 2])])));
                drop(create().extra("a", vec![Some("b"), None]).extra("b", vec![json!(null)]).extra("c", &Value::Null));
            }

            async fn lists(api: &Api, set: HashSet<String>, sorted: BTreeSet<&str>, contact: types::Contact) -> Result<(), Error> {
                let reply = || api.conversations().reply_as_admin("1").admin_id(7).body("Hello");
                drop(reply().attachment_urls(&set).attachment_urls(&sorted));
                drop(reply().attachment_urls(set.clone()).attachment_urls(Some(sorted)));
                drop(reply().attachment_urls(&["a", "b"]).attachment_urls(Some(vec!["c".to_owned()])));
                drop(api.tags().tag_contacts().name("VIP").users(json!([{ "id": contact.id }])));
                drop(api.tags().tag_contacts().name("VIP").users(set.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>()));
                drop(api.tags().tag_companies().name("VIP").companies(&json!([{ "company_id": "7" }])));
                let names: Vec<_> = api.tags().list().await?.iter().map(|tag| tag.name.clone()).collect();
                println!("{names:?}");
                Ok(())
            }

            async fn pages(api: &Api) -> Result<(), Error> {
                let mut pages = api.contacts().list().pages();
                while let Some(page) = pages.try_next().await? {
                    let page: Page<types::ContactList> = page;
                    for contact in &page {
                        for (field, value) in &contact.unknown_fields {
                            println!("{field}: {value}");
                        }
                    }
                    for contact in page {
                        println!("{}", contact.id);
                    }
                }
                Ok(())
            }

            fn searches(api: &Api, now: SystemTime, contact: &types::Contact, attribute: types::DataAttribute) {
                let search = || api.contacts().search();
                drop(search().query(field("created_at").gt(now) & field("created_at").lt(&Utc::now())));
                drop(search().query(field("owner_id").eq(&7) | field("owner_id").eq(&contact.owner_id)));
                drop(search().query(field("custom_attributes.paid").eq(&true)));
                drop(search().query(field("custom_attributes.kind").eq(&attribute.data_type)));
                drop(search().query(field("custom_attributes.score").gt(1.5_f32)));
                drop(search().query(field("external_id").is_in(&["a", "b"])));
            }

            fn generic<T: IntoField<String>, U: IntoField<Id>>(request: requests::ContactsUpdate, name: T, owner: U) -> requests::ContactsUpdate {
                request.name(name).owner_id(owner)
            }

            fn attributes(request: requests::ContactsUpdate, id: impl IntoId, entries: impl IntoMap) -> requests::ContactsUpdate {
                request.external_id(id.into_id()).custom_attributes(entries)
            }
        }
    )*};
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));

/// What a response holds goes into a request as it is, of whatever type its enum is there.
#[cfg(feature = "v2_14")]
fn enums(api: &intercom_client::v2_14::Api, found: &intercom_client::v2_14::types::TicketType) {
    let update = || api.ticket_types().update(&found.id);
    drop(update().category(&found.category));
    drop(update().category(found.category.clone()));
    drop(update().category(found.category.as_ref()));
    drop(update().name(&found.category));
    drop(
        api.contacts()
            .create()
            .custom_attribute("kind", &found.category),
    );
    drop(
        api.reporting_data_export()
            .enqueue()
            .start_time(Utc::now())
            .end_time(SystemTime::now()),
    );
}

#[cfg(feature = "v2_14")]
fn recipients(api: &intercom_client::v2_14::Api, id: &str) {
    use intercom_client::v2_14::types::Recipient;
    let (one, more) = (Recipient::new(id, "user"), vec![Recipient::new(7, "lead")]);
    let message = || api.messages().create().message_type("email").body("b");
    drop(message().to(&one).cc(&more).bcc([one.clone(), one.clone()]));
    drop(
        message()
            .to(more.as_slice())
            .cc(Some(more.clone()))
            .bcc(more),
    );
    drop(
        message()
            .to([json!({ "type": "user", "id": id })])
            .cc(&[one]),
    );
}

fn region(name: &str) -> Result<Intercom, Error> {
    Intercom::builder("a-token").region(name.parse()?).build()
}
