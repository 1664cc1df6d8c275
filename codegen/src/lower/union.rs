//! Decides what a `oneOf` or `anyOf` is in Rust.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    casing,
    lower::{
        all_of::{self, Object},
        usage::Usage,
    },
    spec::document::schema_name,
};

/// What a union becomes.
#[derive(Debug)]
pub enum Union {
    /// Scalars of different types, or alternatives that nothing sets apart: any JSON value.
    Any,
    /// One alternative only.
    Single(Value),
    /// One struct with the properties of all alternatives.
    Folded,
    /// An enum; each variant has a name and a schema.
    Variants(Vec<(String, Value)>),
    /// An enum whose variant the value of one property names; each variant has a name, a value and a schema.
    Tagged(String, Vec<(String, String, Value)>),
}

/// The alternatives of a schema, if it is a union.
pub fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|keyword| schema.get(keyword)?.as_array())
}

/// Decides by what the alternatives say, never by what the schema is called.
pub fn resolve(schema: &Value, schemas: &Map<String, Value>, usage: Usage) -> Option<Union> {
    let alternatives = alternatives(schema)?;
    let alternatives: Vec<&Value> = alternatives
        .iter()
        .filter(|one| one["type"] != "null")
        .collect();
    let alternatives = distinct(alternatives);
    let has_properties = schema.get("properties").is_some();
    if let ([one], false) = (alternatives.as_slice(), has_properties) {
        return Some(Union::Single((*one).clone()));
    }
    if has_properties || alternatives.iter().all(|one| all_of::only_requires(one)) {
        return Some(Union::Folded);
    }
    let is_object = |one: &&&Value| Object::of(one, schemas).is_some();
    let objects = alternatives.iter().filter(is_object).count();
    if objects < alternatives.len() {
        return Some(lists(&alternatives, schemas).map_or(Union::Any, Union::Variants));
    }
    if let Some(tagged) = by_discriminator(schema, &alternatives)
        .or_else(|| by_constant(&alternatives, schemas).filter(|_| usage.read))
    {
        return Some(tagged);
    }
    if !usage.written || one_of(schema, schemas).is_some() {
        // Lenient structs cannot tell such alternatives apart: each would accept what another one is.
        return Some(Union::Folded);
    }
    Some(variants(&alternatives, schemas).map_or(Union::Any, Union::Variants))
}

/// Each alternative once.
fn distinct(alternatives: Vec<&Value>) -> Vec<&Value> {
    let mut seen: Vec<&Value> = Vec::new();
    for one in alternatives {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// The properties that set the alternatives of a request apart, where each requires one that no other has and they have all
/// others in common: one struct, of which exactly one of these is set.
pub fn one_of(schema: &Value, schemas: &Map<String, Value>) -> Option<Vec<String>> {
    let alternatives: Vec<&Value> = alternatives(schema)?.iter().collect();
    if alternatives.len() < 2 || by_constant(&alternatives, schemas).is_some() {
        return None;
    }
    let objects = alternatives.iter().map(|one| Object::of(one, schemas));
    let objects = objects.collect::<Option<Vec<Object>>>()?;
    let own = |index: usize| {
        let others = || {
            objects
                .iter()
                .enumerate()
                .filter(move |(other, _)| *other != index)
        };
        let names = objects[index].properties.keys();
        let own =
            names.filter(|name| others().all(|(_, other)| !other.properties.contains_key(*name)));
        let own: Vec<&String> = own.collect();
        match own[..] {
            [name] if objects[index].required.contains(name) => Some(name.clone()),
            _ => None,
        }
    };
    let names = (0..objects.len())
        .map(own)
        .collect::<Option<Vec<String>>>()?;
    let common = |object: &Object| -> BTreeSet<String> {
        let all = object
            .properties
            .keys()
            .filter(|name| !names.contains(name));
        all.cloned().collect()
    };
    let first = common(&objects[0]);
    objects
        .iter()
        .all(|object| common(object) == first)
        .then_some(names)
}

/// Objects beside lists of objects, named after the schemas they refer to.
fn lists(alternatives: &[&Value], schemas: &Map<String, Value>) -> Option<Vec<(String, Value)>> {
    let names = alternatives
        .iter()
        .map(|one| match schema_name(one) {
            Some(name) => Object::of(one, schemas).map(|_| name.to_owned()),
            None => schema_name(one.get("items")?).map(casing::plural),
        })
        .collect::<Option<Vec<String>>>()?;
    named(&names, alternatives)
}

/// The alternatives as variants of these names, if each has one of its own.
fn named(names: &[String], alternatives: &[&Value]) -> Option<Vec<(String, Value)>> {
    let names = casing::without_common_words(names);
    let names: Vec<String> = names.iter().map(|name| casing::type_name(name)).collect();
    let unique: BTreeSet<&String> = names.iter().collect();
    let is_distinct = unique.len() == alternatives.len();
    let variants = names.iter().cloned();
    let variants = variants.zip(alternatives.iter().map(|one| (*one).clone()));
    is_distinct.then(|| variants.collect())
}

fn by_discriminator(schema: &Value, alternatives: &[&Value]) -> Option<Union> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mut found: Vec<(String, String, Value)> = Vec::new();
    for one in alternatives {
        let name = schema_name(one)?;
        // Without a mapping the name of the schema is the value.
        let value = mapping
            .into_iter()
            .flatten()
            .find(|(_, target)| {
                target
                    .as_str()
                    .is_some_and(|target| target.rsplit('/').next() == Some(name))
            })
            .map_or(name, |(value, _)| value);
        let is_taken = |name: &str| found.iter().any(|(known, ..)| known == name);
        let variant = casing::distinct_variant(casing::variant_name(value)?, value, is_taken);
        found.push((variant, value.to_owned(), (*one).clone()));
    }
    Some(Union::Tagged(property.to_owned(), found))
}

/// A property that has one value of its own in each alternative.
fn by_constant(alternatives: &[&Value], schemas: &Map<String, Value>) -> Option<Union> {
    let objects = alternatives
        .iter()
        .map(|one| Object::of(one, schemas))
        .collect::<Option<Vec<_>>>()?;
    let first = objects.first()?;
    first.properties.keys().find_map(|property| {
        let values = objects
            .iter()
            .map(|object| constant(object.properties.get(property)?))
            .collect::<Option<Vec<&str>>>()?;
        if values.iter().collect::<BTreeSet<_>>().len() < values.len() {
            return None;
        }
        let mut found: Vec<(String, String, Value)> = Vec::new();
        for (value, one) in values.iter().zip(alternatives) {
            let is_taken = |name: &str| found.iter().any(|(known, ..)| known == name);
            let variant = casing::distinct_variant(casing::variant_name(value)?, value, is_taken);
            found.push((variant, (*value).to_owned(), (*one).clone()));
        }
        Some(Union::Tagged(property.clone(), found))
    })
}

/// The only value an enum of strings has.
pub fn constant(schema: &Value) -> Option<&str> {
    match schema.get("enum")?.as_array()?.as_slice() {
        [value] => value.as_str(),
        _ => None,
    }
}

/// Variants named after the schema referred to, else after the value or the property that sets an alternative apart.
fn variants(alternatives: &[&Value], schemas: &Map<String, Value>) -> Option<Vec<(String, Value)>> {
    if let Some(Union::Tagged(_, found)) = by_constant(alternatives, schemas) {
        let found = found.into_iter();
        return Some(found.map(|(name, _, schema)| (name, schema)).collect());
    }
    let objects: Vec<Object> = alternatives
        .iter()
        .filter_map(|one| Object::of(one, schemas))
        .collect();
    let names = alternatives.iter().enumerate();
    let names = names.map(|(index, one)| match schema_name(one) {
        Some(name) => Some(name.to_owned()),
        None => distinguishing(&objects, index),
    });
    named(&names.collect::<Option<Vec<String>>>()?, alternatives)
}

fn distinguishing(objects: &[Object], index: usize) -> Option<String> {
    let others = || {
        objects
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
    };
    let object = objects.get(index)?;
    let required = object
        .required
        .iter()
        .find(|name| others().all(|(_, other)| !other.required.contains(*name)));
    let declared = object
        .properties
        .keys()
        .find(|name| others().all(|(_, other)| !other.properties.contains_key(*name)));
    required.or(declared).cloned()
}
