//! What an original publishes of an operation: examples of bodies, of responses, of parameters.

use serde_json::{Value, json};

use intercom_client_codegen::spec::document::{OperationRef, media, resolve};
use xtask::examples;

/// One published body.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'d> {
    /// `body`, or the status of the response as it is written.
    pub what: &'d str,
    /// None for the only one of its kind.
    pub name: Option<&'d str>,
    pub value: &'d Value,
}

/// The examples of the request's body.
pub fn bodies<'d>(document: &'d Value, found: &OperationRef<'d>) -> Vec<Example<'d>> {
    let body = resolve(document, &found.operation["requestBody"]);
    held("body", body)
}

/// The examples of every response.
pub fn response_examples<'d>(document: &'d Value, found: &OperationRef<'d>) -> Vec<Example<'d>> {
    responses(document, found)
        .flat_map(|(code, response)| held(code, response))
        .collect()
}

/// Every response, by its status as it is written.
pub fn responses<'d>(
    document: &'d Value,
    found: &OperationRef<'d>,
) -> impl Iterator<Item = (&'d str, &'d Value)> {
    let responses = found.operation["responses"].as_object();
    responses
        .into_iter()
        .flatten()
        .map(|(code, response)| (code.as_str(), resolve(document, response)))
}

/// The status that a code stands for; `default` is what an operation declares for errors.
pub fn status(code: &str) -> u16 {
    code.parse().unwrap_or(500)
}

fn held<'d>(what: &'d str, holder: &'d Value) -> Vec<Example<'d>> {
    let found = media(holder).flat_map(examples::of);
    found
        .map(|(name, value)| Example { what, name, value })
        .collect()
}

/// What a parameter is given: what the original shows if `published`, else what its type admits.
pub fn parameter(document: &Value, parameter: &Value, published: bool) -> Value {
    let schema = resolve(document, &parameter["schema"]);
    let of = Sample {
        document,
        full: false,
        published,
    };
    match shown(parameter).filter(|_| published) {
        Some(value) => typed(value.clone(), schema),
        None => of.schema(schema, 0),
    }
}

/// The example of a parameter or a schema.
fn shown(holder: &Value) -> Option<&Value> {
    let named = holder["examples"].as_object().into_iter().flatten();
    let mut named = named.map(|(_, holder)| &holder["value"]);
    holder.get("example").or_else(|| named.next())
}

/// Numbers are shown as texts and texts as numbers; on the wire they are the same.
fn typed(value: Value, schema: &Value) -> Value {
    match (schema["type"].as_str(), &value) {
        (Some("string"), Value::Number(_) | Value::Bool(_)) => json!(value.to_string()),
        // The items of a list that is one parameter.
        (Some("array"), Value::String(text)) => {
            let items = text
                .split(',')
                .map(|item| typed(item.into(), &schema["items"]));
            items.collect()
        }
        (Some("integer" | "number" | "boolean"), Value::String(text)) => {
            serde_json::from_str(text).unwrap_or(value)
        }
        _ => value,
    }
}

/// Makes values that schemas admit.
#[derive(Clone, Copy)]
pub struct Sample<'d> {
    pub document: &'d Value,
    /// With what is optional too.
    pub full: bool,
    /// From the examples of the schemas, where they have some.
    pub published: bool,
}

/// Types may hold themselves: below this depth only what is required is there.
const DEPTH: usize = 5;

impl Sample<'_> {
    pub fn of(&self, schema: &Value) -> Value {
        self.schema(schema, 0)
    }

    fn schema(&self, schema: &Value, depth: usize) -> Value {
        let schema = resolve(self.document, schema);
        if let Some(value) = shown(schema).filter(|value| self.published && !value.is_null()) {
            return typed(value.clone(), schema);
        }
        if let Some(value) = schema["enum"].get(0) {
            return value.clone();
        }
        let alternatives = ["oneOf", "anyOf", "allOf"].map(|keyword| &schema[keyword]);
        let first = alternatives.into_iter().find_map(|list| list.get(0));
        match (schema["type"].as_str(), first) {
            (Some("integer" | "number"), _) => json!(1),
            (Some("boolean"), _) => json!(true),
            (Some("array"), _) => json!([self.schema(&schema["items"], depth + 1)]),
            (Some("string"), _) => json!(text(schema)),
            (_, None) => self.object(schema, &Value::Null, depth),
            (_, Some(first)) if schema["properties"].is_object() => {
                // The alternatives say what is required of the properties, or add to them.
                self.object(schema, resolve(self.document, first), depth)
            }
            (_, Some(first)) => self.schema(first, depth + 1),
        }
    }

    fn object(&self, schema: &Value, alternative: &Value, depth: usize) -> Value {
        let parts = [schema, alternative];
        let is_required = |name: &str| {
            let mut names = parts.iter().filter_map(|part| part["required"].as_array());
            names.any(|names| names.iter().any(|other| other == name))
        };
        let full = self.full && depth < DEPTH;
        let properties = parts
            .iter()
            .filter_map(|part| part["properties"].as_object());
        properties
            .flatten()
            .filter(|(name, _)| full || is_required(name))
            .map(|(name, schema)| (name.clone(), self.schema(schema, depth + 1)))
            .collect()
    }
}

fn text(schema: &Value) -> &'static str {
    match schema["format"].as_str() {
        Some("date") => "2023-11-14",
        Some("date-time") => "2023-11-14T22:13:20Z",
        Some("email") => "ada@example.com",
        Some("uri") => "https://example.com",
        Some("uuid") => "7a4d1c7c-8a0f-4f3a-9b57-6d2f1f0f7d11",
        _ => "1",
    }
}
