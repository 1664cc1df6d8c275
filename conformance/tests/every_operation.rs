//! Drives every operation of every enabled version through its handle, against a server on 127.0.0.1.

mod samples;

use std::{collections::BTreeSet, path::Path};

use httpmock::{HttpMockRequest, MockServer};
use intercom_client::{Intercom, Operation, Response, reqwest::Url};
use intercom_client_codegen::{
    Shared,
    lower::{Body, Normalized, Prepared, Success},
};
use serde_json::{Map, Value, json};

use self::samples::{Samples, with_constants};

fn normalized(version: &str) -> Normalized {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let shared = Shared::read(&openapi).unwrap();
    shared
        .normalized(&openapi.join(format!("{version}.json")))
        .unwrap()
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
        let samples = Samples {
            normalized,
            choice: 0,
        };
        let mut value = samples.of(&parameter["schema"], 0);
        if parameter["in"] == "path" {
            value = json!(format!("{name} 1/2"));
            path = path.replace(&format!("{{{name}}}"), &format!("{name}%201%2F2"));
        } else if parameter["in"] == "query" {
            // A list of one item, which is written as the item itself.
            let one = value.as_array().map_or(&value, |items| &items[0]);
            query.insert(encoded([(name.to_owned(), text(one))]));
        }
        given.insert(name.to_owned(), value);
    }
    (given, path, query)
}

fn text(value: &Value) -> String {
    value.as_str().map_or(value.to_string(), str::to_owned)
}

/// Pairs as they stand in a query, or in the body of a form.
fn encoded(pairs: impl IntoIterator<Item = (String, String)>) -> String {
    let url = Url::parse_with_params("http://localhost", pairs).unwrap();
    url.query().unwrap_or_default().to_owned()
}

/// The body of a form whose fields are these; lists have one item.
fn form(fields: &Value) -> String {
    let fields = fields.as_object().unwrap().iter();
    encoded(fields.map(|(name, value)| {
        let one = value.as_array().map_or(value, |items| &items[0]);
        (name.clone(), text(one))
    }))
}

/// The bodies to send: one for each alternative there is.
fn bodies(normalized: &Normalized, prepared: &Prepared) -> Vec<Option<Value>> {
    let schema = |kind: &str| {
        let schema = format!("/requestBody/content/application~1{kind}/schema");
        prepared.item.pointer(&schema)
    };
    let Some(schema) = schema("json").or_else(|| schema("x-www-form-urlencoded")) else {
        return vec![None];
    };
    let mut bodies = Vec::new();
    for choice in 0..4 {
        let body = Samples { normalized, choice }.of(schema, 0);
        let body = Some(with_constants(normalized, schema, body, choice));
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
    bodies
}

fn response_body(normalized: &Normalized, prepared: &Prepared) -> String {
    let content = "/responses/200/content/application~1json/schema";
    match &prepared.operation.success {
        Success::Json => {
            let samples = Samples {
                normalized,
                choice: 0,
            };
            samples
                .of(prepared.item.pointer(content).unwrap(), 0)
                .to_string()
        }
        Success::Bytes(_) => "bytes".to_owned(),
        Success::Empty => String::new(),
    }
}

/// Whether a request has this path and this query, in whatever order.
fn is_for(
    path: String,
    query: BTreeSet<String>,
) -> impl Fn(&HttpMockRequest) -> bool + Send + Sync {
    move |request| {
        let uri = request.uri();
        let sent = uri.query().unwrap_or_default().split('&');
        let sent: BTreeSet<&str> = sent.filter(|pair| !pair.is_empty()).collect();
        uri.path() == path && sent == query.iter().map(String::as_str).collect()
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
        for body in bodies(&normalized, prepared) {
            let mock = server
                .mock_async(|when, then| {
                    let when = when
                        .method(operation.method.as_str())
                        .header("intercom-version", normalized.header.as_str())
                        .header("authorization", "Bearer token-of-the-test")
                        .header_missing("api-version")
                        .is_true(is_for(path.clone(), query.clone()));
                    if let Some(body) = &body {
                        if operation.body == Body::Form {
                            when.body(form(body));
                        } else {
                            when.json_body(body.clone());
                        }
                    }
                    then.status(200)
                        .header("content-type", content_type(&operation.success))
                        .body(response_body(&normalized, prepared));
                })
                .await;
            let outcome = call(intercom.clone(), id.clone(), given.clone(), body.clone()).await;
            let response =
                outcome.unwrap_or_else(|error| panic!("{version} {id} with {body:?}: {error:?}"));
            assert_eq!(response.status(), 200, "{version} {id}");
            assert_eq!(mock.calls_async().await, 1, "{version} {id}");
            mock.delete_async().await;
        }
    }
}

/// `mock::by_name` of a version.
type ByName =
    for<'s> fn(&'s MockServer, &str, &[u8]) -> Result<httpmock::Mock<'s>, intercom_client::Error>;

/// `Api::read_response` of a version.
type ReadAnswer = fn(&str, &[u8]) -> Result<Value, intercom_client::Error>;

/// Drives all operations of a version against the mocks of all of them, in both orders, since the earlier of two that
/// match responds.
async fn drive_mocks<F>(
    version: &str,
    mock: ByName,
    read: ReadAnswer,
    call: impl Fn(Intercom, String, Map<String, Value>, Option<Value>) -> F,
) where
    F: Future<Output = Result<Response<Value>, intercom_client::Error>>,
{
    let mut normalized = normalized(version);
    for _ in 0..2 {
        normalized.operations.reverse();
        let server = MockServer::start_async().await;
        let builder = Intercom::builder("token").base_url(server.base_url());
        let intercom = builder.build().unwrap();
        let mut mocks = Vec::new();
        for prepared in &normalized.operations {
            let name = &prepared.operation.name;
            let id = format!("{}.{}", name.resource, name.verb);
            let sample = response_body(&normalized, prepared);
            let mock = mock(&server, &id, sample.as_bytes()).unwrap();
            mocks.push((prepared, id, sample, mock));
        }
        for (prepared, id, sample, mock) in &mocks {
            let (given, ..) = parameters(&normalized, prepared);
            let body = bodies(&normalized, prepared).swap_remove(0);
            let outcome = call(intercom.clone(), id.clone(), given, body).await;
            let response = outcome.unwrap_or_else(|error| panic!("{version} {id}: {error:?}"));
            assert_eq!(mock.calls_async().await, 1, "{version} {id}");
            assert_eq!(response.status(), prepared.operation.status);
            if prepared.operation.success == Success::Json {
                let received: Value = serde_json::from_slice(response.raw_body()).unwrap();
                let expected = read(id, sample.as_bytes()).unwrap();
                assert_eq!(received, expected, "{version} {id}");
            } else {
                assert_eq!(response.raw_body(), sample.as_bytes(), "{version} {id}");
            }
        }
    }
}

fn content_type(success: &Success) -> &str {
    match success {
        Success::Bytes(kind) => kind,
        Success::Json | Success::Empty => "application/json",
    }
}

macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {$(
        mod $module {
            use intercom_client::$module::OPERATIONS;

            #[tokio::test]
            async fn every_operation_is_sent_as_described() {
                super::drive($version, OPERATIONS, |intercom, id, parameters, body| async move {
                    intercom.$module().call(&id, parameters).body(body).send().await
                })
                .await;
            }

            #[tokio::test]
            async fn every_operation_has_a_mock_that_matches_it_alone() {
                use intercom_client::$module::{Api, mock::by_name};

                super::drive_mocks($version, by_name, Api::read_response, |intercom, id, parameters, body| async move {
                    intercom.$module().call(&id, parameters).body(body).send().await
                })
                .await;
            }
        }
    )*};
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));
