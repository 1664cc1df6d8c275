//! What is still wrong after the corrections, judged before the generator sees it.

use std::collections::BTreeMap;

use crate::{
    casing,
    error::Problem,
    spec::{
        document::{self, for_each_ref},
        load::Description,
    },
};

/// Refuses references to nothing, operation ids given twice and schemas whose types would have one name.
pub fn check(description: &Description) -> Result<(), Problem> {
    references(description)?;
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

fn operation_ids(description: &Description) -> Result<(), Problem> {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for found in document::operations(&description.document) {
        let pointer = format!("{}/operationId", found.pointer());
        let Some(id) = found.operation["operationId"].as_str() else {
            return Err(Problem::new(format!("{pointer}: missing")));
        };
        if let Some(first) = seen.insert(id, pointer.clone()) {
            return Err(Problem::new(format!(
                "{pointer}: `{id}` is the id of {first} too"
            )));
        }
    }
    Ok(())
}

fn type_names(description: &Description) -> Result<(), Problem> {
    let instant = casing::type_name(document::INSTANT);
    let mut seen: BTreeMap<String, &str> = BTreeMap::from([(instant, document::INSTANT)]);
    for name in document::schemas(&description.document)
        .into_iter()
        .flat_map(|all| all.keys())
    {
        let type_name = casing::type_name(name);
        let pointer = format!("/components/schemas/{}", document::escape(name));
        if type_name.is_empty() {
            return Err(Problem::new(format!(
                "{pointer}: no Rust name can be made of it"
            )));
        }
        if let Some(first) = seen.insert(type_name.clone(), name) {
            return Err(Problem::new(format!(
                "{pointer}: the type would be called {type_name}, as that of `{first}` is"
            )));
        }
    }
    Ok(())
}
