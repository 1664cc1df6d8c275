//! Reads some fields of a body and skips the others.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::BOM;
use super::raw::{self, Text};
use super::read::{Lenient, Read};
use super::unread::{Mode, Reading};

/// The texts of fields in the order of their names, of a duplicate key the last one.
type Texts<const N: usize> = [Option<Box<RawValue>>; N];

/// Returns the values of fields of an object; null for a field that is missing, and for all of them if it is no object.
pub(crate) fn pick<const N: usize>(body: &[u8], names: [&str; N]) -> [Value; N] {
    let texts = pick_texts(body, names).unwrap_or_else(|| std::array::from_fn(|_| None));
    texts.map(|text| {
        text.and_then(|text| lenient(text.get()))
            .unwrap_or_default()
    })
}

/// Returns the texts of fields of an object; none if it is no object.
pub(crate) fn pick_texts<const N: usize>(body: &[u8], names: [&str; N]) -> Option<Texts<N>> {
    let body = body.strip_prefix(BOM).unwrap_or(body);
    let found = texts(body, names);
    // What is no UTF-8 gets a mark in its place.
    let found = found.or_else(|_| texts(String::from_utf8_lossy(body).as_bytes(), names));
    found.ok()
}

fn texts<const N: usize>(body: &[u8], names: [&str; N]) -> Result<Texts<N>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let texts = Fields(names).deserialize(&mut json)?;
    json.end().map(|()| texts)
}

/// Returns a body as any JSON; none if it is not JSON.
pub(crate) fn any(body: &[u8]) -> Option<Value> {
    lenient(&String::from_utf8_lossy(
        body.strip_prefix(BOM).unwrap_or(body),
    ))
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

/// The names of the fields, as a seed and a visitor of serde.
struct Fields<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Fields<'_, N> {
    type Value = Texts<N>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Texts<N>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Fields<'_, N> {
    type Value = Texts<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts<N>, A::Error> {
        let mut found = std::array::from_fn(|_| None);
        while let Some(Text(name)) = map.next_key()? {
            match self.0.iter().position(|wanted| *wanted == name) {
                Some(place) => found[place] = Some(map.next_value::<&RawValue>()?.to_owned()),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
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
