//! What becomes of an object: its fields, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    casing,
    error::Problem,
    lower::{
        DefinitionKind,
        all_of::{self, Object},
        ids::{self, Ids},
        required_ids,
        schemas::{Place, Schemas, described},
        time, union,
        usage::Usage,
    },
    spec::document::schema_ref,
};

impl Schemas<'_> {
    pub(super) fn define_struct(
        &mut self,
        object: Object,
        place: &Place,
    ) -> Result<Value, Problem> {
        let place = &match self.begin(place) {
            Ok(place) => place,
            Err(known) => return Ok(known),
        };
        let identified = self.is_identified(&object, place);
        let mut properties = Map::new();
        let mut idents: BTreeMap<String, &String> = BTreeMap::new();
        let mut constants = BTreeMap::new();
        let mut nullable = BTreeSet::new();
        let mut times = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for (name, schema) in &object.properties {
            let below = match all_of::owner(schema) {
                Some(owner) => Place {
                    depth: place.depth + 1,
                    ..self.named(owner, place.usage).property(name)
                },
                None => place.property(name),
            };
            let ident = casing::snake(name);
            if !ident.contains(char::is_alphanumeric) {
                return Err(Problem::new(format!(
                    "{}: no field can be named after `{name}`; leave the property out by a correction, as what it holds is kept in `unknown_fields`",
                    place.pointer
                )));
            }
            if let Some(other) = idents.insert(ident, name) {
                return Err(Problem::new(format!(
                    "{}: `{other}` and `{name}` would be one field; leave one of the two out by a correction, as what it holds is kept in `unknown_fields`",
                    place.pointer
                )));
            }
            if let Some(value) = union::constant(schema) {
                constants.insert(name.clone(), value.to_owned());
            }
            let time = time::of(name, schema, self.source);
            let id = ids::of(name, schema, self.source);
            // An id is text, as in every path that takes it.
            let text = json!({ "type": "string" });
            let mut placed = match (time, id) {
                (Some(format), _) => {
                    times.insert(name.clone(), format);
                    schema_ref(time::SCHEMA)
                }
                (None, Some(Ids::One(format))) => {
                    ids.insert(name.clone(), format);
                    text
                }
                (None, Some(Ids::Many(format))) => {
                    ids.insert(name.clone(), format);
                    json!({ "type": "array", "items": text })
                }
                (None, None) => self.place(schema, &below)?,
            };
            // A JSON value has a null of its own.
            if may_be_null(schema) && placed != json!({}) {
                nullable.insert(name.clone());
            }
            let words = self.words([&place.shared, &below.documented], name);
            if let Some(sentence) = words {
                placed = described(placed, sentence);
            }
            properties.insert(name.clone(), placed);
        }
        // What may be null need not be given a value.
        let given = |name: &String| {
            let declared = object.properties.get(name);
            declared.is_some_and(|schema| !may_be_null(schema))
        };
        let required: BTreeSet<String> = object.required.into_iter().filter(given).collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if object.properties.is_empty() {
            // Else the generator makes a map of it.
            schema["additionalProperties"] = false.into();
        }
        if !place.usage.read {
            schema["required"] = json!(required);
        } else if identified {
            schema["required"] = json!(["id"]);
        }
        self.insert(
            place,
            schema,
            DefinitionKind::Struct {
                required,
                constants,
                nullable,
                times,
                ids,
                one_of: object.one_of,
            },
        )
    }

    /// Whether it is a resource that is read, and it, or else what it has its `id` from, has one in every example.
    fn is_identified(&self, object: &Object, place: &Place) -> bool {
        let Some(id) = object.properties.get("id") else {
            return false;
        };
        let always = |name: &str| self.source.get(name)?[required_ids::KEY].as_bool();
        let inherited = || all_of::owner(id).and_then(always);
        place.usage == Usage::READ
            && place.owner.is_none()
            && self.resources.contains(&place.shared)
            && always(&place.shared).or_else(inherited) == Some(true)
            && !may_be_null(id)
    }
}

fn may_be_null(schema: &Value) -> bool {
    schema["nullable"] == true
}
