//! Reads some fields of a body and skips the others.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::BOM;
use super::raw::{self, Entries, Entry};
use super::read::{Lenient, Read};
use super::unread::{Mode, Reading};

/// Returns the values of fields of an object; null for a field that is missing, and for all of them if it is no object.
pub(crate) fn pick<const N: usize>(body: &[u8], names: [&str; N]) -> [Value; N] {
    let body = text(body);
    let mut values = [const { Value::Null }; N];
    if let Ok(Entries(entries)) = serde_json::from_str(&body) {
        for (value, name) in values.iter_mut().zip(names) {
            *value = last(&entries, name)
                .and_then(|text| lenient(text.get()))
                .unwrap_or_default();
        }
    }
    values
}

/// Returns the texts of fields of an object; none if it is no object.
#[cfg(feature = "webhooks")]
pub(crate) fn pick_texts<const N: usize>(
    body: &[u8],
    names: [&str; N],
) -> Option<[Option<Box<RawValue>>; N]> {
    let body = text(body);
    let Entries(entries) = serde_json::from_str(&body).ok()?;
    let mut texts = [const { None }; N];
    for (text, name) in texts.iter_mut().zip(names) {
        *text = last(&entries, name).map(ToOwned::to_owned);
    }
    Some(texts)
}

/// Returns the value of a field, of a duplicate key the last one.
fn last<'b>(entries: &[Entry<'b>], name: &str) -> Option<&'b RawValue> {
    let (_, value) = entries.iter().rfind(|(other, _)| *other == name)?;
    Some(value)
}

/// Returns a body as a text; what is no UTF-8 gets a mark in its place.
fn text(body: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(body.strip_prefix(BOM).unwrap_or(body))
}

/// Returns a body as any JSON; none if it is not JSON.
pub(crate) fn any(body: &[u8]) -> Option<Value> {
    lenient(&text(body))
}

/// Reads a text as leniently as a field of a response; what cannot be read is none.
pub(crate) fn lenient<T: Lenient>(text: &str) -> Option<T> {
    value(|| raw::read(text))
}

/// Reads JSON as leniently as a field of a response; what cannot be read is none.
pub(crate) fn typed<T: Lenient>(json: Value) -> Option<T> {
    value(|| T::lenient(json))
}

fn value<T>(read: impl FnOnce() -> Result<Read<T>, serde_json::Error>) -> Option<T> {
    // So that what is left out is not noted anywhere.
    let _reading = Reading::new(Mode::Unasked);
    match read() {
        Ok(Read::Value(value) | Read::Unfit(value)) => Some(value),
        Ok(Read::Nothing | Read::Odd(_) | Read::Noted(_)) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{any, pick};

    #[test]
    fn fields_are_found_whatever_stands_beside_them() {
        let deep = "[".repeat(1_000) + &"]".repeat(1_000);
        for beside in [
            r#""a":"\ud83d","#,
            r#""\ud83d":1,"#,
            r#""a":1e400,"#,
            r#""b":7,"a":1,"a":2,"#,
            &format!(r#""a":{deep},"#),
        ] {
            let body = format!("\u{feff} {{{beside}\"b\":{{\"c\":1}}}} ");
            assert_eq!(pick(body.as_bytes(), ["b"]), [json!({ "c": 1 })], "{body}");
        }
        let body = b"{\"a\":\"\xff\",\"b\":123456789012345678901234567890}";
        assert_eq!(
            pick(body, ["b", "a", "c"]),
            [
                json!("123456789012345678901234567890"),
                json!("\u{fffd}"),
                Value::Null
            ]
        );
    }

    #[test]
    fn what_is_no_object_has_no_fields() {
        for body in [
            "",
            "[1]",
            "null",
            "7",
            r#"{"b":1"#,
            r#"{"b":1} x"#,
            "<html>",
        ] {
            assert_eq!(pick(body.as_bytes(), ["b"]), [Value::Null], "{body}");
        }
        assert_eq!(any(b"<html>"), None);
    }
}
