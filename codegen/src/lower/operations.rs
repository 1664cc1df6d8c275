//! Brings every operation into the one form progenitor takes: one body, one success, path parameters that are strings.

mod content;
pub mod parameters;

use serde_json::{Value, json};
use syn::Ident;

use crate::{
    casing,
    error::Problem,
    lower::{
        Body, Normalized, Operation,
        schemas::Schemas,
        shape::{self, Shape},
    },
    spec::{
        docs::Docs,
        document::{self, OperationRef, schema_name},
        load::Description,
        names::{Name, Names},
    },
};

/// One operation: what the generator is given, and what is known besides.
#[derive(Clone)]
pub struct Prepared {
    pub path: String,
    pub method: String,
    pub item: Value,
    pub operation: Operation,
}

impl Prepared {
    /// What stands for a body that is JSON or a form of fields.
    fn placed_body(&self) -> Option<&Value> {
        let kind = match self.operation.body {
            Body::Json => "application~1json",
            Body::Form => "application~1x-www-form-urlencoded",
            Body::None | Body::Multipart | Body::Bytes(_) => return None,
        };
        let schema = format!("/requestBody/content/{kind}/schema");
        self.item.pointer(&schema)
    }

    /// The schema of such a body, if it has a name.
    pub fn body_schema(&self) -> Option<&str> {
        schema_name(self.placed_body()?)
    }

    /// What such a body has to be.
    pub fn body_shape(&self, normalized: &Normalized) -> Option<Shape> {
        Some(shape::of(self.placed_body()?, &normalized.schemas))
    }

    /// The parameters of the query, or the headers.
    pub fn parameters(&self, place: &str, normalized: &Normalized) -> Vec<shape::Field> {
        let declared = self.item["parameters"].as_array();
        let declared = declared.into_iter().flatten();
        let found = declared.filter(|parameter| parameter["in"] == place);
        found
            .map(|parameter| shape::parameter(parameter, &normalized.schemas))
            .collect()
    }

    /// What stands for the JSON of its success.
    pub fn placed_response(&self) -> Option<&Value> {
        let schema = "/responses/200/content/application~1json/schema";
        self.item.pointer(schema)
    }

    /// The name on the wire of what a setter sets; none for the body.
    pub fn parameter(&self, setter: &Ident) -> Option<String> {
        let setter = setter.to_string();
        let parameters = self.item["parameters"].as_array()?;
        parameters
            .iter()
            .filter_map(|parameter| parameter["name"].as_str())
            .find(|name| casing::snake(name) == setter.trim_matches('_'))
            .map(str::to_owned)
    }
}

/// Prepares every operation of a description.
pub fn prepare(
    description: &Description,
    names: &Names,
    docs: &Docs,
    schemas: &mut Schemas<'_>,
) -> Result<Vec<Prepared>, Problem> {
    let document = &description.document;
    document::operations(document)
        .map(|found| {
            let name = names
                .get(&found.key())
                .map_err(|problem| problem.within(found.pointer()))?;
            Preparation {
                document,
                found,
                name,
                docs,
            }
            .run(schemas)
        })
        .collect()
}

/// The query parameter of a scroll: each request moves it on, so that what a lost response held would be skipped by another.
pub const SCROLL: &str = "scroll_param";

struct Preparation<'a> {
    document: &'a Value,
    found: OperationRef<'a>,
    name: &'a Name,
    docs: &'a Docs,
}

impl Preparation<'_> {
    fn run(&self, schemas: &mut Schemas<'_>) -> Result<Prepared, Problem> {
        let path = self.path()?;
        let mut parameters: Vec<Value> = self
            .name
            .path
            .iter()
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let mut headers = Vec::new();
        for parameter in self.declared()? {
            self.parameter(&parameter, schemas, &mut parameters, &mut headers)?;
        }
        self.refuse_one_setter_for_two(&parameters)?;
        let scrolls = parameters.iter().any(|given| given["name"] == SCROLL);
        let (body, request_body) = self.body(schemas)?;
        let (success, responses) = self.responses(schemas)?;
        let mut item = json!({
            "operationId": self.prefix(),
            "parameters": parameters,
            "responses": responses,
        });
        if let Some(request_body) = request_body {
            item["requestBody"] = request_body;
        }
        let operation = Operation {
            id: self.found.operation["operationId"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            method: self.found.method.to_ascii_uppercase(),
            path: path.clone(),
            name: self.name.clone(),
            doc: self.docs.operations.get(&self.found.key()).cloned(),
            headers,
            body,
            success,
            status: self.status(),
            idempotent: self.is_idempotent() && !scrolls,
            has_quota: self.has_quota(),
            list: None,
        };
        Ok(Prepared {
            path,
            method: self.found.method.to_owned(),
            item,
            operation,
        })
    }

    /// `contacts_update`: what the builder and the operation's own types are named after.
    fn prefix(&self) -> String {
        format!("{}_{}", self.name.resource, self.name.verb)
    }

    /// `PUT /contacts/{contact_id}`.
    fn line(&self) -> String {
        format!(
            "{} {}",
            self.found.method.to_ascii_uppercase(),
            self.found.path
        )
    }

    /// The path with its parameters named as their setters are.
    fn path(&self) -> Result<String, Problem> {
        let declared = document::path_parameters(self.found.path);
        if declared.len() != self.name.path.len() {
            return Err(Problem::new(format!(
                "`{}` in openapi/names.json names {} path parameters; the path has {}",
                self.found.key(),
                self.name.path.len(),
                declared.len()
            )));
        }
        let renamed = declared.iter().zip(&self.name.path);
        Ok(
            renamed.fold(self.found.path.to_owned(), |path, (from, to)| {
                path.replacen(&format!("{{{from}}}"), &format!("{{{to}}}"), 1)
            }),
        )
    }

    /// The first status of success that is declared.
    fn status(&self) -> u16 {
        let first = self.found.successes().next();
        let code = first.and_then(|(code, _)| code.parse().ok());
        // `2XX` and what is no code are the usual one.
        code.filter(|code| (200..300).contains(code)).unwrap_or(200)
    }

    /// A request that changes nothing, or that leaves the same behind when it is sent twice.
    fn is_idempotent(&self) -> bool {
        let reads = |verb: &str| {
            ["search", "list", "get", "find"]
                .iter()
                .any(|word| verb == *word || verb.starts_with(&format!("{word}_")))
        };
        self.found.method != "post" && self.found.method != "patch" || reads(&self.name.verb)
    }

    /// A 429 is declared only where something besides the rate limit, which holds everywhere, is limited.
    fn has_quota(&self) -> bool {
        self.found.operation["responses"].get("429").is_some()
    }

    /// Follows a reference to a shared parameter, body or response.
    fn resolve<'v>(&'v self, node: &'v Value) -> Result<&'v Value, Problem> {
        let found = document::resolve(self.document, node);
        match found.get("$ref").and_then(Value::as_str) {
            None => Ok(found),
            Some(target) => Err(Problem::new(format!(
                "{}: {target} leads to nothing but itself; correct it to what is meant",
                self.found.pointer()
            ))),
        }
    }
}
