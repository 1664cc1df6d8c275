//! What is sent to each operation of an original, and what is asked of it.

use serde_json::{Map, Value, json};

use crate::cases::{self, Sample};
use intercom_client_codegen::{
    error::Problem,
    spec::{
        document::{self, OperationRef, operations, path_parameters, resolve},
        load::Description,
        names::{Name, Names},
    },
};

/// For the responses that Prism makes up.
const SEEDS: [u8; 3] = [1, 2, 3];

/// What is done with one operation.
pub struct Job {
    /// `contacts.get`.
    pub operation: String,
    pub requests: Vec<Request>,
    pub responses: Vec<ExpectedResponse>,
}

/// A request to be sent.
pub struct Request {
    pub what: String,
    pub example: String,
    /// Sent only if the server takes none of those before.
    pub spare: bool,
    pub parameters: Map<String, Value>,
    pub body: Option<Value>,
    pub prefer: Option<String>,
}

/// A response to be asked for.
pub struct ExpectedResponse {
    pub what: String,
    pub example: String,
    pub status: u16,
    pub prefer: String,
    /// The code that the error has to have.
    pub code: Option<String>,
}

/// A job for each operation.
pub fn jobs(description: &Description, names: &Names) -> Result<Vec<Job>, Problem> {
    let document = &description.document;
    let job = |found: OperationRef<'_>| {
        let name = names.get(&found.key())?;
        Ok(Job {
            operation: format!("{}.{}", name.resource, name.verb),
            requests: requests(document, &found, name),
            responses: responses(document, &found),
        })
    };
    operations(document).map(job).collect()
}

/// Every published request, then what may serve where Prism takes none of them.
fn requests(document: &Value, found: &OperationRef<'_>, name: &Name) -> Vec<Request> {
    let success = cases::responses(document, found).map(|(code, _)| code);
    let success = success
        .min()
        .map(|code| format!("code={}", cases::status(code)));
    let request = |what: &str, example: &str, published: bool, body: Option<Value>| Request {
        what: what.to_owned(),
        example: example.to_owned(),
        spare: !published,
        parameters: parameters(document, found, name, published),
        body: body.filter(|body| !body.is_null()),
        prefer: success.clone(),
    };
    let holder = resolve(document, &found.operation["requestBody"]);
    let schema = holder.pointer("/content/application~1json/schema");
    let body = |full: bool, published: bool| {
        let sample = Sample {
            document,
            full,
            published,
        };
        schema.map(|schema| sample.of(schema))
    };
    let mut requests: Vec<Request> = cases::bodies(document, found)
        .into_iter()
        .map(|example| {
            let name = example.name.unwrap_or("example");
            request(example.what, name, true, Some(example.value.clone()))
        })
        .collect();
    if requests.is_empty() {
        requests.push(request("parameters", "published", true, body(true, true)));
    }
    for (full, published) in [(false, true), (true, false), (false, false)] {
        let body = body(full, published);
        requests.push(request("parameters", "made up", false, body));
    }
    requests
}

/// The parameters of path and query, by the names that they have in the crate.
pub fn parameters(
    document: &Value,
    found: &OperationRef<'_>,
    name: &Name,
    published: bool,
) -> Map<String, Value> {
    let in_path = path_parameters(found.path);
    let mut given = Map::new();
    for parameter in document::parameters(document, found) {
        let declared = parameter["name"].as_str().unwrap_or_default();
        let value = cases::parameter(document, parameter, published);
        let place = in_path.iter().position(|name| *name == declared);
        match (place.and_then(|place| name.path.get(place)), value) {
            (Some(setter), Value::String(text)) => drop(given.insert(setter.clone(), json!(text))),
            (Some(setter), value) => drop(given.insert(setter.clone(), json!(value.to_string()))),
            // An object in the query is sent as its fields.
            (None, Value::Object(fields)) if parameter["in"] == "query" => {
                let is_deep = parameter["style"] == "deepObject";
                let named = |field: String| {
                    if is_deep {
                        format!("{declared}[{field}]")
                    } else {
                        field
                    }
                };
                given.extend(
                    fields
                        .into_iter()
                        .map(|(field, value)| (named(field), value)),
                );
            }
            (None, value) if parameter["in"] == "query" => {
                given.insert(declared.to_owned(), value);
            }
            // The crate sets the headers.
            (None, _) => {}
        }
    }
    given
}

/// Every published response, and responses that Prism makes up.
fn responses(document: &Value, found: &OperationRef<'_>) -> Vec<ExpectedResponse> {
    let expect = |code: &str, example: &str, more: String, error: &Value| {
        let status = cases::status(code);
        ExpectedResponse {
            what: code.to_owned(),
            example: example.to_owned(),
            status,
            prefer: format!("code={status}{more}"),
            code: error["errors"][0]["code"].as_str().map(str::to_owned),
        }
    };
    let published = cases::response_examples(document, found);
    let mut responses: Vec<ExpectedResponse> = published
        .iter()
        .map(|example| {
            let more = example.name.map(|name| format!(", example=\"{name}\""));
            let name = example.name.unwrap_or("example");
            expect(example.what, name, more.unwrap_or_default(), example.value)
        })
        .collect();
    for (code, response) in cases::responses(document, found) {
        if !published.iter().any(|example| example.what == code) {
            responses.push(expect(code, "none", String::new(), &Value::Null));
        }
        let has_type = response
            .pointer("/content/application~1json/schema")
            .is_some();
        if has_type && cases::status(code) < 300 {
            for seed in SEEDS {
                let more = format!(", dynamic=true, seed={seed}");
                responses.push(expect(code, &format!("seed {seed}"), more, &Value::Null));
            }
        }
    }
    responses
}
