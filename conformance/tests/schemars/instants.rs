//! Instants in texts: the pattern of the schema against what is parsed.

use intercom_client::v2_14::types::Tag;
use serde_json::{Value, json};

#[test]
fn a_text_is_admitted_as_an_instant_if_it_is_read_as_one() {
    let schema = super::reads::<Tag>();
    let check = |text: &str, read: bool| {
        let tag = json!({ "id": "1", "applied_at": text });
        assert_eq!(
            super::through::<Tag>(&tag).is_ok(),
            read,
            "{text:?} is read"
        );
        assert_eq!(schema.is_valid(&tag), read, "{text:?} is admitted");
    };
    for text in TIMES {
        check(text, true);
        check(&format!(" {text}\n"), true);
        for cut in text.char_indices().map(|(at, _)| at).skip(1) {
            let tag = json!({ "id": "1", "applied_at": &text[..cut] });
            assert_eq!(
                super::through::<Tag>(&tag).is_ok(),
                schema.is_valid(&tag),
                "{tag}"
            );
        }
    }
    for text in NO_TIMES {
        check(text, false);
    }
}

/// In every form that is read.
const TIMES: &[&str] = &[
    "1700000000",
    "-1",
    "+1.7e9",
    ".5",
    "5.",
    "2023-11-14",
    "+2023-1-4",
    "2023-11-14T22:13:20",
    "2023-11-14T22:13:20.250",
    "2023-11-14T22:13:20Z",
    "2023-11-14t22:13:20.123456789z",
    "2023-11-14 22:13:20+01:00",
    "2023-11-14T22:13:20+0100",
    "2023-11-14T22:13:20.5 -01:30",
    "2023-11-14T22:13:60Z",
    "2023-11-14T22:13:20−01:00",
    "2023- 1- 4T 2: 3: 4",
];

const NO_TIMES: &[&str] = &[
    "",
    "soon",
    "nan",
    "inf",
    "1e",
    "2023-11",
    "2023-13-01",
    "2023-11-32",
    "12023-11-14",
    "2023-11-14 22:13:20",
    "2023-11-14T24:00:00Z",
    "2023-11-14T22:60:00Z",
    "2023-11-14T22:13Z",
    "2023-11-14T22:13:20+01",
    "2023-11-14T22:13:20+25:00",
    "2023-11-14T22:13:20Zulu",
];

#[test]
fn what_no_pattern_can_know_is_all_that_is_admitted_and_not_read() {
    let schema = super::reads::<Tag>();
    for beyond in ["2023-02-30", "99999999999999999999", "1e99"] {
        let tag = json!({ "id": "1", "applied_at": beyond });
        assert!(
            schema.is_valid(&tag) && super::through::<Tag>(&tag).is_err(),
            "{beyond}"
        );
    }
    for (number, read) in [
        (json!(8_210_266_876_799_i64), true),
        (json!(8_210_266_876_800_i64), false),
        (json!(-8_334_601_228_800_i64), true),
        (json!(-8_334_601_228_801_i64), false),
    ] {
        let tag: Value = json!({ "id": "1", "applied_at": number });
        assert_eq!(super::through::<Tag>(&tag).is_ok(), read, "{tag}");
        assert_eq!(schema.is_valid(&tag), read, "{tag}");
    }
}
