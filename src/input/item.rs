//! Writes values of setters as JSON.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Number, Value};

use super::id::Id;
use crate::error::InvalidField;

/// A value that a field of a request holds, as JSON.
#[doc(hidden)]
pub trait Item: Sized {
    #[doc(hidden)]
    fn into_json(self) -> Result<Value, InvalidField>;
}

macro_rules! item {
    ($($kind:ty: |$value:ident| $json:expr;)*) => {$(
        impl Item for $kind {
            fn into_json(self) -> Result<Value, InvalidField> {
                let $value = self;
                Ok($json)
            }
        }
    )*};
}
item! {
    String: |text| Value::String(text);
    Id: |id| Value::String(id.0);
    i64: |number| number.into();
    f64: |number| Number::from_f64(number).map_or(Value::Null, Value::Number);
    bool: |truth| Value::Bool(truth);
    // The shape of the field says in which form it is sent.
    DateTime<Utc>: |time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true).into();
    Value: |value| value;
}
