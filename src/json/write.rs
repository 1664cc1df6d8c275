//! Writes values, each in the form that the description declares.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::unknown::UnknownFields;

/// Writes a value by serde.
pub(crate) fn serialize<T: ToJson, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.to_item().serialize(serializer)
}

/// The value of a field as JSON; none if there is nothing to write.
pub(crate) trait ToJson {
    fn to_json(&self) -> Option<Value>;

    /// The value as an item of a list, where an empty one counts.
    fn to_item(&self) -> Value {
        self.to_json().unwrap_or_default()
    }
}

macro_rules! to_json {
    ($($kind:ty: |$value:ident| $json:expr;)*) => {$(
        impl ToJson for $kind {
            fn to_json(&self) -> Option<Value> {
                let $value = self;
                $json
            }
        }
    )*};
}
to_json! {
    String: |text| Some(text.as_str().into());
    i64: |number| Some((*number).into());
    f64: |number| Some(number_of(*number));
    bool: |truth| Some((*truth).into());
    Value: |value| Some(value.clone());
    DateTime<Utc>: |time| Some(seconds(*time));
}

/// An empty map is not written.
impl ToJson for Map<String, Value> {
    fn to_json(&self) -> Option<Value> {
        (!self.is_empty()).then(|| self.to_item())
    }

    fn to_item(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Option<Value> {
        self.as_ref()?.to_json()
    }
}

/// An empty list is not written.
impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Option<Value> {
        (!self.is_empty()).then(|| self.to_item())
    }

    fn to_item(&self) -> Value {
        self.iter().map(ToJson::to_item).collect()
    }
}

/// Writes a number without a fraction as an integer, if that is exact.
fn number_of(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return (number as i64).into();
    }
    number.into()
}

/// Writes Unix seconds, with a fraction if there is one.
fn seconds(time: DateTime<Utc>) -> Value {
    match time.timestamp_subsec_micros() {
        0 => time.timestamp().into(),
        _ => (time.timestamp_micros() as f64 / 1e6).into(),
    }
}

/// Collects the fields of a struct.
#[derive(Default)]
pub(crate) struct Writer(Map<String, Value>);

impl Writer {
    pub(crate) fn put(&mut self, name: &str, value: &dyn ToJson) {
        if let Some(json) = value.to_json() {
            self.0.insert(name.to_owned(), json);
        }
    }

    /// Writes the list of an envelope, even if it is empty.
    pub(crate) fn list(&mut self, name: &str, list: &dyn ToJson) {
        let json = list.to_json().unwrap_or(Value::Array(Vec::new()));
        self.0.insert(name.to_owned(), json);
    }

    /// Writes a time as ISO 8601.
    pub(crate) fn iso(&mut self, name: &str, time: &Option<DateTime<Utc>>) {
        if let Some(time) = time {
            let text = time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            self.0.insert(name.to_owned(), text.into());
        }
    }

    /// Writes ids as the integers that the description declares, if they are some.
    pub(crate) fn integer_ids(&mut self, name: &str, ids: &dyn ToJson) {
        if let Some(ids) = ids.to_json() {
            self.0.insert(name.to_owned(), integers(ids));
        }
    }

    /// Writes the fields that the type does not declare, and those that could not be read and have no value.
    pub(crate) fn unknown(&mut self, unknown: &UnknownFields) {
        for (name, value) in unknown.iter() {
            let place = self.0.entry(name).or_insert(Value::Null);
            let is_empty = match &*place {
                Value::Null => true,
                Value::String(text) => text.is_empty(),
                Value::Array(list) => list.is_empty(),
                _ => false,
            };
            if is_empty {
                *place = value.clone();
            }
        }
    }

    pub(super) fn finish(self) -> Value {
        Value::Object(self.0)
    }
}

fn integers(ids: Value) -> Value {
    match ids {
        // Another text of the same number, like 007, is kept.
        Value::String(text) => match integer(&text) {
            Some(number) if format!("{number}") == text => number,
            _ => Value::String(text),
        },
        Value::Array(ids) => ids.into_iter().map(integers).collect(),
        other => other,
    }
}

/// Returns the integer that a text is.
pub(crate) fn integer(text: &str) -> Option<Value> {
    let signed = text.parse::<i64>().map(Value::from);
    signed
        .or_else(|_| text.parse::<u64>().map(Value::from))
        .ok()
}
