//! One set of properties from all that an object schema is put together of.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use serde_json::{Map, Value, json};

use crate::spec::document::schema_name;

/// The properties of an object, wherever they were declared.
#[derive(Clone, Debug, Default)]
pub struct Object {
    pub properties: Map<String, Value>,
    pub required: BTreeSet<String>,
    /// Of these, exactly one has to be there.
    pub one_of: Vec<String>,
}

impl Object {
    /// What `schema` says of objects, through references, `allOf`, and alternatives folded into one;
    /// `None` for what is no object with properties.
    pub fn of<'s>(schema: &'s Value, schemas: &'s Map<String, Value>) -> Option<Self> {
        let search = Search {
            schemas,
            within: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
        };
        search.object(schema)
    }

    /// Takes in another part; `wins` says whether what it declares replaces what is here.
    fn absorb(&mut self, part: Self, wins: bool) {
        for (name, schema) in part.properties {
            match self.properties.get_mut(&name) {
                Some(known) if wins => *known = schema,
                Some(known) => *known = either(known, &schema),
                None => drop(self.properties.insert(name, schema)),
            }
        }
        self.required.extend(part.required);
    }
}

/// How many parts one object may be put together of: a few schemas, each of which has the next one twice, are millions.
const MOST_STEPS: usize = 10_000;

/// And how deep the parts may be within one another.
const DEEPEST: usize = 32;

/// Looks for the properties of one schema.
struct Search<'s> {
    schemas: &'s Map<String, Value>,
    /// The named schemas that it is in: one that is put together of itself has no properties to find further down.
    within: RefCell<Vec<&'s str>>,
    steps: Cell<usize>,
    depth: Cell<usize>,
}

impl<'s> Search<'s> {
    fn object(&self, schema: &'s Value) -> Option<Object> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS || self.depth.get() > DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let object = self.parts(schema);
        self.depth.set(self.depth.get() - 1);
        object
    }

    fn parts(&self, schema: &'s Value) -> Option<Object> {
        if let Some(name) = schema_name(schema) {
            if self.within.borrow().contains(&name) {
                return None;
            }
            self.within.borrow_mut().push(name);
            let target = self.schemas.get(name);
            let object = target.and_then(|target| self.object(target));
            self.within.borrow_mut().pop();
            let mut object = object?;
            object
                .properties
                .values_mut()
                .for_each(|property| set_owner(property, name));
            return Some(object);
        }
        let mut object = Object::default();
        let mut found = false;
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
        for part in list("allOf").into_iter().flatten() {
            if let Some(part) = self.object(part) {
                object.absorb(part, false);
                found = true;
            }
        }
        if let Some(own) = schema.get("properties").and_then(Value::as_object) {
            object.absorb(
                Object {
                    properties: own.clone(),
                    ..Object::default()
                },
                true,
            );
            found = true;
        }
        object.required.extend(required(schema).map(str::to_owned));
        for alternatives in [list("oneOf"), list("anyOf")].into_iter().flatten() {
            let folded = self.fold(alternatives)?;
            found |= !folded.properties.is_empty();
            object.absorb(folded, false);
        }
        found.then_some(object)
    }

    /// All properties of the alternatives; required is what each of them requires.
    fn fold(&self, alternatives: &'s [Value]) -> Option<Object> {
        let mut folded = Object::default();
        let mut common: Option<BTreeSet<String>> = None;
        for alternative in alternatives {
            let part = if only_requires(alternative) {
                let required = required(alternative).map(str::to_owned).collect();
                Object {
                    required,
                    ..Object::default()
                }
            } else {
                self.object(alternative)?
            };
            common = Some(match common {
                Some(common) => common.intersection(&part.required).cloned().collect(),
                None => part.required.clone(),
            });
            folded.absorb(part, false);
        }
        folded.required = common.unwrap_or_default();
        Some(folded)
    }
}

/// The schema a property was inherited from: what is inline in it is called after that one, and is one type for all heirs.
pub fn owner(property: &Value) -> Option<&str> {
    property.get(OWNER)?.as_str()
}

const OWNER: &str = "x-owner";

fn set_owner(property: &mut Value, name: &str) {
    if let Some(map) = property
        .as_object_mut()
        .filter(|map| !map.contains_key("$ref"))
    {
        map.entry(OWNER).or_insert_with(|| name.into());
    }
}

fn without_owner(property: &Value) -> Value {
    let mut property = property.clone();
    property.as_object_mut().map(|map| map.remove(OWNER));
    property
}

/// The names a schema requires.
pub fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

/// Whether an alternative says nothing but which properties must be there.
pub fn only_requires(schema: &Value) -> bool {
    schema.as_object().is_some_and(|map| {
        map.keys()
            .all(|key| matches!(key.as_str(), "required" | "type"))
    }) && schema.get("type").is_none_or(|kind| kind == "object")
}

/// A schema that admits what either of two admits.
fn either(one: &Value, other: &Value) -> Value {
    if one == other {
        return one.clone();
    }
    let (one, other) = (&without_owner(one), &without_owner(other));
    let properties = |schema: &Value| schema.get("properties").and_then(Value::as_object).cloned();
    if let (Some(mut all), Some(more)) = (properties(one), properties(other)) {
        for (name, schema) in more {
            let known = all.get(&name).map(|known| either(known, &schema));
            all.insert(name, known.unwrap_or(schema));
        }
        return json!({ "type": "object", "properties": all });
    }
    let values = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    // An enum that does not say so is one of strings.
    let kind = |schema: &Value| match (schema.get("type"), values(schema)) {
        (None, Some(_)) => Some(json!("string")),
        (kind, _) => kind.cloned(),
    };
    if kind(one) == kind(other) && kind(one).is_some() {
        return match (values(one), values(other)) {
            (Some(mut all), Some(more)) => {
                all.extend(
                    more.into_iter()
                        .filter(|value| !values(one).unwrap_or_default().contains(value)),
                );
                json!({ "type": kind(one), "enum": all })
            }
            (Some(_), None) => other.clone(),
            (None, Some(_)) => one.clone(),
            (None, None) if one["type"] == "array" => {
                json!({ "type": "array", "items": either(&one["items"], &other["items"]) })
            }
            (None, None) => one.clone(),
        };
    }
    json!({})
}
