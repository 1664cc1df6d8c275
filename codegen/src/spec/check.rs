//! What is still wrong after the corrections, judged before the generator sees it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    casing,
    error::Problem,
    spec::{
        document::{self, for_each_ref},
        load::Description,
    },
};

/// Refuses references to nothing, paths that are none, operation ids given twice and schemas that no type can be named after.
pub fn check(description: &Description) -> Result<(), Problem> {
    references(description)?;
    paths(description)?;
    operation_ids(description)?;
    type_names(description)
}

fn references(description: &Description) -> Result<(), Problem> {
    let document = &description.document;
    let mut dangling = None;
    for_each_ref(document, "", &mut |pointer, target| {
        let found = target
            .strip_prefix('#')
            .and_then(|path| document.pointer(path));
        if found.is_none() && dangling.is_none() {
            dangling = Some(format!(
                "{pointer}/$ref refers to {target}, which does not exist"
            ));
        }
    });
    dangling.map_or(Ok(()), |sentence| Err(Problem::new(sentence)))
}

fn paths(description: &Description) -> Result<(), Problem> {
    let paths = description.document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let pointer = format!("/paths/{}", document::escape(path));
        if item.get("$ref").is_some() {
            return Err(Problem::new(format!(
                "{pointer}/$ref: a path that is another one; correct it to have operations itself"
            )));
        }
        if !path.starts_with('/')
            || path.contains(['?', '#', '\\'])
            || !path.chars().all(|letter| letter.is_ascii_graphic())
            || !is_balanced(path)
        {
            return Err(Problem::new(format!(
                "{pointer}: not a path of the form `/boats/{{boat_id}}`; leave it out by a correction, or put it under one of this form"
            )));
        }
    }
    Ok(())
}

/// Whether each `{` has its `}`, with a name between them.
fn is_balanced(path: &str) -> bool {
    let mut parts = path.split('{');
    let is_fixed = |text: &str| !text.contains('}');
    parts.next().is_some_and(is_fixed)
        && parts.all(|part| {
            let named = part.split_once('}');
            named.is_some_and(|(name, rest)| !name.is_empty() && is_fixed(rest))
        })
}

fn operation_ids(description: &Description) -> Result<(), Problem> {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for found in document::operations(&description.document) {
        let pointer = format!("{}/operationId", found.pointer());
        let Some(id) = found.operation["operationId"].as_str() else {
            return Err(Problem::new(format!(
                "{pointer}: missing, or no text; a correction can put one there"
            )));
        };
        if let Some(first) = seen.insert(id, pointer.clone()) {
            return Err(Problem::new(format!(
                "{pointer}: `{id}` is the id of {first} too; give one of the two another id by a correction"
            )));
        }
    }
    Ok(())
}

fn type_names(description: &Description) -> Result<(), Problem> {
    for name in document::schemas(&description.document)
        .into_iter()
        .flat_map(|all| all.keys())
    {
        let pointer = format!("/components/schemas/{}", document::escape(name));
        if casing::type_name(name).is_empty() {
            return Err(Problem::new(format!(
                "{pointer}: no type can be named after it; a correction that puts it under a name with letters can help"
            )));
        }
    }
    Ok(())
}
