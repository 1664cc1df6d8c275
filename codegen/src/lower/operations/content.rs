//! What an operation's request and its success carry.

use serde_json::{Value, json};

use super::Preparation;
use crate::{
    error::Problem,
    lower::{
        Body, Success,
        schemas::{Place, Schemas},
        usage::Usage,
    },
};

impl Preparation<'_> {
    pub(super) fn body(&self, schemas: &mut Schemas<'_>) -> Result<(Body, Option<Value>), Problem> {
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

    /// The one success: JSON if any of the 2xx responses is JSON, else bytes, else nothing.
    pub(super) fn responses(&self, schemas: &mut Schemas<'_>) -> Result<(Success, Value), Problem> {
        let mut json_schemas: Vec<&Value> = Vec::new();
        let mut other_content: Option<&str> = None;
        for (_, response) in self.found.successes() {
            let content = self.resolve(response)?["content"].as_object();
            for (kind, media) in content.into_iter().flatten() {
                match (is_json(kind), media.get("schema")) {
                    (true, Some(schema)) if !json_schemas.contains(&schema) => {
                        json_schemas.push(schema);
                    }
                    (true, _) => {}
                    (false, _) => other_content = other_content.or(Some(kind)),
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
            .about(format!("The response to `{}`.", self.line()));
        let schema = schemas.place(&schema, &place)?;
        let content = json!({ "application/json": { "schema": schema } });
        Ok((
            Success::Json,
            json!({ "200": { "description": "", "content": content } }),
        ))
    }
}

/// `application/json`, with a parameter or without, or a kind that is JSON too.
fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}
