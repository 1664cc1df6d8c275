//! Odd forms of lists, objects and maps, and what is read of them.

use serde_json::{Value, json};

use super::Of::Contact;
use super::{check, field};

#[tokio::test]
async fn a_list_has_what_stands_for_items() {
    for (value, unread, expected) in [
        (
            r#"[{"id":"1"},null,{"id":"2"}]"#,
            &[][..],
            json!([{"id":"1"},{"id":"2"}]),
        ),
        (
            r#"[{"id":"1"},7,{"id":"2"},"x"]"#,
            &["tags.data[1]", "tags.data[3]"],
            json!([{"id":"1"},{"id":"2"}]),
        ),
        (
            r#"[7,"x"]"#,
            &["tags.data[0]", "tags.data[1]"],
            json!([7, "x"]),
        ),
        (r#"{"id":"1"}"#, &[], json!([{"id":"1"}])),
        (
            r#"{"1":{"id":"2"},"0":{"id":"1"}}"#,
            &[],
            json!([{"id":"1"},{"id":"2"}]),
        ),
        (
            r#"{"id":"1","names":["a"],"others":[]}"#,
            &[],
            json!([{"id":"1","names":["a"],"others":[]}]),
        ),
        (
            r#"{"id":"1","data":[{"id":"2"}]}"#,
            &[],
            json!([{"id":"1","data":[{"id":"2"}]}]),
        ),
        (
            r#"{"type":"list","data":[{"id":"1"}],"total_count":1}"#,
            &[],
            json!([{"id":"1"}]),
        ),
        (
            r#"{"0":{"id":"1"},"1":true}"#,
            &["tags.data[1]"],
            json!([{"id":"1"}]),
        ),
        (
            r#"[{"id":{}},{"name":"n"}]"#,
            &["tags.data[0].id"],
            json!([{"id":{}},{"name":"n"}]),
        ),
        ("null", &[], Value::Null),
        ("\"\"", &[], Value::Null),
        ("{}", &[], Value::Null),
        ("7", &["tags.data"], json!(7)),
        ("\"x\"", &["tags.data"], json!("x")),
        ("true", &["tags.data"], json!(true)),
    ] {
        let body = format!(r#"{{"id":"5","tags":{{"data":{value},"has_more":true}},"name":"n"}}"#);
        let places = [
            ("/tags/data", expected),
            ("/tags/has_more", json!(true)),
            ("/name", json!("n")),
        ];
        check(Contact, body.as_bytes(), unread, &places).await;
    }
}

#[tokio::test]
async fn an_object_or_a_map_is_one_or_nothing() {
    for name in ["location", "custom_attributes"] {
        for value in ["null", "\"\"", "[]", "\" \""] {
            field(name, value, true, Value::Null).await;
        }
        for value in ["7", "true", "\"x\"", "[7]"] {
            let json: Value = serde_json::from_str(value).unwrap();
            field(name, value, false, json).await;
        }
    }
    field(
        "custom_attributes",
        r#"{"a":null,"b":[{}],"c":{"d":1}}"#,
        true,
        json!({"a":null,"b":[{}],"c":{"d":1}}),
    )
    .await;
}
