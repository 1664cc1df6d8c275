//! Walking an OpenAPI document: its operations, its references, its pointers.

use serde_json::{Map, Value};

/// The HTTP methods a path item may hold.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where named schemas live.
pub const SCHEMAS: &str = "#/components/schemas/";

/// The schema that stands for an instant where the generator is given one; no description may have one of that name.
pub const INSTANT: &str = "instant";

/// One operation and where it stands.
#[derive(Clone, Copy)]
pub struct OperationRef<'a> {
    pub path: &'a str,
    pub method: &'a str,
    pub item: &'a Value,
    pub operation: &'a Value,
}

impl<'a> OperationRef<'a> {
    /// The responses of a success, by their codes.
    pub fn successes(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let responses = self.operation.get("responses").and_then(Value::as_object);
        let responses = responses.into_iter().flatten();
        responses
            .filter(|(code, _)| code.starts_with('2'))
            .map(|(code, response)| (code.as_str(), response))
    }

    /// `GET /contacts/{}`: stable across versions, however Intercom names the parameters.
    pub fn key(&self) -> String {
        operation_key(self.method, self.path)
    }

    /// The JSON pointer of the operation.
    pub fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape(self.path), self.method)
    }
}

/// Every operation in the document's order.
pub fn operations(document: &Value) -> impl Iterator<Item = OperationRef<'_>> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths.into_iter().flatten().flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| {
            Some(OperationRef {
                path,
                method,
                item,
                operation: item.get(*method)?,
            })
        })
    })
}

/// What a body or a response holds, whatever its media type.
pub fn media(holder: &Value) -> impl Iterator<Item = &Value> {
    let content = holder.get("content").and_then(Value::as_object);
    content.into_iter().flat_map(|content| content.values())
}

/// `GET /contacts/{}` for `get` and `/contacts/{contact_id}`.
pub fn operation_key(method: &str, path: &str) -> String {
    format!("{} {}", method.to_ascii_uppercase(), path_shape(path))
}

/// The path with each parameter as `{}`.
pub fn path_shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut within = false;
    for character in path.chars() {
        match character {
            '{' => {
                within = true;
                shape.push_str("{}");
            }
            '}' => within = false,
            _ if within => {}
            other => shape.push(other),
        }
    }
    shape
}

/// The names of a path's parameters, in order.
pub fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

/// A key as it stands in a JSON pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A key as it was before [`escape`].
pub fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

/// The name of the schema that a node refers to.
pub fn schema_name(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// What a reference within the document leads to, if it leads anywhere; references in a circle lead nowhere.
pub fn resolve<'v>(document: &'v Value, node: &'v Value) -> &'v Value {
    let mut found = node;
    for _ in 0..32 {
        let target = found.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| document.pointer(target.strip_prefix('#')?));
        match target {
            Some(next) => found = next,
            None => break,
        }
    }
    found
}

/// The parameters of an operation: those of its path, then its own.
pub fn parameters<'v>(document: &'v Value, operation: &OperationRef<'v>) -> Vec<&'v Value> {
    let holders = [operation.item, operation.operation].into_iter();
    let declared = holders.filter_map(|holder| holder["parameters"].as_array());
    let declared = declared.flatten();
    declared
        .map(|parameter| resolve(document, parameter))
        .collect()
}

/// A node that refers to a schema.
pub fn schema_ref(name: &str) -> Value {
    serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") })
}

/// The named schemas, if there are any.
pub fn schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}

/// Calls `visit` with the pointer and the target of every `$ref` below `node`.
pub fn for_each_ref<'a>(node: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a str)) {
    match node {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("$ref", Value::String(target)) => visit(pointer, target),
                    _ => for_each_ref(value, &format!("{pointer}/{}", escape(key)), visit),
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                for_each_ref(value, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}
