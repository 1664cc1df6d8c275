//! Which schemas are resources that always come with their `id`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::spec::document::{media, operations, schema_name, schemas};

/// What the import writes at a schema whose `id` is there in every example of the original.
pub const KEY: &str = "x-id-in-every-example";

/// The schemas that responses are, or hold lists of; what a response merely refers to may lack its id when it is gone.
#[derive(Debug, Default)]
pub struct Resources(BTreeSet<String>);

impl Resources {
    pub fn of(document: &Value) -> Self {
        let mut resources = Self::default();
        for found in operations(document) {
            for media in found.successes().flat_map(|(_, response)| media(response)) {
                resources.add(document, &media["schema"]);
                resources.lists(document, &media["schema"], &mut BTreeSet::new());
            }
        }
        resources
    }

    pub fn contains(&self, schema: &str) -> bool {
        self.0.contains(schema)
    }

    fn add(&mut self, document: &Value, schema: &Value) {
        let target = schema_name(schema).and_then(|name| {
            let target = schemas(document)?.get(name)?;
            self.0.insert(name.to_owned()).then_some(target)
        });
        // A union of resources is one of them.
        for keyword in ["anyOf", "oneOf"] {
            let alternatives = target.unwrap_or(schema)[keyword].as_array();
            for alternative in alternatives.into_iter().flatten() {
                self.add(document, alternative);
            }
        }
    }

    /// Adds the items of every list below a schema.
    fn lists<'d>(&mut self, document: &'d Value, node: &'d Value, visited: &mut BTreeSet<&'d str>) {
        match node {
            Value::Object(map) => {
                if let Some(items) = map.get("items") {
                    self.add(document, items);
                }
                let target = schema_name(node).filter(|name| visited.insert(name));
                if let Some(target) = target.and_then(|name| schemas(document)?.get(name)) {
                    self.lists(document, target, visited);
                }
                map.values()
                    .for_each(|value| self.lists(document, value, visited));
            }
            Value::Array(list) => list
                .iter()
                .for_each(|value| self.lists(document, value, visited)),
            _ => {}
        }
    }
}
