//! Support for the generated mocks (feature `mock`).

use httpmock::{Then, When};
use serde_json::{Value, json};

use crate::error::InvalidField;
use crate::input::{Fields, IntoField, Item, Object, Shape, read};
use crate::operation::{ListKind, Operation};
use crate::transport::options::VERSION;
use crate::wire::path;

/// Matches every request of an operation from a client of this version, and no request of another operation.
pub(crate) fn request(
    when: When,
    operation: &'static Operation,
    version: &str,
    operations: &[&Operation],
) -> When {
    let when = when
        .method(operation.method)
        .path_matches(pattern(operation.path, None).as_str())
        .header(VERSION.as_str(), version);
    // `/companies/{company_id}` matches `/companies/scroll` too, which is another operation.
    let others = operations.iter().filter(|other| {
        let is_other = other.method == operation.method && other.path != operation.path;
        is_other && !other.path.contains('{') && fits(operation.path, other.path)
    });
    others.fold(when, |when, other| when.path_not(other.path))
}

/// Matches paths in which the parameter has this value.
pub(crate) fn path_parameter(
    when: When,
    operation: &'static Operation,
    name: &str,
    value: &str,
) -> When {
    when.path_matches(pattern(operation.path, Some((name, value))).as_str())
}

/// Matches bodies that are one of several things: of this type, with these values, and with the fields that are arguments.
pub(crate) fn alternative(
    when: When,
    object: &'static Object,
    constants: &'static [(&'static str, &'static str)],
    arguments: &'static [&'static str],
) -> When {
    when.is_true(move |request| {
        let Ok(Value::Object(mut body)) = serde_json::from_slice(request.body_ref()) else {
            return false;
        };
        let fixed = object
            .fields
            .iter()
            .filter_map(|field| Some((field.name, field.constant?)));
        let mut constants = constants.iter().copied().chain(fixed);
        let is_such = constants
            .all(|(field, value)| body.get(field).is_some_and(|found| text(found) == value));
        let is_argued = arguments.iter().all(|field| body.contains_key(*field));
        // What `extra` sent is of no type.
        body.retain(|field, _| object.field(field).is_some());
        is_such && is_argued && read(&Shape::Object(object), Value::Object(body)).is_ok()
    })
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Matches the parameter of the query as a request sends it, or its absence.
#[track_caller]
pub(crate) fn query(when: When, name: &str, fields: Fields) -> When {
    match sent(fields).as_slice() {
        [] => when.query_param_missing(name),
        sent => sent
            .iter()
            .fold(when, |when, value| when.query_param(name, value)),
    }
}

/// Matches the header as a request sends it, or its absence.
#[track_caller]
pub(crate) fn header(when: When, name: &str, fields: Fields) -> When {
    match sent(fields).as_slice() {
        [] => when.header_missing(name),
        sent => sent
            .iter()
            .fold(when, |when, value| when.header(name, value)),
    }
}

/// The values of the one parameter that was set.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "httpmock takes no error, and a mock that matched other requests would hide it"
)]
fn sent(fields: Fields) -> Vec<String> {
    match fields.partial_pairs() {
        Ok(pairs) => pairs.into_iter().map(|(_, value)| value).collect(),
        Err(error) => panic!("the parameter that the mock matches cannot be sent: {error}"),
    }
}

/// The error list in which the API reports what went wrong.
pub(crate) fn error(then: Then, status: u16, code: &str, message: &str) -> Then {
    let errors = json!([{ "code": code, "message": message }]);
    then.status(status)
        .header("content-type", "application/json")
        .json_body(json!({ "type": "error.list", "errors": errors }))
}

/// The body that a mock matches.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "httpmock takes no error, and a mock that matched other bodies would hide it"
)]
pub(crate) fn body<T: Item>(body: impl IntoField<T>) -> Value {
    let body = body.into_field().and_then(|body| {
        body.ok_or_else(|| InvalidField::new("", "is not given"))?
            .into_json()
    });
    match body {
        Ok(body) => body,
        Err(error) => panic!("the body that the mock matches cannot be built: {error}"),
    }
}

/// A page of a list, with the cursor of the next one.
pub(crate) fn page(kind: ListKind, property: &str, items: Value, cursor: Option<&str>) -> Value {
    let mut page = json!({ "type": "list" });
    page[property] = items;
    match kind {
        ListKind::CursorInQuery | ListKind::CursorInBody => {
            let next = cursor.map(|cursor| json!({ "starting_after": cursor }));
            page["pages"] = json!({ "type": "pages", "next": next });
        }
        ListKind::PageNumber => {
            let next = cursor.map(|number| json!({ "page": number }));
            page["pages"] = json!({ "type": "pages", "next": next });
        }
        ListKind::NextLink => {
            let next = cursor.map(|query| format!("http://localhost/?{query}"));
            page["pages"] = json!({ "type": "pages", "next": next });
        }
        ListKind::Scroll => page["scroll_param"] = json!(cursor),
        ListKind::Whole => {}
    }
    page
}

/// A regular expression for the whole path; a parameter without a value is anything within a segment.
fn pattern(template: &str, given: Option<(&str, &str)>) -> String {
    let mut parts = template.split('{');
    let mut pattern = literal(parts.next().unwrap_or_default());
    for part in parts {
        let (parameter, rest) = part.split_once('}').unwrap_or((part, ""));
        match given {
            Some((name, value)) if parameter == name => {
                let mut text = String::new();
                path::encode(value, &mut text);
                pattern.push_str(&literal(&text));
            }
            _ => pattern.push_str("[^/]+"),
        }
        pattern.push_str(&literal(rest));
    }
    format!("^{pattern}$")
}

/// A text in a regular expression, where it means itself.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\.+*?()|[]{}^$".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Whether a path without parameters matches a template.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(ours, theirs)| ours.starts_with('{') || ours == theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_matched_as_it_is_sent_and_literally() {
        let template = "/contacts/{contact_id}/tags/{tag_id}";
        assert_eq!(pattern(template, None), "^/contacts/[^/]+/tags/[^/]+$");
        let given = Some(("tag_id", "a.b/c*"));
        assert_eq!(
            pattern(template, given),
            "^/contacts/[^/]+/tags/a\\.b%2Fc%2A$"
        );
    }

    #[test]
    fn a_parameter_may_be_part_of_a_segment() {
        let template = "/boats/{boat_id}.{format}:export";
        assert_eq!(pattern(template, None), "^/boats/[^/]+\\.[^/]+:export$");
        let given = Some(("format", "csv"));
        assert_eq!(pattern(template, given), "^/boats/[^/]+\\.csv:export$");
    }

    #[test]
    fn a_template_fits_paths_of_its_own_length() {
        assert!(fits("/companies/{company_id}", "/companies/scroll"));
        assert!(!fits("/companies/{company_id}", "/companies/scroll/next"));
        assert!(!fits("/companies/{company_id}", "/contacts/scroll"));
    }
}
