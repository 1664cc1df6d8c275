use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde_json::{Value as Json, json};

use super::{Field, MAX_FILTERS, Query, Sort, Value, field};

fn sent(query: &Query) -> Json {
    query.validate().unwrap();
    serde_json::to_value(query).unwrap()
}

fn refused(query: &Query) -> String {
    query.validate().unwrap_err().to_string()
}

fn some(count: usize) -> Vec<Query> {
    let number = |index| field("owner_id").eq(index);
    (0..count).map(number).collect()
}

#[test]
fn every_operator_is_written_as_the_api_writes_it() {
    type Compare = fn(&Field) -> Query;
    let operators: [(Compare, &str, Json); 14] = [
        (|f| f.eq("a"), "=", json!("a")),
        (|f| f.ne("a"), "!=", json!("a")),
        (|f| f.is_null(), "=", Json::Null),
        (|f| f.is_not_null(), "!=", Json::Null),
        (|f| f.is_in(["a", "b"]), "IN", json!(["a", "b"])),
        (|f| f.not_in([1, 2]), "NIN", json!([1, 2])),
        (|f| f.lt(1), "<", json!(1)),
        (|f| f.le(1), "<=", json!(1)),
        (|f| f.gt(1), ">", json!(1)),
        (|f| f.ge(1), ">=", json!(1)),
        (|f| f.contains("a"), "~", json!("a")),
        (|f| f.not_contains("a"), "!~", json!("a")),
        (|f| f.starts_with("a"), "^", json!("a")),
        (|f| f.ends_with("a"), "$", json!("a")),
    ];
    for (compare, operator, value) in operators {
        assert_eq!(
            sent(&compare(&field("custom_attributes.plan"))),
            json!({ "field": "custom_attributes.plan", "operator": operator, "value": value })
        );
    }
}

#[test]
fn the_operators_are_those_of_every_description() {
    let openapi = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    let known = "= != IN NIN < <= > >= ~ !~ ^ $";
    for version in 7..=15 {
        let facts = std::fs::read(openapi.join(format!("2.{version}.json"))).unwrap();
        let facts: Json = serde_json::from_slice(&facts).unwrap();
        let filter = &facts["components"]["schemas"]["single_filter_search_request"];
        let operators = filter["properties"]["operator"]["enum"].as_array().unwrap();
        let operators: Vec<_> = operators
            .iter()
            .map(|sign| sign.as_str().unwrap())
            .collect();
        assert_eq!(operators.join(" "), known, "2.{version}");
    }
}

#[test]
fn every_kind_of_value_is_written_as_json_has_it() {
    let time: DateTime<Utc> = "2026-05-01T09:30:15.750Z".parse().unwrap();
    let elsewhere: DateTime<FixedOffset> = "2026-05-01T11:30:15+02:00".parse().unwrap();
    let name = String::from("Ada");
    let values: [(Value, Json); 15] = [
        ("Ada".into(), json!("Ada")),
        ((&name).into(), json!("Ada")),
        (name.into(), json!("Ada")),
        (Cow::Borrowed("Ada").into(), json!("Ada")),
        (true.into(), json!(true)),
        (7.into(), json!(7)),
        ((-7_i64).into(), json!(-7)),
        (u64::MAX.into(), json!(u64::MAX)),
        (1.5.into(), json!(1.5)),
        (Value::NULL, Json::Null),
        (Some("Ada").into(), json!("Ada")),
        (None::<&str>.into(), Json::Null),
        (time.into(), json!(1_777_627_815)),
        (elsewhere.into(), json!(1_777_627_815)),
        (
            NaiveDate::from_ymd_opt(2026, 5, 1).unwrap().into(),
            json!(1_777_593_600),
        ),
    ];
    for (value, json) in values {
        assert_eq!(sent(&field("x").eq(value))["value"], json);
    }
}

#[test]
fn a_chain_of_one_operator_is_one_group() {
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| field(name).eq(1));
    let leaf = |name: &str| json!({ "field": name, "operator": "=", "value": 1 });
    assert_eq!(
        sent(&(a.clone() & b.clone() & (c.clone() & d.clone()))),
        json!({ "operator": "AND", "value": [leaf("a"), leaf("b"), leaf("c"), leaf("d")] })
    );
    assert_eq!(
        sent(&(a.clone() | b.clone() | c.clone())),
        json!({ "operator": "OR", "value": [leaf("a"), leaf("b"), leaf("c")] })
    );
    // `&` binds more tightly than `|`, as in Rust.
    assert_eq!(
        sent(&(a.clone() & b.clone() | c.clone() & d.clone())),
        json!({ "operator": "OR", "value": [
            { "operator": "AND", "value": [leaf("a"), leaf("b")] },
            { "operator": "AND", "value": [leaf("c"), leaf("d")] },
        ] })
    );
    assert_eq!(
        sent(&(a.clone() & (b.clone() | c.clone()) & d.clone())),
        json!({ "operator": "AND", "value": [
            leaf("a"), { "operator": "OR", "value": [leaf("b"), leaf("c")] }, leaf("d"),
        ] })
    );
    let all = Query::all([a.clone(), b.clone(), c.clone()]);
    assert_eq!(all, a.clone() & b.clone() & c.clone());
    assert_ne!(all, Query::any([a, b, c]));
    assert_eq!(
        sent(&Query::all([Query::all([d])])),
        json!({ "operator": "AND", "value": [{ "operator": "AND", "value": [leaf("d")] }] })
    );
}

#[test]
fn a_group_has_up_to_fifteen_filters() {
    assert_eq!(MAX_FILTERS, 15);
    sent(&Query::all(some(15)));
    sent(&Query::all((0..15).map(|_| Query::any(some(15)))));
    assert_eq!(
        refused(&Query::all(some(16))),
        "(AND): 16 filters, and the API takes 15"
    );
    let last = Query::any([field("a").eq(1), Query::all(some(16))]);
    assert_eq!(
        refused(&last),
        "value[1] (AND): 16 filters, and the API takes 15"
    );
    let chain = some(16).into_iter().reduce(|all, one| all | one).unwrap();
    assert!(refused(&chain).starts_with("(OR): 16"));
}

#[test]
fn groups_are_within_a_group_and_no_deeper() {
    let nested = |inner| field("a").eq(1) & (field("b").eq(2) | inner);
    sent(&nested(field("c").eq(3)));
    let deep = nested(field("c").eq(3) & field("d").eq(4));
    assert_eq!(
        refused(&deep),
        "value[1].value[1] (AND): it is within 2 groups, and the API takes no more"
    );
    // However deep: the search for the first mistake ends there.
    let deeper = (0..100).fold(field("a").eq(1), |query, _| Query::all([query]));
    assert!(refused(&deeper).starts_with("value[0].value[0] (AND)"));
}

#[test]
fn what_the_api_cannot_compare_is_named() {
    let nothing: [i64; 0] = [];
    let cases = [
        (Query::all([]), "(AND): a group needs one filter at least"),
        (Query::any([]), "(OR): a group needs one filter at least"),
        (
            field("a").eq(1) & Query::any([]),
            "value[1] (OR): a group needs one filter at least",
        ),
        (
            field("").eq("secret"),
            "(no field): the name of the field is empty",
        ),
        (
            field("a").eq(1) & field(" ").eq(1),
            "value[1] (no field): the name of the field is empty",
        ),
        (
            field("role").is_in(nothing),
            "(role): `IN` needs one value at least",
        ),
        (
            field("role").not_in(nothing),
            "(role): `NIN` needs one value at least",
        ),
        (
            field("role").is_in([Some("user"), None]),
            "(role): a value of `IN` is null",
        ),
        (
            field("age").gt(true),
            "(age): `>` does not compare with true or false",
        ),
        (
            field("age").le(false),
            "(age): `<=` does not compare with true or false",
        ),
        (
            field("age").lt(Value::NULL),
            "(age): `<` does not compare with null",
        ),
        (
            field("age").ge(None::<i64>),
            "(age): `>=` does not compare with null",
        ),
        (field("age").eq(f64::NAN), "(age): the number is not finite"),
        (
            field("age").is_in([1.0, f64::INFINITY]),
            "(age): the number is not finite",
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(refused(&query), expected);
    }
}

#[test]
fn nothing_shows_values() {
    let query = field("email").eq("ada@example.com")
        & (field("phone").is_in(["+353870000000"]) | field("age").gt(41_973));
    let shown = format!("{query:?} {:?} {:?}", Value::from("ada"), Value::from(1.5));
    assert_eq!(
        shown,
        "Query(email = … AND (phone IN … OR age > …)) Value(text) Value(number)"
    );
    assert_eq!(format!("{:?}", field("a").ne(1)), "Query(a != …)");
    assert_eq!(
        format!("{:?} {:?}", Query::all([]), Query::any(some(1))),
        "Query(AND) Query(OR owner_id = …)"
    );
}

#[test]
fn an_order_has_a_field_and_a_direction() {
    #[derive(Clone, Debug, PartialEq)]
    struct Order(Json);
    impl crate::input::Input for Order {
        fn from_json(value: Json) -> Result<Self, crate::error::InvalidField> {
            Ok(Self(value))
        }
    }
    impl crate::input::Item for Order {
        fn into_json(self) -> Result<Json, crate::error::InvalidField> {
            Ok(self.0)
        }
    }
    let sent = |sort: Sort| super::sort::<Order>(&sort).map(|order| order.0);
    assert_eq!(
        sent(Sort::ascending("name")),
        Ok(json!({ "field": "name", "order": "ascending" }))
    );
    assert_eq!(
        sent(Sort::descending("updated_at")),
        Ok(json!({ "field": "updated_at", "order": "descending" }))
    );
    let error = sent(Sort::ascending("")).unwrap_err();
    assert_eq!(error.to_string(), "field: is empty");
}
