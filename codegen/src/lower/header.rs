//! How a version is written in the `Intercom-Version` header.

use serde_json::Value;

use crate::spec::{
    document::{self, OperationRef},
    version::Version,
};

/// The header that says which version a request is of.
const NAME: &str = "Intercom-Version";

/// As the description lists the version for the header, which may be in another case; else as the version is called.
pub fn value(document: &Value, version: &Version) -> String {
    let operations = document::operations(document);
    let listed = operations.filter_map(|operation| listed(document, &operation, version));
    let mut listed = listed.take(1);
    listed.next().unwrap_or_else(|| version.to_string())
}

fn listed(document: &Value, operation: &OperationRef<'_>, version: &Version) -> Option<String> {
    let parameters = document::parameters(document, operation).into_iter();
    let mut named = parameters.filter(|parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        name.eq_ignore_ascii_case(NAME)
    });
    let schema = document::resolve(document, &named.next()?["schema"]);
    let values = schema["enum"].as_array()?.iter().filter_map(Value::as_str);
    let mut same = values.filter(|value| value.eq_ignore_ascii_case(version.as_str()));
    same.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(values: Value, version: &str) -> String {
        let parameter = json!({ "$ref": "#/components/parameters/version" });
        let document = json!({
            "paths": { "/me": { "get": { "parameters": [parameter] } } },
            "components": {
                "parameters": { "version": {
                    "name": "intercom-version", "in": "header",
                    "schema": { "$ref": "#/components/schemas/api_version" },
                } },
                "schemas": { "api_version": { "type": "string", "enum": values } },
            },
        });
        value(&document, &version.parse().unwrap())
    }

    #[test]
    fn the_header_has_the_case_that_the_description_lists() {
        assert_eq!(written(json!(["2.16", "preview"]), "Preview"), "preview");
        assert_eq!(written(json!(["2.16", "Preview"]), "preview"), "Preview");
        assert_eq!(written(json!(["2.16", "2.17"]), "2.17"), "2.17");
        assert_eq!(written(json!(["2.16"]), "2.17"), "2.17");
    }
}
