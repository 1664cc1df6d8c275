//! Which named schemas are read from responses and which are written into requests.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::spec::document::{self, SCHEMAS};

/// How a schema is used, over all operations of a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub read: bool,
    pub written: bool,
}

impl Usage {
    pub const READ: Self = Self {
        read: true,
        written: false,
    };
    pub const WRITTEN: Self = Self {
        read: false,
        written: true,
    };

    pub fn or(self, other: Self) -> Self {
        Self {
            read: self.read || other.read,
            written: self.written || other.written,
        }
    }
}

/// Usage by reference; what no operation reaches is absent.
#[derive(Debug, Default)]
pub struct Usages(BTreeMap<String, Usage>);

impl Usages {
    /// Follows the references of every operation's parameters, bodies and responses.
    pub fn of(document: &Value) -> Self {
        let mut usages = Self::default();
        for found in document::operations(document) {
            let operation = found.operation;
            usages.reach(document, &found.item["parameters"], Usage::WRITTEN);
            usages.reach(document, &operation["parameters"], Usage::WRITTEN);
            usages.reach(document, &operation["requestBody"], Usage::WRITTEN);
            usages.reach(document, &operation["responses"], Usage::READ);
        }
        usages.reach_others(document);
        usages
    }

    /// What no operation reaches comes with webhooks, if at all, and is read; unless it leads to what is only written.
    fn reach_others(&mut self, document: &Value) {
        for (name, schema) in document::schemas(document).into_iter().flatten() {
            if self.0.contains_key(&format!("{SCHEMAS}{name}")) {
                continue;
            }
            let usage = if self.leads_to_written(document, schema, &mut Vec::new()) {
                Usage::WRITTEN
            } else {
                Usage::READ
            };
            self.0.insert(format!("{SCHEMAS}{name}"), usage);
            self.reach(document, schema, usage);
        }
    }

    pub fn get(&self, schema: &str) -> Usage {
        let target = format!("{SCHEMAS}{schema}");
        self.0.get(&target).copied().unwrap_or(Usage::READ)
    }

    /// Whether a schema refers to what is only written, directly or by way of others that no operation reaches.
    fn leads_to_written<'d>(
        &self,
        document: &'d Value,
        schema: &'d Value,
        visited: &mut Vec<&'d str>,
    ) -> bool {
        let mut targets = Vec::new();
        document::for_each_ref(schema, "", &mut |_, target| targets.push(target));
        targets.into_iter().any(|target| match self.0.get(target) {
            Some(usage) => *usage == Usage::WRITTEN,
            None if visited.contains(&target) => false,
            None => {
                visited.push(target);
                let found = target.strip_prefix('#').and_then(|at| document.pointer(at));
                found.is_some_and(|found| self.leads_to_written(document, found, visited))
            }
        })
    }

    fn reach(&mut self, document: &Value, node: &Value, usage: Usage) {
        let mut targets = Vec::new();
        document::for_each_ref(node, "", &mut |_, target| targets.push(target));
        for target in targets {
            let Some(pointer) = target.strip_prefix('#') else {
                continue;
            };
            // Shared bodies and parameters lead on to schemas just as schemas do.
            let known = self.0.entry(target.to_owned()).or_default();
            let merged = known.or(usage);
            if merged != *known {
                *known = merged;
                self.reach(
                    document,
                    document.pointer(pointer).unwrap_or(&Value::Null),
                    usage,
                );
            }
        }
    }
}
