use serde_json::{Value, json};

use super::parse;
use crate::warnings::Notes;

fn read(text: &str) -> Value {
    parse(text, &mut Notes::default()).unwrap()
}

fn refused(text: &str) -> String {
    parse(text, &mut Notes::default()).unwrap_err().to_string()
}

#[test]
fn scalars_are_what_yaml_1_2_says() {
    let values = read(
        "[no, on, yes, off, null, ~, true, False, 12, -3, 0x1F, 0o17, 1.5, 1e3, .5, 18446744073709551615, \
         2020-01-01, 12:30, 1_000, .inf, +, e5, \"12\", !!str 12]",
    );
    let expected = json!([
        "no",
        "on",
        "yes",
        "off",
        null,
        null,
        true,
        false,
        12,
        -3,
        31,
        15,
        1.5,
        1000.0,
        0.5,
        18446744073709551615u64,
        "2020-01-01",
        "12:30",
        "1_000",
        ".inf",
        "+",
        "e5",
        "12",
        "12"
    ]);
    assert_eq!(values, expected);
}

#[test]
fn keys_are_text() {
    assert_eq!(
        read("200: a\ntrue: b\n2.10: c"),
        json!({"200": "a", "true": "b", "2.10": "c"})
    );
}

#[test]
fn a_version_keeps_its_digits() {
    assert_eq!(
        read("info: {version: 2.10}"),
        json!({"info": {"version": "2.10"}})
    );
    let schema = "type: string\nenum: [2.10, 2.9, 3, null]\ndefault: 2.10\nmaximum: 2.10";
    let expected = json!({"type": "string", "enum": ["2.10", "2.9", 3, null], "default": "2.10", "maximum": 2.1});
    assert_eq!(read(schema), expected);
}

#[test]
fn aliases_stand_for_what_they_name() {
    assert_eq!(
        read("a: &x {b: [1]}\nc: *x"),
        json!({"a": {"b": [1]}, "c": {"b": [1]}})
    );
    assert_eq!(read("a: &x 1\nb: [*x, *x]"), json!({"a": 1, "b": [1, 1]}));
}

#[test]
fn json_is_read_as_json() {
    assert_eq!(
        read("{\"a\": \"\\ud83d\\ude00\", \"b\": 1.0}"),
        json!({"a": "😀", "b": 1.0})
    );
    assert_eq!(read("{a: b}"), json!({"a": "b"}));
}

#[test]
fn a_key_that_is_written_twice_is_noted() {
    let mut notes = Notes::default();
    let value = parse("a: {b: 1, b: 2}", &mut notes).unwrap();
    assert_eq!(value, json!({"a": {"b": 2}}));
    assert_eq!(
        notes.to_string(),
        "note: /a/b: written twice, the last one counts\n"
    );
}

#[test]
fn what_is_neither_is_refused() {
    assert!(
        refused("a: [1").starts_with("not YAML: "),
        "{}",
        refused("a: [1")
    );
    assert!(
        refused("{\"a\": ").starts_with("not JSON: "),
        "{}",
        refused("{\"a\": ")
    );
    assert_eq!(refused(""), "not YAML: there is nothing in it");
    assert_eq!(
        refused("? [a]\n: b"),
        "not YAML: a key that is not a scalar in line 1"
    );
    assert_eq!(
        refused("a: 1\n---\nb: 2"),
        "not YAML: a second document in line 2"
    );
    assert_eq!(
        refused(&"- ".repeat(200)),
        "not YAML: too deep a nesting in line 1"
    );
}
