//! Values for the bodies, the parameters and the responses of every operation.

use intercom_client_codegen::{
    lower::{DefinitionKind, Normalized, ids, time},
    spec::document::schema_name,
};
use serde_json::{Value, json};

/// Makes values that a normalized description admits.
pub struct Samples<'n> {
    pub normalized: &'n Normalized,
    /// Which alternative of each union is taken.
    pub choice: usize,
}

impl Samples<'_> {
    /// A value with every field; from a depth on, which types within themselves would never reach, with the required ones.
    pub fn of(&self, schema: &Value, depth: usize) -> Value {
        match schema_name(schema) {
            Some(time::SCHEMA) => return json!(1_700_000_000),
            Some(name) => {
                let definition = &self.normalized.schemas[name];
                let mut value = self.of(&definition.schema, depth + 1);
                if let DefinitionKind::Struct {
                    times, ids, one_of, ..
                } = &definition.kind
                {
                    for (property, _) in ids
                        .iter()
                        .filter(|(_, form)| **form == ids::IdFormat::Integer)
                    {
                        match value.get_mut(property) {
                            Some(Value::Array(ids)) => *ids = vec![json!(7)],
                            Some(id) => *id = json!(7),
                            None => {}
                        }
                    }
                    if let (Some(object), Some((_, others))) =
                        (value.as_object_mut(), one_of.split_first())
                    {
                        others.iter().for_each(|other| drop(object.remove(other)));
                    }
                    let iso = times
                        .iter()
                        .filter(|(_, form)| **form == time::TimeFormat::Iso8601);
                    for (property, _) in iso {
                        if value.get(property).is_some() {
                            value[property] = json!("2023-11-14T22:13:20Z");
                        }
                    }
                }
                return value;
            }
            None => {}
        }
        if let Some(alternatives) = schema["oneOf"].as_array() {
            return self.of(&alternatives[self.choice % alternatives.len()], depth);
        }
        if let Some(wrapped) = schema["allOf"].get(0) {
            return self.of(wrapped, depth);
        }
        match schema["type"].as_str() {
            // An empty map says as much as none.
            Some("object") if schema.get("properties").is_none() => json!({ "name": "value" }),
            Some("object") => {
                let required = |name: &String| {
                    let names = schema["required"].as_array();
                    names.is_some_and(|names| names.iter().any(|other| other == name))
                };
                let properties = schema["properties"].as_object();
                let properties = properties.into_iter().flatten();
                let wanted = properties.filter(|(name, _)| depth < 6 || required(name));
                Value::Object(
                    wanted
                        .map(|(name, schema)| (name.clone(), self.of(schema, depth + 1)))
                        .collect(),
                )
            }
            Some("array") if depth < 6 => json!([self.of(&schema["items"], depth + 1)]),
            Some("array") => json!([]),
            Some("integer") => json!(7),
            Some("number") => json!(7.5),
            Some("boolean") => json!(true),
            Some("string") => schema["enum"].get(0).cloned().unwrap_or(json!("text")),
            _ => json!({ "any": "value" }),
        }
    }
}

/// The constants that the description names, which the schemas for the generator do not say.
pub fn with_constants(
    normalized: &Normalized,
    schema: &Value,
    mut body: Value,
    choice: usize,
) -> Value {
    let Some(definition) = schema_name(schema).and_then(|name| normalized.schemas.get(name)) else {
        return body;
    };
    match &definition.kind {
        DefinitionKind::Struct { constants, .. } => {
            for (name, value) in constants {
                if body.get(name).is_some() {
                    body[name] = json!(value);
                }
            }
        }
        DefinitionKind::Union(_) | DefinitionKind::Tagged(_) => {
            let alternatives = definition.schema["oneOf"].as_array().unwrap();
            body = with_constants(
                normalized,
                &alternatives[choice % alternatives.len()],
                body,
                choice,
            );
        }
        DefinitionKind::Enum(_) => {}
    }
    body
}
