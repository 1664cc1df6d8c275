//! Reads JSON that a user gave for a request, strictly: what would be lost, or cannot be meant, is an error that names its path.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Number, Value};

use super::nearest::did_you_mean;
use super::shape::{Field, Object, Shape, Union};
use crate::error::InvalidField;
use crate::json;

/// The largest integer up to which every integer is exact as a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

type Read = Result<Value, InvalidField>;

fn wrong(reason: &str) -> InvalidField {
    InvalidField::new("", reason)
}

/// Checks a value and everything in it, and returns it in the form in which it is sent.
pub(crate) fn read(shape: &Shape, value: Value) -> Read {
    match shape {
        Shape::Object(declared) => match value {
            Value::Object(map) => complete(declared, fields(declared, map)?),
            _ => Err(wrong("is not an object")),
        },
        Shape::Union(union) => alternative(union, value),
        Shape::List(items) => list(items, value, read),
        shape => scalar(shape, value),
    }
}

/// Does the same for the value of a setter; what is inside of its objects was checked when it was set there.
pub(crate) fn scalar(shape: &Shape, value: Value) -> Read {
    match shape {
        Shape::Any | Shape::Object(_) | Shape::Union(_) => Ok(value),
        Shape::Map if value.is_object() => Ok(value),
        Shape::Map => Err(wrong("is not an object")),
        Shape::List(items) => list(items, value, scalar),
        Shape::Text | Shape::Id => text(value),
        Shape::IntegerId => integer(&value),
        Shape::Integer => integer(&value).and_then(|value| {
            if value.is_i64() {
                Ok(value)
            } else {
                Err(wrong("is too large an integer"))
            }
        }),
        Shape::Number => number(&value),
        Shape::Bool => truth(&value),
        Shape::UnixSeconds => Ok(time(&value)?.timestamp().into()),
        Shape::Iso8601 => {
            let time = time(&value)?;
            Ok(time.to_rfc3339_opts(SecondsFormat::AutoSi, true).into())
        }
    }
}

fn list(shape: &Shape, value: Value, read: fn(&Shape, Value) -> Read) -> Read {
    let Value::Array(mut items) = value else {
        return Err(wrong("is not a list"));
    };
    for (index, item) in items.iter_mut().enumerate() {
        *item = match read(shape, item.take()) {
            Ok(item) => item,
            Err(error) => return Err(error.at(index)),
        };
    }
    Ok(Value::Array(items))
}

fn text(value: Value) -> Read {
    match value {
        Value::String(_) => Ok(value),
        Value::Number(number) => Ok(number.to_string().into()),
        Value::Bool(truth) => Ok(truth.to_string().into()),
        _ => Err(wrong("is not text")),
    }
}

fn integer(value: &Value) -> Read {
    let found = match value {
        Value::Number(number) if number.is_f64() => number.as_f64().and_then(whole),
        Value::Number(_) => Some(value.clone()),
        Value::String(text) => json::integer(text.trim()),
        _ => None,
    };
    found.ok_or_else(|| wrong("is not an integer"))
}

/// Converts a float without a fraction to the integer that it is.
fn whole(number: f64) -> Option<Value> {
    (number.fract() == 0.0 && number.abs() < EXACT).then(|| Value::from(number as i64))
}

fn number(value: &Value) -> Read {
    let parsed = match value {
        Value::Number(number) => number.as_f64().filter(|_| number.is_f64()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let found = match (value, parsed) {
        (_, Some(number)) => whole(number).or_else(|| Number::from_f64(number).map(Value::Number)),
        // An integer stays as it is.
        (Value::Number(_), None) => Some(value.clone()),
        _ => None,
    };
    found.ok_or_else(|| wrong("is not a number"))
}

fn truth(value: &Value) -> Read {
    let found = match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    };
    found
        .map(Value::Bool)
        .ok_or_else(|| wrong("is neither true nor false"))
}

fn time(value: &Value) -> Result<DateTime<Utc>, InvalidField> {
    let found = match value {
        Value::Number(number) => json::instant(&number.to_string()),
        Value::String(text) => json::instant(text),
        _ => None,
    };
    found.ok_or_else(|| wrong("is not a time"))
}

/// Checks the fields of an object, without a check for missing ones.
pub(crate) fn fields(
    declared: &Object,
    given: Map<String, Value>,
) -> Result<Map<String, Value>, InvalidField> {
    let mut read = Map::new();
    for (name, value) in given {
        let Some(field) = declared.field(&name) else {
            return Err(unknown(declared, &name));
        };
        let value = of_field(field, value).map_err(|error| error.within(&name))?;
        read.insert(name, value);
    }
    Ok(read)
}

fn of_field(field: &Field, value: Value) -> Read {
    match value {
        Value::Null if field.is_nullable || matches!(field.shape, Shape::Any) => Ok(Value::Null),
        Value::Null => Err(wrong("cannot be null")),
        value => read(&field.shape, value),
    }
}

/// The error of an unknown field.
pub(crate) fn unknown(declared: &Object, name: &str) -> InvalidField {
    let mut names = declared.fields.iter().map(|field| field.name);
    let hint = did_you_mean(name, &mut names);
    InvalidField::new(name, format!("this version has no such field{hint}"))
}

/// Adds the constants to the object, if nothing is missing.
pub(crate) fn complete(declared: &Object, mut map: Map<String, Value>) -> Read {
    for field in declared.fields {
        match field.constant {
            _ if !field.is_required || map.contains_key(field.name) => {}
            Some(constant) => drop(map.insert(field.name.to_owned(), constant.into())),
            None => return Err(InvalidField::missing(field.name)),
        }
    }
    let mut given = 0;
    for name in declared.one_of {
        given += usize::from(map.contains_key(*name));
    }
    if declared.one_of.is_empty() || given == 1 {
        return Ok(Value::Object(map));
    }
    let names = declared.one_of.join("`, `");
    Err(wrong(&format!("exactly one of `{names}` is required")))
}

/// Reads the value as the alternative that accepts it; else the error is that of the alternative that is most similar.
fn alternative(union: &Union, value: Value) -> Read {
    let mut closest: Option<(i64, InvalidField)> = None;
    // What has another constant comes last.
    for is_contradicted in [false, true] {
        for shape in union.alternatives {
            if contradicts(shape, &value) != is_contradicted {
                continue;
            }
            let error = match read(shape, value.clone()) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let likeness = likeness(shape, &value);
            if closest.as_ref().is_none_or(|(most, _)| likeness > *most) {
                closest = Some((likeness, error));
            }
        }
    }
    Err(match closest {
        Some((_, error)) => error,
        None => wrong(&format!("is none of the alternatives of {}", union.name)),
    })
}

/// Whether a value has another constant than an alternative has.
fn contradicts(shape: &Shape, value: &Value) -> bool {
    let Shape::Object(declared) = shape else {
        return false;
    };
    for field in declared.fields {
        if let (Some(constant), Some(value)) = (field.constant, value.get(field.name))
            && value != constant
        {
            return true;
        }
    }
    false
}

/// How much of a value an alternative knows, less what is missing; a constant counts more than all fields.
fn likeness(shape: &Shape, value: &Value) -> i64 {
    match (shape, value) {
        (Shape::Object(declared), Value::Object(map)) => {
            let mut points = 0;
            for field in declared.fields {
                points += match (map.get(field.name), field.constant) {
                    (Some(value), Some(constant)) if value == constant => 1000,
                    (Some(_), _) => 2,
                    (None, None) if field.is_required => -1,
                    (None, _) => 0,
                };
            }
            points
        }
        (Shape::List(items), Value::Array(list)) => match list.first() {
            Some(item) => likeness(items, item),
            None => 0,
        },
        (Shape::Union(union), value) => {
            let mut most = None;
            for shape in union.alternatives {
                most = most.max(Some(likeness(shape, value)));
            }
            most.unwrap_or(0)
        }
        _ => i64::MIN,
    }
}
