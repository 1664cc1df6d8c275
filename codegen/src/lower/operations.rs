//! Brings every operation into the one form progenitor takes: one body, one success, path parameters that are strings.

use serde_json::{Value, json};
use syn::Ident;

use crate::{
    casing,
    error::Problem,
    lower::{
        Body, Normalized, Operation, Success, all_of,
        schemas::{Place, Schemas},
        shape::{self, Shape},
        usage::Usage,
    },
    spec::{
        docs::Docs,
        document::{self, OperationRef, escape, schema_name},
        load::Description,
        names::{self, Name, Names},
    },
};

/// Headers that the client sets itself.
const OWN_HEADERS: [&str; 4] = [
    "accept",
    "authorization",
    "content-type",
    "intercom-version",
];

/// One operation: what the generator is told, and what is known besides.
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
    pub fn placed_answer(&self) -> Option<&Value> {
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
            .find(|name| casing::snake(name) == setter.trim_end_matches('_'))
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

/// The query parameter of a scroll: each request moves it on, so that what a lost answer held would be skipped by another.
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

    /// The parameters of the path item and of the operation, which wins, without those of the path itself.
    fn declared(&self) -> Result<Vec<Value>, Problem> {
        let in_path = document::path_parameters(self.found.path);
        let mut found: Vec<Value> = Vec::new();
        for list in [
            &self.found.item["parameters"],
            &self.found.operation["parameters"],
        ] {
            for parameter in list.as_array().into_iter().flatten() {
                let parameter = self.resolve(parameter)?;
                let name = parameter["name"].as_str().unwrap_or_default();
                found.retain(|known| known["name"] != name || known["in"] != parameter["in"]);
                // Some are declared in the query although the path has them.
                if !in_path.contains(&name) {
                    found.push(parameter.clone());
                }
            }
        }
        Ok(found)
    }

    fn parameter(
        &self,
        parameter: &Value,
        schemas: &mut Schemas<'_>,
        parameters: &mut Vec<Value>,
        headers: &mut Vec<String>,
    ) -> Result<(), Problem> {
        let name = parameter["name"].as_str().unwrap_or_default();
        let pointer = format!("{}/parameters/{}", self.found.pointer(), escape(name));
        let required = parameter["required"] == true;
        match parameter["in"].as_str() {
            Some("query") => {
                let object = all_of::Object::of(&parameter["schema"], schemas.source());
                let Some(object) = object else {
                    schemas.words([&self.name.resource], name);
                    let placed = self.place(name, &parameter["schema"], &pointer, schemas)?;
                    parameters.push(json!({ "name": name, "in": "query", "required": required, "schema": placed }));
                    return Ok(());
                };
                // An exploded object is a parameter for each of its properties.
                for (property, schema) in &object.properties {
                    schemas.words([&self.name.resource], property);
                    let required = required && object.required.contains(property);
                    let placed = self.place(property, schema, &pointer, schemas)?;
                    parameters.push(json!({ "name": property, "in": "query", "required": required, "schema": placed }));
                }
                Ok(())
            }
            Some("header") if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) => Ok(()),
            Some("header") => {
                schemas.words([&self.name.resource], name);
                headers.push(name.to_owned());
                parameters.push(json!({ "name": name, "in": "header", "required": required, "schema": { "type": "string" } }));
                Ok(())
            }
            Some("path") => Err(Problem::new(format!(
                "{pointer}: the path has no `{{{name}}}`"
            ))),
            _ => Err(Problem::new(format!(
                "{pointer}/in: neither path, query nor header"
            ))),
        }
    }

    fn place(
        &self,
        name: &str,
        schema: &Value,
        pointer: &str,
        schemas: &mut Schemas<'_>,
    ) -> Result<Value, Problem> {
        let name = format!("{}_{}", self.prefix(), casing::snake(name));
        schemas.place(
            schema,
            &Place::new(name, Usage::WRITTEN, format!("{pointer}/schema")),
        )
    }

    fn refuse_one_setter_for_two(&self, parameters: &[Value]) -> Result<(), Problem> {
        let mut seen: Vec<String> = Vec::new();
        for parameter in parameters {
            let setter = casing::snake(parameter["name"].as_str().unwrap_or_default());
            names::check_setter(&setter).map_err(|problem| {
                problem.within(format_args!("{}/parameters", self.found.pointer()))
            })?;
            if seen.contains(&setter) {
                return Err(Problem::new(format!(
                    "{}/parameters: two things would be set by `{setter}`",
                    self.found.pointer()
                )));
            }
            seen.push(setter);
        }
        Ok(())
    }

    fn body(&self, schemas: &mut Schemas<'_>) -> Result<(Body, Option<Value>), Problem> {
        let Some(body) = self.found.operation.get("requestBody") else {
            return Ok((Body::None, None));
        };
        let body = self.resolve(body)?;
        let pointer = format!("{}/requestBody/content", self.found.pointer());
        let content = body["content"].as_object();
        let declared = |wanted: &str| {
            content?
                .iter()
                .find(|(kind, _)| kind.split(';').next() == Some(wanted))
        };
        let typed = |media: &Value, kind: &str, schemas: &mut Schemas<'_>| {
            let place = Place::new(
                format!("{}_request", self.prefix()),
                Usage::WRITTEN,
                pointer.clone(),
            )
            .about(format!("The body of `{}`.", self.line()));
            let schema = schemas.place(&media["schema"], &place)?;
            Ok(Some(
                json!({ "required": true, "content": { kind: { "schema": schema } } }),
            ))
        };
        let binary = json!({ "required": true, "content": { "application/octet-stream": {
            "schema": { "type": "string", "format": "binary" } } } });
        if let Some((_, media)) = declared("application/json") {
            Ok((Body::Json, typed(media, "application/json", schemas)?))
        } else if let Some((_, media)) = declared("application/x-www-form-urlencoded") {
            Ok((
                Body::Form,
                typed(media, "application/x-www-form-urlencoded", schemas)?,
            ))
        } else if declared("multipart/form-data").is_some() {
            Ok((Body::Multipart, Some(binary)))
        } else if let Some((kind, _)) = content.and_then(|content| content.iter().next()) {
            Ok((Body::Bytes(kind.clone()), Some(binary)))
        } else {
            Ok((Body::None, None))
        }
    }

    /// The one success: JSON if any of the 2xx answers is JSON, else bytes, else nothing.
    fn responses(&self, schemas: &mut Schemas<'_>) -> Result<(Success, Value), Problem> {
        let mut json_schemas: Vec<&Value> = Vec::new();
        let mut other_content: Option<&str> = None;
        for (_, response) in self.found.successes() {
            let content = self.resolve(response)?["content"].as_object();
            for (kind, media) in content.into_iter().flatten() {
                match (kind.split(';').next(), media.get("schema")) {
                    (Some("application/json"), Some(schema)) if !json_schemas.contains(&schema) => {
                        json_schemas.push(schema);
                    }
                    (Some("application/json"), _) => {}
                    _ => other_content = other_content.or(Some(kind)),
                }
            }
        }
        if let ([], Some(kind)) = (json_schemas.as_slice(), other_content) {
            let content = json!({ "application/octet-stream": {} });
            return Ok((
                Success::Bytes(kind.to_owned()),
                json!({ "200": { "description": "", "content": content } }),
            ));
        }
        let schema = match json_schemas.as_slice() {
            [] => return Ok((Success::Empty, json!({ "200": { "description": "" } }))),
            [one] => (*one).clone(),
            several => json!({ "oneOf": several }),
        };
        let pointer = format!("{}/responses", self.found.pointer());
        let place = Place::new(format!("{}_response", self.prefix()), Usage::READ, pointer)
            .about(format!("The answer to `{}`.", self.line()));
        let schema = schemas.place(&schema, &place)?;
        let content = json!({ "application/json": { "schema": schema } });
        Ok((
            Success::Json,
            json!({ "200": { "description": "", "content": content } }),
        ))
    }

    /// The first status of success that is declared.
    fn status(&self) -> u16 {
        let first = self.found.successes().next();
        first.and_then(|(code, _)| code.parse().ok()).unwrap_or(200)
    }

    /// A request that changes nothing, or that leaves the same behind when it is repeated.
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
        let Some(target) = node.get("$ref").and_then(Value::as_str) else {
            return Ok(node);
        };
        target
            .strip_prefix('#')
            .and_then(|pointer| self.document.pointer(pointer))
            .ok_or_else(|| {
                Problem::new(format!("{}: {target} does not exist", self.found.pointer()))
            })
    }
}
