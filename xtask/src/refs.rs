//! What the references of a description lead to.

use intercom_client_codegen::spec::document::OperationRef;
use serde_json::Value;

/// What a node refers to; one that refers to nothing is meant itself.
pub fn resolve<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    let target = node["$ref"]
        .as_str()
        .and_then(|target| target.strip_prefix('#'));
    target
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(node)
}

/// The parameters of an operation: those of its path, then its own.
pub fn parameters<'a>(document: &'a Value, operation: &OperationRef<'a>) -> Vec<&'a Value> {
    let holders = [operation.item, operation.operation];
    let declared = holders
        .into_iter()
        .filter_map(|holder| holder["parameters"].as_array())
        .flatten();
    declared
        .map(|parameter| resolve(document, parameter))
        .collect()
}
