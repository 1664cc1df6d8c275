//! Odd values within others, in lists, and beside what the lexer of `serde_json` refuses.

use intercom_client::Decoding;
use serde_json::{Value, json};

use super::Of::{Contact, Contacts, Conversation};
use super::{check, read};

#[tokio::test]
async fn what_stands_in_an_odd_place_keeps_all_around_it() {
    let part = r#"{"type":"conversation_part.list","conversation_parts":[{"id":"1","body":"b"},
        {"id":"2","event_details":{"action":"x","value":[1],"new":{"a":[]}},"author":{"id":3,"name":{}},"tags":[{"id":"9"},"t"]}]}"#;
    let body = format!(
        r#"{{"id":"5","conversation_parts":{part},"priority":false,"source":"email","later":[[1]]}}"#
    );
    let unread = [
        "conversation_parts.conversation_parts[1].event_details.action",
        "conversation_parts.conversation_parts[1].event_details.value",
        "conversation_parts.conversation_parts[1].author.name",
        "conversation_parts.conversation_parts[1].tags[1]",
        "priority",
        "source",
    ];
    let expected = [
        ("/conversation_parts/conversation_parts/0/body", json!("b")),
        (
            "/conversation_parts/conversation_parts/1/event_details/new",
            json!({"a":[]}),
        ),
        (
            "/conversation_parts/conversation_parts/1/author/id",
            json!("3"),
        ),
        (
            "/conversation_parts/conversation_parts/1/tags",
            json!([{"id":"9"}]),
        ),
        ("/later", json!([[1]])),
        ("/source", json!("email")),
    ];
    check(Conversation, body.as_bytes(), &unread, &expected).await;
}

#[tokio::test]
async fn what_the_lexer_refuses_costs_no_more_than_any_other_value() {
    // In the first, a middle and the last of three records, among odd ones of other kinds.
    for place in 0..3 {
        for (odd, left_out) in [
            (r#""signed_up_at":1e400"#, Some("signed_up_at")),
            (r#""name":"a\ud83d""#, None),
            (r#""n\udc00":"x""#, None),
            (r#""owner_id":123456789012345678901234567890"#, None),
            (r#""new":{"deep":-1e999}"#, None),
        ] {
            let mut records = [
                r#"{"id":"1","tags":"x"}"#.to_owned(),
                r#"{"id":"2","phone":[]}"#.to_owned(),
                r#"{"id":"3","os":{}}"#.to_owned(),
            ];
            records[place].insert_str(r#"{"id":"1","#.len(), &format!("{odd},"));
            let body = format!(
                r#"{{"data":[null,{},7],"total_count":"3","has_more":{{}}}}"#,
                records.join(",")
            );
            let names = ["tags", "phone", "os"];
            let mut unread = Vec::new();
            for (index, name) in names.iter().enumerate() {
                let number = index + 1;
                if index == place {
                    unread.extend(left_out.map(|name| format!("data[{number}].{name}")));
                }
                unread.push(format!("data[{number}].{name}"));
            }
            unread.push("data[4]".to_owned());
            let unread: Vec<&str> = unread.iter().map(String::as_str).collect();
            let expected = [
                ("/data/0/id", json!("1")),
                ("/data/1/id", json!("2")),
                ("/data/2/id", json!("3")),
                ("/data/3", Value::Null),
                ("/total_count", json!(3)),
            ];
            check(Contacts, body.as_bytes(), &unread, &expected).await;
        }
    }
}

#[tokio::test]
async fn lists_beside_the_one_in_which_the_reading_stops_are_read_once() {
    let tags =
        |odd: &str| format!(r#"{{"data":[{{"id":"1"}},"t",{{"id":"2"{odd}}},{{"id":"3"}}]}}"#);
    for odd in [
        r#","name":"\ud83d""#,
        r#","applied_at":1e400"#,
        r#","new":12345678901234567890123"#,
    ] {
        for (tags, companies, notes) in
            [(odd, "", ""), ("", odd, ""), ("", "", odd), (odd, odd, odd)]
                .map(|(a, b, c)| (tags(a), tags(b), tags(c)))
        {
            let body =
                format!(r#"{{"id":"5","tags":{tags},"companies":{companies},"notes":{notes}}}"#);
            let (found, unread) = read(Contact, body.as_bytes(), Decoding::Lenient)
                .await
                .unwrap();
            for list in ["tags", "companies", "notes"] {
                let ids: Vec<&Value> = found[list]["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|item| &item["id"])
                    .collect();
                assert_eq!(ids, ["1", "2", "3"], "{body}");
                let odd = format!("{list}.data[1]");
                assert_eq!(
                    unread.iter().filter(|path| **path == odd).count(),
                    1,
                    "{body}: {unread:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn an_item_whose_own_id_cannot_be_read_is_stored_with_it_as_it_came() {
    for id in ["[]", "{}", r#"{"a":1}"#, "[7]"] {
        let body = format!(r#"{{"data":[{{"name":"n","id":{id}}},{{"id":"2"}}]}}"#);
        let json: Value = serde_json::from_str(id).unwrap();
        let expected = [("/data/0/id", json), ("/data/0/name", json!("n"))];
        check(Contacts, body.as_bytes(), &["data[0].id"], &expected).await;
    }
}

#[tokio::test]
async fn the_whole_of_a_body_may_be_odd() {
    check(
        Contact,
        "\u{feff}\n {\"id\":5,\"name\":\"n\"}\n".as_bytes(),
        &[],
        &[("/id", json!("5"))],
    )
    .await;
    check(
        Contact,
        br#"{"id":"0","id":"5","tags":"x","tags":{"data":[{"id":"1"}]}}"#,
        &[],
        &[("/tags/data/0/id", json!("1"))],
    )
    .await;
    for (twice, unread, name) in [
        (r#""name":{},"name":"n""#, &[][..], json!("n")),
        (r#""name":"n","name":{}"#, &["name"], json!({})),
        (
            r#""tags":{"data":7},"name":[],"tags":{"data":[]},"name":"n""#,
            &[],
            json!("n"),
        ),
        (
            r#""tags":{},"name":[],"tags":{"data":7},"name":null"#,
            &["tags.data"],
            Value::Null,
        ),
    ] {
        let body = format!(r#"{{"id":"5",{twice},"last_seen_at":"soon"}}"#);
        let unread: Vec<&str> = unread.iter().copied().chain(["last_seen_at"]).collect();
        check(Contact, body.as_bytes(), &unread, &[("/name", name)]).await;
    }
    let deep = format!(
        r#"{{"id":"5","new":{}1{},"name":"n"}}"#,
        "[".repeat(100),
        "]".repeat(100)
    );
    check(Contact, deep.as_bytes(), &[], &[("/name", json!("n"))]).await;
}
