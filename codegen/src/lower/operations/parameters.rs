//! The parameters of an operation besides those of its path.

use serde_json::{Value, json};

use super::Preparation;
use crate::{
    casing,
    error::Problem,
    lower::{
        all_of,
        schemas::{Place, Schemas},
        usage::Usage,
    },
    spec::{
        document::{self, escape},
        names,
    },
};

/// Headers that the client sets itself.
const OWN_HEADERS: [&str; 4] = [
    "accept",
    "authorization",
    "content-type",
    "intercom-version",
];

impl Preparation<'_> {
    /// The parameters of the path item and of the operation, which wins, without those of the path itself.
    pub(super) fn declared(&self) -> Result<Vec<Value>, Problem> {
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

    pub(super) fn parameter(
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

    pub(super) fn refuse_one_setter_for_two(&self, parameters: &[Value]) -> Result<(), Problem> {
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
}
