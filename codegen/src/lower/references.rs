//! References to what has no name of its own: what they lead to is put in their place.

use serde_json::Value;

use crate::{
    error::Problem,
    spec::document::{self, escape},
};

/// How many references may lead on from one another, and be replaced in total.
const DEEPEST: usize = 32;
const MOST: usize = 10_000;

/// Replaces every reference to the inside of a schema or of an operation; named schemas, parameters and so on stay referred to.
pub fn inline(document: &mut Value) -> Result<(), Problem> {
    let mut leads_inside = false;
    document::for_each_ref(document, "", &mut |_, target| {
        leads_inside |= !is_named(target);
    });
    if !leads_inside {
        return Ok(());
    }
    let source = document.clone();
    let mut inlining = Inlining {
        source: &source,
        count: 0,
    };
    inlining.node(document, "", 0)
}

/// `#/components/schemas/boat`.
fn is_named(target: &str) -> bool {
    target.starts_with("#/components/") && target.split('/').count() == 4
}

struct Inlining<'d> {
    source: &'d Value,
    count: usize,
}

impl Inlining<'_> {
    fn node(&mut self, node: &mut Value, pointer: &str, depth: usize) -> Result<(), Problem> {
        let target = node.get("$ref").and_then(Value::as_str);
        if let Some(target) = target.filter(|target| !is_named(target)) {
            self.count += 1;
            if depth > DEEPEST || self.count > MOST {
                return Err(Problem::new(format!(
                    "{pointer}/$ref: {target} leads to itself or to too much; a correction that puts a schema with a name of its own there ends it"
                )));
            }
            let found = target.strip_prefix('#');
            let found = found.and_then(|path| self.source.pointer(path)).cloned();
            *node = found.unwrap_or_default();
            return self.node(node, pointer, depth + 1);
        }
        match node {
            Value::Object(map) => map.iter_mut().try_for_each(|(key, value)| {
                self.node(value, &format!("{pointer}/{}", escape(key)), depth)
            }),
            Value::Array(items) => items.iter_mut().enumerate().try_for_each(|(index, item)| {
                self.node(item, &format!("{pointer}/{index}"), depth)
            }),
            _ => Ok(()),
        }
    }
}
