//! The values of fields: what `object::Lenient` reads, and what is written.
//!
//! JSON Schema does not tell 1.0 from 1, and a pattern knows neither how long a month is nor where a number overflows. But for
//! that, what is admitted is what is read.

use chrono::{DateTime, Utc};
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// What can be the value of a field.
pub(crate) trait Held {
    /// Its schema; whether null is read too is for the field to say.
    fn held(generator: &mut SchemaGenerator) -> Schema;
}

/// Numbers as Rust reads them from a text.
macro_rules! number {
    () => {
        r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
    };
}

/// A time of day.
macro_rules! time {
    () => {
        r"\s*(?:[01]?[0-9]|2[0-3]):\s*[0-5]?[0-9]:\s*(?:[0-5]?[0-9]|60)(?:\.[0-9]+)?"
    };
}

/// How far a time of day is from UTC.
macro_rules! offset {
    () => {
        r"(?:[Zz]|\s*[+\-−](?:[01][0-9]|2[0-3])[\s:]*[0-5][0-9])"
    };
}

const INTEGER: &str = r"^\s*[+-]?[0-9]+\s*$";
const INTEGER_ID: &str = r"^[+-]?[0-9]+$";
const NUMBER: &str = concat!(r"^\s*", number!(), r"\s*$");
const INSTANT: &str = concat!(
    r"^\s*(?:",
    number!(),
    r"|(?:[0-9]{1,4}|[+-][0-9]+)-\s*(?:0?[1-9]|1[0-2])-\s*(?:0?[1-9]|[12][0-9]|3[01])",
    // Without a `T` the offset is needed.
    concat!(
        "(?:T",
        time!(),
        offset!(),
        "?|[t ]",
        time!(),
        offset!(),
        ")?"
    ),
    r")\s*$"
);

/// A scalar that is written as its type says, and read from the schema given here.
macro_rules! scalar {
    ($type:ty, $read:tt) => {
        impl Held for $type {
            fn held(generator: &mut SchemaGenerator) -> Schema {
                match generator.contract().is_serialize() {
                    true => generator.subschema_for::<$type>(),
                    false => json_schema!($read),
                }
            }
        }
    };
}

scalar!(String, { "type": ["string", "number", "boolean"], "minimum": i64::MIN, "maximum": u64::MAX });
scalar!(i64, {
    "type": ["integer", "string"], "minimum": i64::MIN, "maximum": i64::MAX, "pattern": INTEGER,
});
scalar!(f64, { "type": ["number", "string"], "pattern": NUMBER });
scalar!(bool, {
    "type": ["boolean", "string", "integer"], "minimum": 0, "maximum": 1, "pattern": "^(?:true|false)$",
});
scalar!(Map<String, Value>, { "type": ["object", "array"], "maxItems": 0 });

impl Held for Value {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

impl<T: Held> Held for Vec<T> {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        let items = T::held(generator);
        if generator.contract().is_serialize() {
            return json_schema!({ "type": "array", "items": items });
        }
        let items = or_null(items);
        // Of an envelope, every list counts and nothing else does.
        json_schema!({
            "type": ["array", "object"], "items": items.clone(), "additionalProperties": { "items": items },
        })
    }
}

/// An id that requests carry as an integer.
pub(crate) struct IntegerId;

impl Held for IntegerId {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        match generator.contract().is_serialize() {
            true => json_schema!({ "type": "integer" }),
            false => json_schema!({
                "type": ["integer", "string"], "minimum": i64::MIN, "maximum": u64::MAX, "pattern": INTEGER_ID,
            }),
        }
    }
}

/// An id that is read from any text, and written as an integer where it is one.
pub(crate) struct IntegerOrText;

impl Held for IntegerOrText {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        match generator.contract().is_serialize() {
            true => json_schema!({
                "type": ["integer", "string"], "not": { "type": "string", "pattern": INTEGER_ID },
            }),
            false => String::held(generator),
        }
    }
}

/// The id of a resource, which is read from no empty text.
pub(crate) struct Id;

impl Held for Id {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = String::held(generator);
        if generator.contract().is_deserialize() {
            schema.insert("minLength".to_owned(), 1.into());
        }
        schema
    }
}

/// An instant that is written as Unix seconds.
pub(crate) struct UnixSeconds;

/// An instant that is written as ISO 8601.
pub(crate) struct Iso8601;

impl Held for UnixSeconds {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        match generator.contract().is_serialize() {
            true => json_schema!({ "type": "number" }),
            false => instant(),
        }
    }
}

impl Held for Iso8601 {
    fn held(generator: &mut SchemaGenerator) -> Schema {
        match generator.contract().is_serialize() {
            true => json_schema!({ "type": "string", "format": "date-time" }),
            false => instant(),
        }
    }
}

/// An instant, however it is read.
fn instant() -> Schema {
    json_schema!({
        "type": ["number", "string"],
        "minimum": DateTime::<Utc>::MIN_UTC.timestamp(),
        "exclusiveMaximum": DateTime::<Utc>::MAX_UTC.timestamp() + 1,
        "pattern": INSTANT,
    })
}

/// The schema, with null besides.
pub(super) fn or_null(mut schema: Schema) -> Schema {
    if schema.as_bool() == Some(true) {
        return schema;
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.push(json!({ "type": "null" }));
        return schema;
    }
    match schema.get("type") {
        Some(_) => admit(schema, "null"),
        None => json_schema!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// The schema, with another type besides, to which none of its keywords applies.
pub(super) fn admit(mut schema: Schema, kind: &str) -> Schema {
    let kinds = match schema.remove("type") {
        Some(Value::Array(mut kinds)) => {
            kinds.push(kind.into());
            kinds
        }
        Some(one) => vec![one, kind.into()],
        None => return schema,
    };
    schema.insert("type".to_owned(), kinds.into());
    schema
}
