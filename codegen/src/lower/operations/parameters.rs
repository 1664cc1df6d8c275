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
const OWN_HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "intercom-version",
    "transfer-encoding",
];

/// What HTTP calls a token.
fn is_header(name: &str) -> bool {
    let is_of_tokens =
        |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    name.chars().all(is_of_tokens)
}

/// The keyword, among those of a prepared parameter, for what stands between the items of a list in one parameter.
pub const SEPARATOR: &str = "x-separator";

/// How the values of a parameter of the query are written.
#[derive(Clone, Copy)]
enum Style {
    /// Each item of a list, and each property of an object, is a parameter of its own.
    Exploded,
    /// A list is one parameter, with this between its items.
    Joined(&'static str),
    /// `filter[state]=open`.
    Deep,
}

impl Style {
    fn of(parameter: &Value, pointer: &str) -> Result<Self, Problem> {
        let style = parameter["style"].as_str().unwrap_or("form");
        let explode = parameter["explode"].as_bool();
        match (style, explode.unwrap_or(style == "form")) {
            ("deepObject", _) => Ok(Self::Deep),
            ("form" | "spaceDelimited" | "pipeDelimited", true) => Ok(Self::Exploded),
            ("form", false) => Ok(Self::Joined(",")),
            ("spaceDelimited", false) => Ok(Self::Joined(" ")),
            ("pipeDelimited", false) => Ok(Self::Joined("|")),
            (other, _) => Err(Problem::new(format!(
                "{pointer}/style: `{other}` is no style of a parameter in the query; correct it to `form`"
            ))),
        }
    }
}

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
        if !casing::snake(name).contains(char::is_alphanumeric) {
            return Err(Problem::new(format!(
                "{pointer}/name: no setter can be named after it; leave the parameter out by a correction"
            )));
        }
        match parameter["in"].as_str() {
            Some("query") => {
                let style = Style::of(parameter, &pointer)?;
                let object = all_of::Object::of(&parameter["schema"], schemas.source());
                let Some(object) = object else {
                    schemas.words([&self.name.resource], name);
                    let placed = self.place(name, &parameter["schema"], &pointer, schemas)?;
                    let mut given = json!({ "name": name, "in": "query", "required": required, "schema": placed });
                    if let Style::Joined(separator) = style {
                        given[SEPARATOR] = separator.into();
                    }
                    parameters.push(given);
                    return Ok(());
                };
                // An object is a parameter for each of its properties.
                for (property, schema) in &object.properties {
                    schemas.words([&self.name.resource], property);
                    let required = required && object.required.contains(property);
                    let placed = self.place(property, schema, &pointer, schemas)?;
                    let name = match style {
                        Style::Exploded => property.clone(),
                        Style::Deep => format!("{name}[{property}]"),
                        Style::Joined(_) => {
                            return Err(Problem::new(format!(
                                "{pointer}: an object in one parameter cannot be written; correct `explode` to true, or the schema to a string"
                            )));
                        }
                    };
                    parameters.push(json!({ "name": name, "in": "query", "required": required, "schema": placed }));
                }
                Ok(())
            }
            Some("header") if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) => Ok(()),
            Some("header") if !is_header(name) => Err(Problem::new(format!(
                "{pointer}/name: no header can be called so; correct it, or leave the parameter out by a correction"
            ))),
            Some("header") => {
                headers.push(name.to_owned());
                schemas.words([&self.name.resource], name);
                let placed = self.place(name, &parameter["schema"], &pointer, schemas)?;
                parameters.push(json!({
                    "name": name, "in": "header", "required": required, "schema": placed, SEPARATOR: ",",
                }));
                Ok(())
            }
            // The client has no cookies, so nothing can be set.
            Some("cookie") if !required => Ok(()),
            Some("path") => Err(Problem::new(format!(
                "{pointer}: the path has no `{{{name}}}`; correct the path, or leave the parameter out by a correction"
            ))),
            _ => Err(Problem::new(format!(
                "{pointer}/in: neither path, query nor header; leave the parameter out by a correction"
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
        if all_of::Object::of(schema, schemas.source()).is_some() {
            return Err(Problem::new(format!(
                "{pointer}/schema: the object `{name}` cannot be written there; correct it to a string"
            )));
        }
        let name = format!("{}_{}", self.prefix(), casing::snake(name));
        schemas.place(
            schema,
            &Place::new(name, Usage::WRITTEN, format!("{pointer}/schema")),
        )
    }

    pub(super) fn refuse_one_setter_for_two(&self, parameters: &[Value]) -> Result<(), Problem> {
        let mut seen: Vec<String> = Vec::new();
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap_or_default();
            let setter = names::setter(name, parameter["in"].as_str().unwrap_or_default());
            if seen.contains(&setter) {
                return Err(Problem::new(format!(
                    "{}/parameters: two things would be set by `{setter}`; leave one of them out by a correction",
                    self.found.pointer()
                )));
            }
            seen.push(setter);
        }
        Ok(())
    }
}
