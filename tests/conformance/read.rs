//! Reads bodies that others published as the types do, and compares what is written again.

use std::{collections::HashMap, path::Path};

use httpmock::MockServer;
use intercom_client::{Error, Intercom, Method, chrono::DateTime};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::VERSIONS;
use intercom_client_codegen::{
    Shared,
    lower::{Kind, Normalized, time},
    spec::document::schema_name,
};

/// One body, and what it is.
#[derive(Deserialize)]
struct Case {
    version: String,
    operation: String,
    kind: CaseKind,
    status: u16,
    value: Value,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CaseKind {
    Answer,
    Body,
    Error,
    /// Of another version, perhaps: it has to be read, and no more.
    Recorded,
}

/// Reads a case a line, and prints what is wrong with each.
pub fn all(lines: &str) {
    let readers = readers();
    let server = MockServer::start();
    let client = Intercom::builder("token").base_url(server.base_url());
    let intercom = client.build().expect("the client can be built");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for line in lines.lines() {
        let case: Case = serde_json::from_str(line).expect("each line is a case");
        let complaints = match case.kind {
            CaseKind::Error => runtime.block_on(error(&server, &intercom, &case)),
            _ => read(&readers[case.version.as_str()], &case),
        };
        println!("{}", json!({ "complaints": complaints }));
    }
}

pub type Read = fn(&str, &[u8]) -> Result<Value, Error>;

/// How a version reads answers and bodies.
struct Reader {
    answer: Read,
    body: Read,
    normalized: Normalized,
}

fn readers() -> HashMap<&'static str, Reader> {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    let shared = Shared::read(&openapi).expect("the build script has read them");
    let reader = |version: &crate::Version| {
        let normalized = shared.normalized(&openapi.join(format!("{}.json", version.number)));
        let normalized = normalized.expect("the build script has normalized it");
        let reader = Reader {
            answer: version.read_answer,
            body: version.read_body,
            normalized,
        };
        (version.number, reader)
    };
    VERSIONS.iter().map(reader).collect()
}

fn read(reader: &Reader, case: &Case) -> Vec<String> {
    let operation = reader.normalized.operations.iter().find(|prepared| {
        let name = &prepared.operation.name;
        format!("{}.{}", name.resource, name.verb) == case.operation
    });
    let Some(operation) = operation else {
        return Vec::new();
    };
    let (read, pointer) = match case.kind {
        CaseKind::Body => (reader.body, "/requestBody/content/application~1json/schema"),
        _ => (
            reader.answer,
            "/responses/200/content/application~1json/schema",
        ),
    };
    let Some(schema) = operation.item.pointer(pointer) else {
        return Vec::new();
    };
    match read(&case.operation, case.value.to_string().as_bytes()) {
        Err(error) => vec![error.to_string()],
        Ok(_) if case.kind == CaseKind::Recorded => Vec::new(),
        Ok(written) => {
            let mut problems = Vec::new();
            Comparison {
                normalized: &reader.normalized,
                problems: &mut problems,
            }
            .compare(&case.value, &written, schema, "");
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
        if says_nothing(sent) && says_nothing(written) {
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
            (Kind::Struct { .. }, Value::Object(sent), Value::Object(written)) => {
                let properties = definition.schema["properties"].as_object();
                for (property, schema) in properties.into_iter().flatten() {
                    let value = |map: &serde_json::Map<String, Value>| {
                        map.get(property).cloned().unwrap_or_default()
                    };
                    self.compare(
                        &value(sent),
                        &value(written),
                        schema,
                        &format!("{at}/{property}"),
                    );
                }
            }
            // The list or the text that came in place of the object is in one of its fields.
            (Kind::Struct { .. }, Value::Array(_) | Value::String(_), Value::Object(written)) => {
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

fn says_nothing(value: &Value) -> bool {
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
        _ => sent == written || says_nothing(sent) && says_nothing(written),
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
async fn error(server: &MockServer, intercom: &Intercom, case: &Case) -> Vec<String> {
    let mock = server
        .mock_async(|when, then| {
            when.path("/error");
            then.status(case.status).json_body(case.value.clone());
        })
        .await;
    let outcome = intercom.request(Method::GET, "/error").send().await;
    mock.delete_async().await;
    let Err(error) = outcome else {
        return vec!["was no error".to_owned()];
    };
    let code = case.value["errors"][0]["code"].as_str();
    let mut problems = Vec::new();
    if error.status().map(|status| status.as_u16()) != Some(case.status) {
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
