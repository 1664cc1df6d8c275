//! What every fixture of every version reads: each field in every way that the API has been seen to send it.

use serde_json::{Value, json};

use crate::{each, pointers, with};

/// Whether a field holds an instant.
fn is_instant(pointer: &str) -> bool {
    let name = pointer.rsplit('/').next().unwrap_or_default();
    name.ends_with("_at") || ["first", "last"].contains(&name)
}

/// Whether what is there is data of the workspace's own, which keeps the type it came in.
fn is_attribute(pointer: &str) -> bool {
    pointer.contains("_attributes/") && !pointer.contains("ticket_type_attributes/")
}

#[test]
fn every_field_may_be_null_or_absent_and_a_resources_own_id_is_empty_then() {
    each(|name, fixture, read| {
        for id in fixture.ids {
            let found = pointers(&fixture.body);
            assert!(
                found.iter().any(|found| fixture.is_id(found)),
                "{name} {id}"
            );
        }
        for pointer in pointers(&fixture.body) {
            let null = with(&fixture.body, &pointer, Value::Null);
            let mut absent = null.clone();
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            if let Some(Value::Object(parent)) = absent.pointer_mut(parent) {
                parent.remove(key);
            }
            for body in [null, absent] {
                let read = read(&body).unwrap_or_else(|error| panic!("{name} {pointer}: {error}"));
                if fixture.is_id(&pointer) {
                    assert_eq!(read.pointer(&pointer), Some(&json!("")), "{name} {pointer}");
                }
            }
        }
    });
}

#[test]
fn every_object_may_have_fields_that_are_not_described() {
    each(|name, fixture, read| {
        let mut all = pointers(&fixture.body);
        all.push(String::new());
        for pointer in all {
            let mut more = fixture.body.clone();
            if let Some(Value::Object(map)) = more.pointer_mut(&pointer) {
                map.insert("not_described".to_owned(), json!({ "yet": [1, null] }));
                read(&more).unwrap_or_else(|error| panic!("{name} {pointer}: {error}"));
            }
        }
    });
}

/// Articles have no parent of their own from 2.16 on: what comes all the same is kept as it came.
fn is_undeclared(name: &str, pointer: &str) -> bool {
    name == "article of 2.16" && pointer == "/parent_id"
}

#[test]
fn ids_and_numbers_are_read_from_strings_and_back() {
    each(|name, fixture, read| {
        for pointer in pointers(&fixture.body) {
            let other = match fixture.body.pointer(&pointer).unwrap() {
                Value::Number(number) => json!(number.to_string()),
                Value::String(text) => match text.parse::<i64>() {
                    Ok(number) => json!(number),
                    Err(_) => continue,
                },
                _ => continue,
            };
            let written = read(&with(&fixture.body, &pointer, other));
            let written = written.unwrap_or_else(|error| panic!("{name} {pointer}: {error}"));
            if !is_attribute(&pointer) && !is_undeclared(name, &pointer) {
                assert_eq!(written, read(&fixture.body).unwrap(), "{name} {pointer}");
            }
        }
    });
}

#[test]
fn every_string_may_be_one_that_no_enum_knows_and_is_kept() {
    each(|name, fixture, read| {
        let held = read(&fixture.body).unwrap();
        for pointer in pointers(&fixture.body) {
            let Some(text) = fixture.body.pointer(&pointer).unwrap().as_str() else {
                continue;
            };
            if is_instant(&pointer) || text.parse::<i64>().is_ok() {
                continue;
            }
            let written = read(&with(&fixture.body, &pointer, json!("something_new")));
            let written = written.unwrap_or_else(|error| panic!("{name} {pointer}: {error}"));
            if held.pointer(&pointer).is_some_and(Value::is_string) {
                assert_eq!(
                    written.pointer(&pointer),
                    Some(&json!("something_new")),
                    "{name} {pointer}"
                );
            }
        }
    });
}

#[test]
fn instants_are_read_from_every_form_and_written_in_one() {
    let mut checked = 0;
    each(|name, fixture, read| {
        let all = pointers(&fixture.body);
        for pointer in all.iter().filter(|pointer| is_instant(pointer)) {
            if fixture.body.pointer(pointer).unwrap().is_null() {
                continue;
            }
            let written = |form: Value| {
                let read = read(&with(&fixture.body, pointer, form.clone()));
                let read = read.unwrap_or_else(|error| panic!("{name} {pointer} {form}: {error}"));
                read.pointer(pointer).cloned()
            };
            let whole = written(json!(1_700_000_000));
            for form in [
                json!("1700000000"),
                json!("2023-11-14T22:13:20Z"),
                json!("2023-11-14T23:13:20+01:00"),
            ] {
                assert_eq!(written(form.clone()), whole, "{name} {pointer} {form}");
            }
            let part = written(json!(1_700_000_000.25));
            assert_ne!(part, whole, "{name} {pointer}");
            let text = json!("2023-11-14T22:13:20.250Z");
            assert_eq!(written(text), part, "{name} {pointer}");
            if let Some(Value::Number(_)) = fixture.body.pointer(pointer) {
                assert_eq!(whole, Some(json!(1_700_000_000)), "{name} {pointer}");
            }
            checked += 1;
        }
    });
    assert!(checked > 20, "{checked}");
}

#[test]
fn what_is_read_is_written_again() {
    let mut dropped = Vec::new();
    each(|name, fixture, read| {
        let written = read(&fixture.body).unwrap();
        for pointer in pointers(&fixture.body) {
            let sent = fixture.body.pointer(&pointer).unwrap();
            // Nobody is assigned where the id is 0.
            let nobody =
                pointer.ends_with("/admin_assignee_id") && [json!(0), json!("0")].contains(sent);
            let nothing = nobody || [json!(null), json!([]), json!({})].contains(sent);
            match written.pointer(&pointer) {
                None if nothing => {}
                None => dropped.push(format!("{name} {pointer}")),
                Some(found) if sent.is_object() || sent.is_array() => assert!(!found.is_null()),
                Some(_) if is_instant(&pointer) => {}
                Some(found) => {
                    let text = |value: &Value| value.to_string().trim_matches('"').to_owned();
                    // Money is a number: 49 is written as 49.0.
                    let is_same = found.is_f64() && found.as_f64() == sent.as_f64();
                    assert!(
                        is_same || text(found) == text(sent),
                        "{name} {pointer}: {found}, not {sent}"
                    );
                }
            }
        }
    });
    assert_eq!(dropped, Vec::<String>::new());
}

/// Forms in which no description declares the value, or not this one.
fn forms() -> Vec<Value> {
    let mut forms = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(7.0),
        json!(1.5),
        json!(-0.25),
        json!(1e15),
        json!(1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1_700_000_000),
        json!(1_700_000_000_000_i64),
        json!(1_700_000_000_000_000_i64),
        json!([]),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!([1, "2", null, { "id": 3 }, [4]]),
        json!({}),
        json!({ "id": 7 }),
        json!({ "id": { "id": {} } }),
        json!({ "0": { "id": "1" }, "1": { "id": "2" } }),
        json!({ "type": "list", "data": [{ "id": "1" }, 2] }),
        json!({ "data": "x" }),
        json!({ "at": 1 }),
        json!({ "name": null }),
    ];
    for text in [
        "",
        " ",
        "x",
        "0",
        "1",
        "-3",
        "1.5",
        "1e3",
        "NaN",
        "inf",
        "true",
        "TRUE",
        "False",
        "null",
        "soon",
        "2023-11-14",
        "2023-11-14 22:13:20",
        "2023-11-14T22:13:20Z",
        "Tue, 14 Nov 2023 22:13:20 +0000",
        "1700000000",
        "99999999999999999999",
        "https://example.com/a?starting_after=b",
        "/contacts?page=2",
        "\u{feff}",
        "\u{0}",
    ] {
        forms.push(json!(text));
        forms.push(json!([text]));
        forms.push(json!({ "id": text }));
        forms.push(json!({ text: text }));
    }
    forms
}

/// Whether a form says as much as nothing.
fn is_empty_value(form: &Value) -> bool {
    matches!(form, Value::Null)
        || [json!(0), json!("0"), json!({})].contains(form)
        || form.as_str().is_some_and(|text| text.trim().is_empty())
        || form
            .as_array()
            .is_some_and(|items| items.iter().all(is_empty_value))
}

#[test]
fn no_form_of_a_field_costs_the_others_and_what_came_is_kept() {
    let forms = forms();
    let mut tried = 0;
    each(|name, fixture, read| {
        let whole = read(&fixture.body).unwrap();
        for pointer in pointers(&fixture.body) {
            let top = pointer.split('/').nth(1).unwrap();
            let others = |read: &Value| {
                let mut read = read.clone();
                read.as_object_mut().unwrap().remove(top);
                read
            };
            for form in &forms {
                let odd = with(&fixture.body, &pointer, form.clone());
                let again = |stored: &Value| read(stored).unwrap();
                let read =
                    read(&odd).unwrap_or_else(|error| panic!("{name} {pointer} {form}: {error}"));
                assert_eq!(others(&read), others(&whole), "{name} {pointer} {form}");
                let is_top = pointer == format!("/{top}");
                if is_top && !is_empty_value(form) {
                    assert!(read.get(top).is_some(), "{name} {pointer} {form}");
                }
                // What is stored is read as the same.
                assert_eq!(again(&read), read, "{name} {pointer} {form}");
                tried += 1;
            }
        }
    });
    assert!(tried > 50_000, "{tried}");
}
