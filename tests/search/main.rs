//! Searches over a real socket, and their queries in the types of every enabled version.

#[path = "../support/mod.rs"]
mod support;
#[cfg(feature = "v2_14")]
mod wire;

use intercom_client::InvalidField;
use intercom_client::chrono::{NaiveDate, TimeZone, Utc};
use intercom_client::search::{Query, field};
use serde_json::{Value, json};

/// Every operator, every kind of value, one and two levels of groups.
fn queries() -> Vec<Query> {
    let f = field("custom_attributes.plan");
    let date = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    let time = Utc.timestamp_opt(1_777_627_815, 0).unwrap();
    let mut queries = vec![
        f.eq("pro"),
        f.ne(7),
        f.is_null(),
        f.is_not_null(),
        f.eq(true),
        f.eq(1.5),
        f.is_in(["a", "b"]),
        f.is_in([1, 2]),
        f.not_in(["a"]),
        f.lt(time),
        f.le(date),
        f.gt(-1),
        f.ge(2.5),
        f.contains("a"),
        f.not_contains("a"),
        f.starts_with("a"),
        f.ends_with("a"),
    ];
    queries.push(Query::any(queries[..15].to_vec()));
    queries.push(Query::all([
        f.is_null(),
        f.eq(1) | f.is_in([3]),
        Query::any([f.lt(9)]),
    ]));
    queries
}

/// What a version's type makes of each query, against what the query itself says.
fn round_trips(version: &str, body: impl Fn(Query) -> Result<Value, InvalidField>) {
    for query in queries() {
        let sent = body(query.clone()).unwrap_or_else(|error| panic!("{query:?}: {error}"));
        let meant = serde_json::to_value(&query).unwrap();
        assert_eq!(sent["query"], meant, "{version}");
    }
}

/// JSON is taken as it is, or refused by the name of what would be lost.
fn takes_json(version: &str, body: impl Fn(Value) -> Result<Value, InvalidField>) {
    let beyond = json!({ "operator": "AND", "value": [{ "operator": "OR", "value": [
        { "operator": "AND", "value": [{ "field": "a", "operator": "~=", "value": null }] },
    ] }] });
    let sent = body(beyond.clone()).unwrap_or_else(|error| panic!("{version}: {error}"));
    assert_eq!(sent["query"], beyond, "{version}");

    let refused = |given: Value| body(given).err().map(|error| error.to_string());
    let filter = json!({ "field": "a", "operator": "=", "value": 1, "boost": 2 });
    assert_eq!(
        refused(filter).as_deref(),
        Some("query.boost: this version has no such field")
    );
    for (form, error) in [
        (json!("ada@example.com"), "query: is not an object"),
        (json!([]), "query: is not an object"),
        (json!({ "field": "a" }), "`query.operator` is required"),
    ] {
        assert_eq!(refused(form).as_deref(), Some(error));
    }
}

macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {$(
        mod $module {
            use crate::support::{Reply, Server};
            use intercom_client::{Intercom, $module::types, search::{Sort, field}};
            use serde_json::json;

            #[test]
            fn queries_are_sent_as_they_are_meant() {
                super::round_trips($version, |query| {
                    types::SearchRequest::new(query).to_json()
                });
            }

            #[test]
            fn json_is_taken_or_refused() {
                super::takes_json($version, |query| {
                    types::SearchRequest::new(query).to_json()
                });
            }

            #[test]
            fn a_body_has_query_and_order() {
                let body = types::SearchRequest::new(field("a").eq(1)).sort(Sort::descending("b"));
                let expected = json!({
                    "query": { "field": "a", "operator": "=", "value": 1 },
                    "sort": { "field": "b", "order": "descending" },
                });
                assert_eq!(body.to_json().unwrap(), expected, $version);
            }

            #[tokio::test]
            async fn operators_are_those_of_the_version() {
                let minor: u32 = $version.trim_start_matches("2.").parse().unwrap();
                let server = Server::start([Reply::json(200, r#"{ "type": "list", "data": [] }"#)]).await;
                let intercom = Intercom::builder("token").base_url(&server.url).build().unwrap();
                let search = || intercom.$module().contacts().search();
                let (number, text) = (field("owner_id").ge(7), field("owner_id").contains("7"));
                let (taken, refused) = if minor < 16 { (number, text) } else { (text, number) };
                let error = search().query(refused).await.unwrap_err().to_string();
                assert!(error.contains("(owner_id): "), "{}: {error}", $version);
                search().query(taken).await.unwrap();
                assert_eq!(server.seen().len(), 1, $version);
            }

            #[test]
            fn what_is_beyond_the_limits_is_named_with_what_encloses_it() {
                let body = types::SearchRequest::new(field("a").is_in([0; 0]));
                let error = body.to_json().unwrap_err();
                assert_eq!(error.to_string(), "query (a): `IN` needs one value at least");
                assert_eq!(error.path(), "query (a)");
                let error = types::SearchRequest::new(field("a").eq(1)).sort(Sort::ascending("")).to_json();
                assert_eq!(error.unwrap_err().to_string(), "sort.field: is empty");
                let error = types::SearchRequest::new(json!(1)).to_json().unwrap_err();
                assert_eq!(error.to_string(), "query: is not an object");
            }
        }
    )*};
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));
