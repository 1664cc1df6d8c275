//! Which schemas have an `id` wherever an example of a response shows them: the one thing that examples say and schemas do not.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::examples;
use intercom_client_codegen::{
    lower::required_ids::KEY,
    spec::document::{media, operations, schema_name, schemas},
};

/// Marks these schemas in the facts of an original.
pub fn mark(original: &Value, facts: &mut Value) {
    let mut seen = Seen {
        document: original,
        schemas: BTreeMap::new(),
    };
    for found in operations(original) {
        for media in found.successes().flat_map(|(_, response)| media(response)) {
            for (_, example) in examples::of(media) {
                seen.look(&media["schema"], example, 0);
            }
        }
    }
    for (name, always) in seen.schemas {
        if always {
            facts["components"]["schemas"][name][KEY] = json!(true);
        }
    }
}

/// The schemas with an `id` that examples showed, and whether it was always there.
struct Seen<'d> {
    document: &'d Value,
    schemas: BTreeMap<&'d str, bool>,
}

impl<'d> Seen<'d> {
    fn look(&mut self, schema: &'d Value, example: &Value, depth: usize) {
        // Schemas may refer to themselves.
        if depth > 32 {
            return;
        }
        if let Some(name) = schema_name(schema) {
            let known = schemas(self.document).and_then(|schemas| schemas.get_key_value(name));
            let Some((name, target)) = known else { return };
            if example.is_object() && self.has_id(target, 0) {
                let always = self.schemas.entry(name).or_insert(true);
                *always &= !example["id"].is_null();
            }
            return self.look(target, example, depth + 1);
        }
        if let Some(items) = example.as_array() {
            for item in items {
                self.look(&schema["items"], item, depth + 1);
            }
        }
        let properties = schema["properties"].as_object();
        for (name, property) in properties.into_iter().flatten() {
            if let Some(value) = example.get(name) {
                self.look(property, value, depth + 1);
            }
        }
        let parts = schema["allOf"].as_array();
        for part in parts.into_iter().flatten() {
            self.look(part, example, depth + 1);
        }
        for keyword in ["anyOf", "oneOf"] {
            let Some(alternatives) = schema[keyword].as_array() else {
                continue;
            };
            let meant = match alternatives.as_slice() {
                [only] => Some(only),
                several => several.iter().find(|one| self.is_of_type(one, example)),
            };
            if let Some(meant) = meant {
                self.look(meant, example, depth + 1);
            }
        }
    }

    /// Whether the schema, or one that it is put together of, has an `id`.
    fn has_id(&self, schema: &Value, depth: usize) -> bool {
        let target = schema_name(schema).and_then(|name| schemas(self.document)?.get(name));
        let schema = target.unwrap_or(schema);
        let parts = schema["allOf"].as_array();
        let mut parts = parts.into_iter().flatten();
        schema["properties"].get("id").is_some()
            || depth < 32 && parts.any(|part| self.has_id(part, depth + 1))
    }

    /// Whether the `type` that the example says is one that the schema allows.
    fn is_of_type(&self, schema: &Value, example: &Value) -> bool {
        let target = schema_name(schema).and_then(|name| schemas(self.document)?.get(name));
        let values = target.unwrap_or(schema)["properties"]["type"]["enum"].as_array();
        values.is_some_and(|values| values.contains(&example["type"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(example: Value) -> Vec<String> {
        let original = json!({
            "paths": { "/things": { "get": { "responses": {
                "200": { "content": { "application/json": {
                    "schema": { "type": "object", "properties": {
                        "data": { "type": "array", "items": { "$ref": "#/components/schemas/thing" } },
                        "of": { "oneOf": [
                            { "$ref": "#/components/schemas/maker" }, { "$ref": "#/components/schemas/seller" },
                        ] },
                    } },
                    "examples": { "one": { "value": example } },
                } } },
                "404": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/thing" }, "example": { "id": null },
                } } },
            } } } },
            "components": { "schemas": {
                "thing": { "allOf": [{ "$ref": "#/components/schemas/base" }] },
                "base": { "properties": { "id": { "type": "string" } } },
                "maker": { "properties": { "id": {}, "type": { "enum": ["maker"] } } },
                "seller": { "properties": { "id": {}, "type": { "enum": ["seller"] } } },
            } },
        });
        let mut facts = original.clone();
        mark(&original, &mut facts);
        let all = schemas(&facts).unwrap().iter();
        let marked = all.filter(|(_, schema)| schema[KEY] == true);
        marked.map(|(name, _)| name.clone()).collect()
    }

    #[test]
    fn a_schema_is_marked_if_no_example_of_a_success_lacks_its_id() {
        let both = json!({ "data": [{ "id": "1" }, { "id": 2 }] });
        assert_eq!(marked(both), ["base", "thing"]);
        let null = json!({ "data": [{ "id": "1" }, { "id": null }] });
        assert_eq!(marked(null), Vec::<String>::new());
        let absent = json!({ "data": [{ "id": "1" }, {}] });
        assert_eq!(marked(absent), Vec::<String>::new());
    }

    #[test]
    fn what_no_example_shows_is_not_marked() {
        assert_eq!(marked(json!({ "data": [] })), Vec::<String>::new());
    }

    #[test]
    fn of_a_union_the_one_that_the_type_names_is_meant() {
        let seller = json!({ "of": { "type": "seller", "id": "1" } });
        assert_eq!(marked(seller), ["seller"]);
        let unknown = json!({ "of": { "type": "buyer", "id": "1" } });
        assert_eq!(marked(unknown), Vec::<String>::new());
    }
}
