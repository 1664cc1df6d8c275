//! What the body of an error response says, whatever its form.

use std::fmt;
use std::slice::from_ref;

use serde_json::{Map, Value};

use crate::json;

/// One of the errors that a response reports.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The code of the error for programs, for example `parameter_invalid`.
    pub code: Option<String>,
    /// The sentence of the error for people. It may quote personal data, so `Debug` leaves it out.
    pub message: Option<String>,
    /// The field or parameter that the error is about.
    pub field: Option<String>,
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("code", &self.code)
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

/// Reads the errors and the request id in a body; nothing, if it is not JSON.
pub(super) fn read(body: &[u8]) -> (Vec<ApiError>, Option<String>) {
    let mut errors = Vec::new();
    let request_id = match json::any(body) {
        Some(Value::Object(body)) => {
            read_object(&body, &mut errors);
            text(&body, &["request_id"])
        }
        Some(Value::Array(values)) => {
            read_list(&values, None, &mut errors);
            None
        }
        _ => None,
    };
    (errors, request_id)
}

fn read_object(body: &Map<String, Value>, errors: &mut Vec<ApiError>) {
    match (body.get("errors"), body.get("error")) {
        (Some(Value::Array(values)), _) => read_list(values, None, errors),
        (Some(Value::Object(named)), _) => match members(named) {
            Some(error) => errors.push(error),
            None => {
                for (field, values) in named {
                    // One text or several.
                    match values {
                        Value::Array(values) => read_list(values, Some(field), errors),
                        value => read_list(from_ref(value), Some(field), errors),
                    }
                }
            }
        },
        (Some(value @ Value::String(_)), _) | (_, Some(value @ Value::Object(_))) => {
            read_list(from_ref(value), None, errors);
        }
        _ => {
            if let Some(error) = problem(body) {
                errors.push(error);
            }
        }
    }
}

/// Adds the errors of a list, which are of the given field if they name none.
fn read_list(values: &[Value], field: Option<&String>, errors: &mut Vec<ApiError>) {
    for value in values {
        let found = match value {
            Value::Object(error) => problem(error),
            Value::String(message) => Some(ApiError {
                code: None,
                message: Some(message.clone()),
                field: None,
            }),
            _ => None,
        };
        if let Some(mut error) = found {
            if error.field.is_none() {
                error.field = field.cloned();
            }
            errors.push(error);
        }
    }
}

/// An error, also in the form of RFC 9457.
fn problem(error: &Map<String, Value>) -> Option<ApiError> {
    let mut found = members(error).unwrap_or(ApiError {
        code: None,
        message: None,
        field: None,
    });
    if found.message.is_none() {
        found.message = text(error, &["detail", "title"]);
    }
    (found.code.is_some() || found.message.is_some()).then_some(found)
}

fn members(error: &Map<String, Value>) -> Option<ApiError> {
    let error = ApiError {
        code: text(error, &["code"]),
        message: text(error, &["message", "error_description", "error"]),
        field: text(error, &["field"]),
    };
    (error.code.is_some() || error.message.is_some()).then_some(error)
}

/// The text of the first of the members that has one.
fn text(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    for name in names {
        match object.get(*name) {
            Some(Value::String(text)) => return Some(text.clone()),
            Some(Value::Number(number)) => return Some(number.to_string()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn every_form_of_body_gives_what_it_holds() {
        let cases: [(&str, Option<&str>, Option<&str>); 9] = [
            (
                r#"{"type":"error.list","errors":[{"code":"a","message":"b"}]}"#,
                Some("a"),
                Some("b"),
            ),
            (r#"{"status":400,"error":"bad"}"#, None, Some("bad")),
            (
                r#"{"error":{"code":"a","message":"b"}}"#,
                Some("a"),
                Some("b"),
            ),
            (
                r#"{"error":"invalid_grant","error_description":"b"}"#,
                None,
                Some("b"),
            ),
            (r#"{"errors":["b"]}"#, None, Some("b")),
            (r#"{"errors":{"code":7}}"#, Some("7"), None),
            (r#"{"message":"b"}"#, None, Some("b")),
            (
                r#"{"errors":[{"code":null,"message":"b"}]}"#,
                None,
                Some("b"),
            ),
            (r#"{"errors":null,"code":"a"}"#, Some("a"), None),
        ];
        for (body, field) in [
            (r#"{"errors":{"title":["can't be blank"]}}"#, Some("title")),
            (r#"{"errors":{"title":"can't be blank"}}"#, Some("title")),
            (r#"[{"code":"a","field":"title"}]"#, Some("title")),
            (r#"{"message":"can't be blank","status":422}"#, None),
        ] {
            let (errors, _) = read(body.as_bytes());
            assert_eq!(errors.len(), 1, "{body}");
            assert_eq!(errors[0].field.as_deref(), field, "{body}");
        }
        for (body, code, message) in cases {
            let (errors, _) = read(body.as_bytes());
            assert_eq!(errors.len(), 1, "{body}");
            assert_eq!(errors[0].code.as_deref(), code, "{body}");
            assert_eq!(errors[0].message.as_deref(), message, "{body}");
        }
    }

    #[test]
    fn what_says_nothing_gives_nothing() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            "{}",
            "{\"errors\":[]}",
            "{\"a\":",
        ] {
            assert!(read(body.as_bytes()).0.is_empty(), "{body}");
        }
    }
}
