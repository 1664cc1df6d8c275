//! What becomes of an object: its fields, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Place, Schemas, described};
use crate::pipeline::{
    document::schema_ref,
    identity,
    normalize::{
        Kind,
        object::{self, Object},
        time, union,
    },
    problem::Problem,
    usage::Usage,
    words,
};

impl Schemas<'_> {
    pub(super) fn define_struct(
        &mut self,
        object: Object,
        place: &Place,
    ) -> Result<Value, Problem> {
        if let Some(known) = self.known(place)? {
            return Ok(known);
        }
        let identified = self.is_identified(&object, place);
        let mut properties = Map::new();
        let mut idents: BTreeMap<String, &String> = BTreeMap::new();
        let mut constants = BTreeMap::new();
        let mut nullable = BTreeSet::new();
        let mut times = BTreeMap::new();
        let mut open = BTreeSet::new();
        for (name, schema) in &object.properties {
            let below = match object::owner(schema) {
                Some(owner) => self.named(owner).property(name),
                None => place.property(name),
            };
            if let Some(other) = idents.insert(words::snake(name), name) {
                return Err(Problem::new(format!(
                    "{}: `{other}` and `{name}` would be one field",
                    place.pointer
                )));
            }
            if let Some(value) = union::constant(schema) {
                constants.insert(name.clone(), value.to_owned());
            }
            if schema["nullable"] == true {
                nullable.insert(name.clone());
            }
            let mut placed = match time::form(name, schema, self.source) {
                Some(form) => {
                    times.insert(name.clone(), form);
                    schema_ref(time::SCHEMA)
                }
                // An id is a text, as in every path that takes it.
                None if identified && name == "id" => json!({ "type": "string" }),
                None => self.place(schema, &below)?,
            };
            if schema["nullable"] == true && placed == json!({}) {
                // A JSON value has a null of its own.
                open.insert(name.clone());
            }
            let words = self.docs.field([&place.name, &below.documented], name);
            if let Some(sentence) = words {
                placed = described(placed, sentence);
            }
            properties.insert(name.clone(), placed);
        }
        let known = |name: &String| object.properties.contains_key(name);
        // What may be null need not be given a value.
        let given = |name: &String| known(name) && !nullable.contains(name);
        let required: BTreeSet<String> = object.required.into_iter().filter(given).collect();
        nullable.retain(|name| !open.contains(name));
        let mut schema = json!({ "type": "object", "properties": properties });
        if !place.usage.read {
            schema["required"] = json!(required);
        } else if identified {
            schema["required"] = json!(["id"]);
        }
        self.insert(
            place,
            schema,
            Kind::Struct {
                required,
                constants,
                nullable,
                times,
            },
        )
    }

    /// Whether it is a resource that is read, and it, or else what it has its `id` from, has one in every example.
    fn is_identified(&self, object: &Object, place: &Place) -> bool {
        let Some(id) = object.properties.get("id") else {
            return false;
        };
        let always = |name: &str| self.source.get(name)?[identity::KEY].as_bool();
        let inherited = || object::owner(id).and_then(always);
        place.usage == Usage::READ
            && place.owner.is_none()
            && self.resources.contains(&place.name)
            && always(&place.name).or_else(inherited) == Some(true)
            && id["nullable"] != true
    }
}
