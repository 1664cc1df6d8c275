//! Drives every operation of every enabled version through its handle, against a server on 127.0.0.1.

#[path = "../build/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod pipeline;

use std::{collections::BTreeSet, path::Path};

use httpmock::MockServer;
use intercom_client::{Intercom, Operation, Response};
use pipeline::{
    document::schema_name,
    normalize::{Normalized, Prepared, Success},
    run::Shared,
};
use serde_json::{Map, Value, json};

fn normalized(version: &str) -> Normalized {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    let shared = Shared::read(&openapi).unwrap();
    shared
        .normalized(&openapi.join(format!("{version}.json")))
        .unwrap()
}

/// The smallest value that a schema of a normalized description admits.
fn sample(normalized: &Normalized, schema: &Value) -> Value {
    if let Some(name) = schema_name(schema) {
        return sample(normalized, &normalized.schemas[name].schema);
    }
    if let Some(first) = schema["oneOf"].get(0).or(schema["allOf"].get(0)) {
        return sample(normalized, first);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let required = schema["required"].as_array().into_iter().flatten();
            let required = required.filter_map(Value::as_str);
            let fields = required.map(|name| {
                (
                    name.to_owned(),
                    sample(normalized, &schema["properties"][name]),
                )
            });
            Value::Object(fields.collect())
        }
        Some("array") => json!([]),
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        Some("string") => schema["enum"].get(0).cloned().unwrap_or(json!("text")),
        _ => json!({}),
    }
}

/// Every parameter with a value, and the path and the query that a request with them has.
fn parameters(
    normalized: &Normalized,
    prepared: &Prepared,
) -> (Map<String, Value>, String, BTreeSet<String>) {
    let mut path = prepared.path.clone();
    let mut query = BTreeSet::new();
    let mut given = Map::new();
    for parameter in prepared.item["parameters"].as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        let mut value = sample(normalized, &parameter["schema"]);
        if parameter["in"] == "path" {
            value = json!(format!("{name} 1/2"));
            path = path.replace(&format!("{{{name}}}"), &format!("{name}%201%2F2"));
        } else if parameter["in"] == "query" {
            let text = value.as_str().map_or(value.to_string(), str::to_owned);
            query.insert(format!("{name}={text}"));
        }
        given.insert(name.to_owned(), value);
    }
    (given, path, query)
}

fn body(normalized: &Normalized, prepared: &Prepared) -> Option<Value> {
    let content = prepared
        .item
        .pointer("/requestBody/content/application~1json/schema")?;
    Some(sample(normalized, content))
}

fn answer(normalized: &Normalized, prepared: &Prepared) -> String {
    let content = "/responses/200/content/application~1json/schema";
    match &prepared.operation.success {
        Success::Json => sample(normalized, prepared.item.pointer(content).unwrap()).to_string(),
        Success::Bytes(_) => "bytes".to_owned(),
        Success::Empty => String::new(),
    }
}

/// Drives all operations of a version; `call` is its `Api::call`.
async fn drive<F>(
    version: &str,
    operations: &[&Operation],
    call: impl Fn(Intercom, String, Map<String, Value>, Option<Value>) -> F,
) where
    F: Future<Output = Result<Response<Value>, intercom_client::Error>>,
{
    let normalized = normalized(version);
    assert_eq!(operations.len(), normalized.operations.len());
    let server = MockServer::start_async().await;
    let intercom = Intercom::builder("token-of-the-test")
        .base_url(server.base_url())
        .build()
        .unwrap();
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        let id = format!("{}.{}", operation.name.resource, operation.name.verb);
        let (given, path, query) = parameters(&normalized, prepared);
        let body = body(&normalized, prepared);
        let mock = server
            .mock_async(|when, then| {
                let when = when
                    .method(operation.method.as_str())
                    .header("intercom-version", version)
                    .header("authorization", "Bearer token-of-the-test")
                    .header_missing("api-version")
                    .is_true({
                        move |request| {
                            let uri = request.uri();
                            let sent = uri.query().unwrap_or_default().split('&');
                            let sent: BTreeSet<_> = sent.filter(|pair| !pair.is_empty()).collect();
                            uri.path() == path && sent == query.iter().map(String::as_str).collect()
                        }
                    });
                if let Some(body) = &body {
                    when.json_body(body.clone());
                }
                then.status(200)
                    .header("content-type", content_type(&operation.success))
                    .body(answer(&normalized, prepared));
            })
            .await;
        let outcome = call(intercom.clone(), id.clone(), given, body.clone()).await;
        let response = outcome.unwrap_or_else(|error| panic!("{version} {id}: {error:?}"));
        assert_eq!(response.status(), 200, "{version} {id}");
        assert_eq!(mock.calls_async().await, 1, "{version} {id}");
        mock.delete_async().await;
    }
}

fn content_type(success: &Success) -> &str {
    match success {
        Success::Bytes(kind) => kind,
        Success::Json | Success::Empty => "application/json",
    }
}

macro_rules! drive {
    ($($feature:literal $module:ident $version:literal $test:ident;)*) => {$(
        #[cfg(all(feature = $feature, feature = "all-resources"))]
        #[tokio::test]
        async fn $test() {
            use intercom_client::$module;
            drive($version, $module::OPERATIONS, |intercom, id, parameters, body| async move {
                intercom.$module().call(&id, parameters, body).await
            })
            .await;
        }
    )*};
}

drive! {
    "v2_7" v2_7 "2.7" every_operation_of_2_7_is_sent_as_described;
    "v2_8" v2_8 "2.8" every_operation_of_2_8_is_sent_as_described;
    "v2_9" v2_9 "2.9" every_operation_of_2_9_is_sent_as_described;
    "v2_10" v2_10 "2.10" every_operation_of_2_10_is_sent_as_described;
    "v2_11" v2_11 "2.11" every_operation_of_2_11_is_sent_as_described;
    "v2_12" v2_12 "2.12" every_operation_of_2_12_is_sent_as_described;
    "v2_13" v2_13 "2.13" every_operation_of_2_13_is_sent_as_described;
    "v2_14" v2_14 "2.14" every_operation_of_2_14_is_sent_as_described;
    "v2_15" v2_15 "2.15" every_operation_of_2_15_is_sent_as_described;
}
