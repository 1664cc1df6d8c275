//! Reads bodies that others published as the types do, and compares what is written again.

use std::collections::BTreeMap;

use httpmock::MockServer;
use intercom_client::{Intercom, Method, chrono::DateTime};
use intercom_client_codegen::{
    Shared,
    error::Problem,
    lower::{DefinitionKind as Definition, Normalized, ids, time},
    spec::{document::schema_name, names::Name, version::Version},
};
use serde_json::Value;
use xtask::repo::Tree;

use crate::{
    cases,
    versions::{Linked, linked},
};

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyKind {
    Response,
    Body,
    Error,
    /// It has to be read, and no more.
    Recorded,
    /// The same, and it was recorded of another version.
    Nearest,
}

/// A body to be read.
pub struct Body {
    pub version: Version,
    pub operation: String,
    pub name: Name,
    pub kind: BodyKind,
    pub what: String,
    pub example: String,
    pub value: Value,
}

/// Reads each body, and returns what is wrong with it.
pub fn all(tree: &Tree, bodies: &[Body]) -> Result<Vec<Vec<String>>, Problem> {
    let readers = readers(tree, bodies)?;
    let server = MockServer::start();
    let client = Intercom::builder("token").base_url(server.base_url());
    let intercom = client.build().map_err(|error| {
        Problem::new(format!("cannot build a client of the mock server: {error}"))
    })?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Problem::new(format!("cannot start tokio: {error}")))?;
    let complaints = bodies.iter().map(|body| match body.kind {
        BodyKind::Error => runtime.block_on(error(&server, &intercom, body)),
        _ => read(&readers[&body.version], body),
    });
    Ok(complaints.collect())
}

/// How a version reads responses and bodies.
struct Reader {
    linked: &'static Linked,
    normalized: Normalized,
}

/// A reader for each version of which there is a body.
fn readers<'b>(tree: &Tree, bodies: &'b [Body]) -> Result<BTreeMap<&'b Version, Reader>, Problem> {
    let shared = Shared::read(&tree.openapi())?;
    let mut readers = BTreeMap::new();
    for Body { version, .. } in bodies {
        if !readers.contains_key(version) {
            let reader = Reader {
                linked: linked(version)?,
                normalized: shared.normalized(&tree.facts(version))?,
            };
            readers.insert(version, reader);
        }
    }
    Ok(readers)
}

fn read(reader: &Reader, body: &Body) -> Vec<String> {
    let called = format!("{}.{}", body.name.resource, body.name.verb);
    let operation = reader
        .normalized
        .operations
        .iter()
        .find(|prepared| prepared.operation.name == body.name);
    let Some(operation) = operation else {
        return Vec::new();
    };
    let (read, pointer) = match body.kind {
        BodyKind::Body => (
            reader.linked.read_body,
            "/requestBody/content/application~1json/schema",
        ),
        _ => (
            reader.linked.read_response,
            "/responses/200/content/application~1json/schema",
        ),
    };
    let Some(schema) = operation.item.pointer(pointer) else {
        return Vec::new();
    };
    match read(&called, body.value.to_string().as_bytes()) {
        Err(error) => vec![error.to_string()],
        // Of another version, perhaps: it has to be read, and no more.
        Ok(_) if matches!(body.kind, BodyKind::Recorded | BodyKind::Nearest) => Vec::new(),
        Ok(written) => {
            let mut problems = Vec::new();
            Comparison {
                normalized: &reader.normalized,
                problems: &mut problems,
            }
            .compare(&body.value, &written, schema, "");
            problems
        }
    }
}

/// Looks for what was sent and is not written again.
struct Comparison<'c> {
    normalized: &'c Normalized,
    problems: &'c mut Vec<String>,
}

impl Comparison<'_> {
    fn compare(&mut self, sent: &Value, written: &Value, schema: &Value, at: &str) {
        if is_empty_value(sent) && is_empty_value(written) {
            return;
        }
        if let Some(wrapped) = schema["allOf"].get(0) {
            return self.compare(sent, written, wrapped, at);
        }
        match schema_name(schema) {
            Some(time::SCHEMA) => {
                return self.expect(instant(sent) == instant(written), sent, written, at);
            }
            Some(name) => return self.named(sent, written, name, at),
            None => {}
        }
        match (sent, written) {
            (Value::Array(sent), Value::Array(written)) if sent.len() == written.len() => {
                for (index, (sent, written)) in sent.iter().zip(written).enumerate() {
                    self.compare(sent, written, &schema["items"], &format!("{at}/{index}"));
                }
            }
            _ => self.expect(same(sent, written), sent, written, at),
        }
    }

    fn named(&mut self, sent: &Value, written: &Value, name: &str, at: &str) {
        let definition = &self.normalized.schemas[name];
        match (&definition.kind, sent, written) {
            (Definition::Struct { ids, .. }, Value::Object(sent), Value::Object(written)) => {
                let properties = definition.schema["properties"].as_object();
                for (property, schema) in properties.into_iter().flatten() {
                    let value = |map: &serde_json::Map<String, Value>| {
                        map.get(property).cloned().unwrap_or_default()
                    };
                    let (sent, written) = (value(sent), value(written));
                    // No other resource is meant where its id is 0.
                    let is_reference = ids.contains_key(property) && ids::is_reference(property);
                    let is_none = sent == 0 || sent == "0";
                    if is_reference && is_none && written.is_null() {
                        continue;
                    }
                    self.compare(&sent, &written, schema, &format!("{at}/{property}"));
                }
            }
            // The list or the text that came in place of the object is in one of its fields.
            (
                Definition::Struct { .. },
                Value::Array(_) | Value::String(_),
                Value::Object(written),
            ) => {
                let kept = written.values().any(|value| same(sent, value));
                self.expect(kept, sent, &Value::Object(written.clone()), at);
            }
            // Which alternative it is has been decided by what none of it loses.
            _ => self.expect(same(sent, written), sent, written, at),
        }
    }

    fn expect(&mut self, agrees: bool, sent: &Value, written: &Value, at: &str) {
        if !agrees {
            self.problems.push(format!("{at}: {sent} became {written}"));
        }
    }
}

fn is_empty_value(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.iter().all(Value::is_null),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Equal but for what the lenient rules allow.
fn same(sent: &Value, written: &Value) -> bool {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) => written
            .iter()
            .all(|(key, value)| sent.get(key).is_some_and(|sent| same(sent, value))),
        (Value::Array(sent), Value::Array(written)) => {
            sent.len() == written.len()
                && sent
                    .iter()
                    .zip(written)
                    .all(|(sent, written)| same(sent, written))
        }
        (Value::Number(sent), Value::Number(written)) => sent.as_f64() == written.as_f64(),
        (Value::Number(number), Value::String(text))
        | (Value::String(text), Value::Number(number)) => {
            number.to_string() == *text
                || instant(sent).is_some() && instant(sent) == instant(written)
        }
        _ => sent == written || is_empty_value(sent) && is_empty_value(written),
    }
}

/// Microseconds since 1970.
fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Number(seconds) => seconds
            .as_f64()
            .map(|seconds| (seconds * 1e6).round() as i64),
        Value::String(text) => match text.parse::<f64>() {
            Ok(seconds) => Some((seconds * 1e6).round() as i64),
            Err(_) => DateTime::parse_from_rfc3339(text)
                .ok()
                .map(|time| time.timestamp_micros()),
        },
        _ => None,
    }
}

/// Whether an example of an error becomes an error with its status and its code.
async fn error(server: &MockServer, intercom: &Intercom, body: &Body) -> Vec<String> {
    let expected = cases::status(&body.what);
    let mock = server
        .mock_async(|when, then| {
            when.path("/error");
            then.status(expected).json_body(body.value.clone());
        })
        .await;
    let outcome = intercom.request(Method::GET, "/error").send().await;
    mock.delete_async().await;
    let Err(error) = outcome else {
        return vec!["was no error".to_owned()];
    };
    let code = body.value["errors"][0]["code"].as_str();
    let mut problems = Vec::new();
    if error.status().map(|status| status.as_u16()) != Some(expected) {
        problems.push(format!("has the status {:?}", error.status()));
    }
    if code.is_some() && error.code() != code {
        problems.push(format!(
            "has the code {:?} in place of {code:?}",
            error.code()
        ));
    }
    problems
}
