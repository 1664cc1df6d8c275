//! A description as a flat list of what code can depend on: operations, parameters, schemas and their fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use intercom_client_codegen::{
    lower::required_ids,
    spec::document::{
        OperationRef, for_each_ref, operations, parameters, resolve, schema_name, schemas,
    },
};

/// Formats that say something of a text's content, but do not make it another type.
const ANNOTATIONS: [&str; 3] = ["email", "uri", "uuid"];

/// One place, by which two descriptions are compared.
#[derive(Clone, Debug)]
pub struct Item {
    /// The place that this one is a part of.
    pub parent: Option<String>,
    pub kind: String,
    pub required: bool,
    pub nullable: bool,
    /// Whether callers fill it in.
    pub in_request: bool,
    /// The values of an enum.
    pub values: BTreeSet<String>,
}

/// Every place by its name: `GET /contacts/{}`, `GET /contacts ?page`, `contact.location.city`.
#[derive(Debug, Default)]
pub struct Surface(pub BTreeMap<String, Item>);

impl Surface {
    pub fn of(document: &Value) -> Self {
        let mut places = Self::default();
        for operation in operations(document) {
            places.operation(document, &operation);
        }
        let sent = sent(document);
        for (name, schema) in schemas(document).into_iter().flatten() {
            let in_request = sent.contains(name.as_str());
            places.schema(name.clone(), None, schema, false, in_request);
        }
        places
    }

    fn operation(&mut self, document: &Value, operation: &OperationRef<'_>) {
        let key = operation.key();
        self.add(key.clone(), Item::new(None, "operation".to_owned(), true));
        let own = Some(key.as_str());
        for parameter in parameters(document, operation) {
            // What is in the path has a name of ours, whatever Intercom calls it.
            if let (Some(name), Some(place)) =
                (parameter["name"].as_str(), parameter["in"].as_str())
                && place != "path"
            {
                let sign = if place == "query" {
                    "?".to_owned()
                } else {
                    format!("{place} ")
                };
                let required = parameter["required"] == true;
                self.schema(
                    format!("{key} {sign}{name}"),
                    own,
                    &parameter["schema"],
                    required,
                    true,
                );
            }
        }
        let body = resolve(document, &operation.operation["requestBody"]);
        self.content(
            &format!("{key} body"),
            &key,
            body,
            body["required"] == true,
            true,
        );
        // Errors are one type for all operations.
        for (code, response) in operation.successes() {
            self.content(
                &format!("{key} {code}"),
                &key,
                resolve(document, response),
                false,
                false,
            );
        }
    }

    fn content(
        &mut self,
        key: &str,
        parent: &str,
        holder: &Value,
        required: bool,
        in_request: bool,
    ) {
        let content = holder.get("content").and_then(Value::as_object);
        for (media, content) in content.into_iter().flatten() {
            let key = if media == "application/json" {
                key.to_owned()
            } else {
                format!("{key} as {media}")
            };
            self.schema(key, Some(parent), &content["schema"], required, in_request);
        }
    }

    fn schema(
        &mut self,
        key: String,
        parent: Option<&str>,
        schema: &Value,
        required: bool,
        in_request: bool,
    ) {
        let mut place = Item::new(parent, kind(schema), in_request);
        place.required = required;
        place.nullable = schema["nullable"] == true;
        place.values = values(schema);
        self.add(key.clone(), place);
        self.fields(&key, schema, in_request, true);
    }

    fn fields(&mut self, key: &str, schema: &Value, in_request: bool, always: bool) {
        let required: Vec<&str> = strings(&schema["required"]).collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let required = always && required.contains(&name.as_str());
            let field = format!("{key}.{name}");
            self.schema(field.clone(), Some(key), property, required, in_request);
            // Whether it is optional in Rust depends on that.
            let identified = name == "id" && schema[required_ids::KEY] == true;
            if let Some(place) = self.0.get_mut(&field).filter(|_| identified) {
                place.kind.push_str(", in every example");
            }
        }
        for (keyword, all) in [("allOf", true), ("anyOf", false), ("oneOf", false)] {
            for part in list(&schema[keyword]) {
                self.fields(key, part, in_request, always && all);
            }
        }
        for part in ["items", "additionalProperties"]
            .into_iter()
            .filter_map(|keyword| schema.get(keyword))
        {
            self.fields(key, part, in_request, always);
        }
    }

    /// Alternatives that have a field of the same name make one place of it.
    fn add(&mut self, key: String, place: Item) {
        let Some(there) = self.0.get_mut(&key) else {
            self.0.insert(key, place);
            return;
        };
        there.required &= place.required;
        there.nullable |= place.nullable;
        there.values.extend(place.values);
        if !there.alternatives().contains(place.kind.as_str()) {
            there.kind = format!("{} | {}", there.kind, place.kind);
        }
    }
}

impl Item {
    fn new(parent: Option<&str>, kind: String, in_request: bool) -> Self {
        let parent = parent.map(str::to_owned);
        Self {
            parent,
            kind,
            required: false,
            nullable: false,
            in_request,
            values: BTreeSet::new(),
        }
    }

    /// The types of a union, or the one of something else.
    pub fn alternatives(&self) -> BTreeSet<&str> {
        self.kind.split(" | ").collect()
    }
}

/// A schema's type in a few words.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema_name(schema) {
        return format!("`{name}`");
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let parts: BTreeSet<String> = list(&schema[keyword]).map(kind).collect();
        if !parts.is_empty() {
            let between = if keyword == "allOf" { " & " } else { " | " };
            return parts.into_iter().collect::<Vec<_>>().join(between);
        }
    }
    let format = schema["format"]
        .as_str()
        .filter(|format| !ANNOTATIONS.contains(format));
    match (schema["type"].as_str(), format) {
        (Some("array"), _) => format!("list of {}", kind(&schema["items"])),
        (Some("object"), _) if schema["additionalProperties"].is_object() => {
            format!("map of {}", kind(&schema["additionalProperties"]))
        }
        (Some(name), Some(format)) => format!("{name} ({format})"),
        (Some(name), None) if schema["enum"].is_array() => format!("{name} (enum)"),
        (Some(name), None) => name.to_owned(),
        (None, _) if schema["properties"].is_object() => "object".to_owned(),
        (None, _) => "anything".to_owned(),
    }
}

/// The values of an enum, of a list's items or of alternatives too.
fn values(schema: &Value) -> BTreeSet<String> {
    let mut values: BTreeSet<String> = list(&schema["enum"])
        .map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
        .collect();
    let below = ["allOf", "anyOf", "oneOf"]
        .into_iter()
        .flat_map(|keyword| list(&schema[keyword]));
    for part in below.chain(schema.get("items")) {
        values.extend(self::values(part));
    }
    values
}

/// The schemas that requests reach.
fn sent(document: &Value) -> BTreeSet<&str> {
    let mut open = Vec::new();
    for operation in operations(document) {
        for keyword in ["parameters", "requestBody"] {
            for holder in [operation.operation, operation.item] {
                for_each_ref(&holder[keyword], "", &mut |_, target| open.push(target));
            }
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(target) = open.pop() {
        let pointer = target.strip_prefix('#').unwrap_or_default();
        if seen.insert(target)
            && let Some(node) = document.pointer(pointer)
        {
            for_each_ref(node, "", &mut |_, target| open.push(target));
        }
    }
    seen.into_iter()
        .filter_map(|target| target.rsplit('/').next())
        .collect()
}

fn list(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}

fn strings(node: &Value) -> impl Iterator<Item = &str> {
    list(node).filter_map(Value::as_str)
}
