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
        usages
    }

    /// A schema that no operation reaches is read: it comes with webhooks, if at all.
    pub fn get(&self, schema: &str) -> Usage {
        let target = format!("{SCHEMAS}{schema}");
        self.0.get(&target).copied().unwrap_or(Usage::READ)
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
