//! Gives the operations of a version their names and makes sure that no two have the same one.

use std::collections::{BTreeMap, BTreeSet};

use crate::openapi::naming::rule;
use intercom_client_codegen::{
    casing::snake,
    error::Problem,
    spec::{
        document::{OperationRef, operations, path_parameters},
        load::Description,
        names::{Name, Names},
    },
};

/// Names every operation that `names` does not have yet, and returns the keys of those.
pub fn complete(names: &mut Names, description: &Description) -> Result<Vec<String>, Problem> {
    let mut all: BTreeMap<String, OperationRef<'_>> = BTreeMap::new();
    for operation in operations(&description.document) {
        if let Some(other) = all.insert(operation.key(), operation) {
            return Err(Problem::new(format!(
                "{} and {} are the same operation; leave one of them out by a correction",
                other.pointer(),
                operation.pointer()
            )));
        }
    }
    let mut taken: BTreeMap<(String, String), String> = BTreeMap::new();
    for key in all.keys() {
        if let Some(name) = names.0.get(key) {
            take(&mut taken, key, name, description)?;
        }
    }
    let mut new = Vec::new();
    for (key, operation) in &all {
        if names.0.contains_key(key) {
            continue;
        }
        let mut candidates = rule::names(&description.document, operation);
        let free = candidates
            .iter()
            .position(|name| name.is_free() && !taken.contains_key(&identity(name)));
        let name = candidates.swap_remove(free.unwrap_or(0));
        take(&mut taken, key, &name, description)?;
        names.0.insert(key.clone(), name);
        new.push(key.clone());
    }
    for (key, operation) in &all {
        check_setters(names.get(key)?, operation)
            .map_err(|problem| problem.within(format_args!("openapi/names.json: `{key}`")))?;
    }
    Ok(new)
}

fn identity(name: &Name) -> (String, String) {
    (name.resource.clone(), name.verb.clone())
}

fn take(
    taken: &mut BTreeMap<(String, String), String>,
    key: &str,
    name: &Name,
    description: &Description,
) -> Result<(), Problem> {
    match taken.insert(identity(name), key.to_owned()) {
        None => Ok(()),
        Some(other) => Err(Problem::new(format!(
            "`{other}` and `{key}` of {} are both called `{}.{}`; name one of them in openapi/names.json",
            description.version, name.resource, name.verb
        ))),
    }
}

/// One setter per parameter of the path, and none that is also something else.
fn check_setters(name: &Name, operation: &OperationRef<'_>) -> Result<(), Problem> {
    let in_path = path_parameters(operation.path);
    if name.path.len() != in_path.len() {
        return Err(Problem::new(format!(
            "{} setters for the {} parameters of {}",
            name.path.len(),
            in_path.len(),
            operation.path
        )));
    }
    // A parameter of the path that is declared again in the query is a mistake to correct, not a second setter.
    let mut others: BTreeSet<String> = [operation.item, operation.operation]
        .into_iter()
        .filter_map(|holder| holder.get("parameters")?.as_array())
        .flatten()
        .filter(|parameter| parameter["in"] == "query")
        .filter_map(|parameter| parameter["name"].as_str())
        .filter(|parameter| !in_path.contains(parameter))
        .map(snake)
        .collect();
    match name
        .path
        .iter()
        .find(|setter| !others.insert((*setter).clone()))
    {
        Some(setter) => Err(Problem::new(format!(
            "the setter `{setter}` has a second meaning"
        ))),
        None => Ok(()),
    }
}
