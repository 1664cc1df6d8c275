//! Types that no request can carry: those that require themselves.

use std::collections::BTreeMap;

use crate::{
    error::Problem,
    lower::{Definition, DefinitionKind},
    spec::document::schema_name,
};

/// Refuses a struct that is written and that requires itself, by way of others or at once.
pub fn check(schemas: &BTreeMap<String, Definition>) -> Result<(), Problem> {
    for (name, definition) in schemas.iter().filter(|(_, found)| found.usage.written) {
        let mut seen: Vec<&str> = Vec::new();
        let mut next = required(definition);
        while let Some(other) = next.pop() {
            if other == name {
                return Err(Problem::new(format!(
                    "{}: it requires itself, so that no value of it would end; correct `required` to leave out what leads back to it",
                    definition.pointer
                )));
            }
            if let Some(found) = schemas.get(other).filter(|_| !seen.contains(&other)) {
                seen.push(other);
                next.extend(required(found));
            }
        }
    }
    Ok(())
}

/// The types of the properties that have to be there.
fn required(definition: &Definition) -> Vec<&str> {
    let DefinitionKind::Struct { required, .. } = &definition.kind else {
        return Vec::new();
    };
    let properties = &definition.schema["properties"];
    let placed = required.iter().map(|name| &properties[name.as_str()]);
    let named = placed
        .filter_map(|placed| schema_name(placed).or_else(|| schema_name(placed["allOf"].get(0)?)));
    named.collect()
}
