//! What the body of an error response says, whatever its form.

use std::fmt;

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
    let body = match json::any(body) {
        Some(Value::Object(body)) => body,
        Some(Value::Array(errors)) => return (errors.iter().filter_map(one).collect(), None),
        _ => return (Vec::new(), None),
    };
    let errors = match (body.get("errors"), body.get("error")) {
        (Some(Value::Array(errors)), _) => errors.iter().filter_map(one).collect(),
        (Some(Value::Object(errors)), _) => match members(errors) {
            Some(error) => vec![error],
            None => errors.iter().flat_map(of_field).collect(),
        },
        (Some(error @ Value::String(_)), _) | (_, Some(error @ Value::Object(_))) => {
            one(error).into_iter().collect()
        }
        _ => problem(&body).into_iter().collect(),
    };
    (errors, text(&body, "request_id"))
}

/// The errors of one field: one text or several.
fn of_field((field, errors): (&String, &Value)) -> Vec<ApiError> {
    let errors = match errors {
        Value::Array(errors) => errors.as_slice(),
        error => std::slice::from_ref(error),
    };
    let named = errors.iter().filter_map(one);
    named
        .map(|error| ApiError {
            field: error.field.or_else(|| Some(field.clone())),
            ..error
        })
        .collect()
}

fn one(error: &Value) -> Option<ApiError> {
    match error {
        Value::Object(error) => problem(error),
        Value::String(message) => Some(ApiError {
            code: None,
            message: Some(message.clone()),
            field: None,
        }),
        _ => None,
    }
}

/// An error, also in the form of RFC 9457.
fn problem(error: &Map<String, Value>) -> Option<ApiError> {
    let detail = || text(error, "detail").or_else(|| text(error, "title"));
    let found = members(error).unwrap_or(ApiError {
        code: None,
        message: None,
        field: None,
    });
    let message = found.message.or_else(detail);
    let found = ApiError { message, ..found };
    (found.code.is_some() || found.message.is_some()).then_some(found)
}

fn members(error: &Map<String, Value>) -> Option<ApiError> {
    let error = ApiError {
        code: text(error, "code"),
        message: ["message", "error_description", "error"]
            .iter()
            .find_map(|name| text(error, name)),
        field: text(error, "field"),
    };
    (error.code.is_some() || error.message.is_some()).then_some(error)
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
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
