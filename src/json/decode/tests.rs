use std::collections::HashMap;

use super::from_json;

#[test]
fn the_path_is_named_and_the_value_is_not() {
    let error =
        from_json::<HashMap<String, Vec<u8>>>(br#"{"ages": [1, "ada@example.com"]}"#).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("ages[1]"), "{text}");
    assert!(!text.contains("ada"), "{text}");
}

#[test]
fn a_key_that_looks_like_data_is_left_out() {
    let error = from_json::<HashMap<String, u8>>(br#"{"ada@example.com": ""}"#).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("ada"));
}

#[test]
fn what_follows_the_document_is_an_error() {
    assert!(from_json::<u8>(b"1 2").is_err());
    assert!(from_json::<u8>(b"1 \n").is_ok());
}

#[test]
fn deep_nesting_and_a_cut_are_errors() {
    let deep = "[".repeat(100_000);
    assert!(from_json::<serde_json::Value>(deep.as_bytes()).is_err());
    let error = from_json::<serde_json::Value>(b"{\"a\":").unwrap_err();
    assert!(error.to_string().contains("too early"), "{error}");
}

#[test]
fn valid_json_that_a_type_does_not_take_is_not_called_invalid() {
    #[derive(Debug, serde::Deserialize)]
    enum Plan {
        Free,
        Pro { seats: u8 },
    }
    type Body = HashMap<String, HashMap<String, Plan>>;
    for value in [
        "null",
        "3",
        "-0.5",
        "true",
        "[]",
        "{}",
        "\"Paid\"",
        "\"Pro\"",
        "{\"Pro\":{\"seats\":256}}",
        "{\"Free\":1,\"Pro\":2}",
    ] {
        let body = format!("{{\n  \"own\": {{\"plan\": {value}, \"more\": 1}}\n}}");
        let text = from_json::<Body>(body.as_bytes()).unwrap_err().to_string();
        let expected = "a value is not of the expected type at own.plan";
        assert!(text.starts_with(expected), "{value}: {text}");
    }
    let error = from_json::<Body>(b"{\"own\": {\"plan\": nul}}").unwrap_err();
    assert!(
        error.to_string().starts_with("invalid JSON at own.plan"),
        "{error}"
    );
}

#[test]
fn the_path_leads_to_where_keeping_track_of_it_leads() {
    type Body = HashMap<String, Vec<HashMap<String, u8>>>;
    let body = br#"{"pages": [{"first": 1, "last": 12}, {"last": 3}], "more": [{"next": 4}]}"#;
    for place in 0..body.len() {
        for byte in *b"x1\"{}[],:t.-\\" {
            let mut broken = body.to_vec();
            broken[place] = byte;
            let Err(error) = from_json::<Body>(&broken) else {
                continue;
            };
            let mut tracked = serde_json::Deserializer::from_slice(&broken);
            let expected = match serde_path_to_error::deserialize::<_, Body>(&mut tracked) {
                Ok(_) => String::new(),
                Err(error) => super::presentable(error.path()),
            };
            // A step less if a list has another list, or an object, in place of a value.
            let short = expected.strip_prefix(&error.path);
            assert!(
                short.is_some_and(|rest| rest.is_empty() || rest == "[0]" || rest == "[1]"),
                "{} is at {expected}, not {}",
                String::from_utf8_lossy(&broken),
                error.path
            );
        }
    }
}
