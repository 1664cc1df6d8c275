//! Gives every struct and enum a name of its own and brings each schema into the form that generates well.

mod structs;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    casing,
    error::Problem,
    lower::{
        Definition, DefinitionKind, Tag,
        all_of::Object,
        required_ids::Resources,
        type_names::TypeNames,
        union::{self, Union},
        usage::{Usage, Usages},
    },
    spec::{
        docs::{Docs, Entry, Section},
        document::{escape, schema_name, schema_ref},
    },
};

/// How deep schemas without types of their own may be nested.
const DEEPEST: usize = 32;

/// The schemas of a description and what has become of them.
pub struct Schemas<'a> {
    source: &'a Map<String, Value>,
    usages: &'a Usages,
    resources: &'a Resources,
    docs: &'a Docs,
    names: TypeNames,
    /// What is being defined, or is already.
    begun: BTreeSet<String>,
    pub defined: BTreeMap<String, Definition>,
    /// What there are no words for.
    pub undescribed: BTreeSet<Entry>,
}

/// Where a schema stands: what its type would be called, how it is used, and its pointer.
#[derive(Clone)]
pub struct Place {
    name: String,
    /// The name without what sets apart the type that is written of a schema that is read too.
    shared: String,
    usage: Usage,
    pointer: String,
    depth: usize,
    /// The named schema, or the operation, within which it stands: words for fields are found by it.
    documented: String,
    /// What it is, if it has no name in the description and no owner.
    about: Option<String>,
    /// The schema and the property it was found in, if it has no name in the description.
    owner: Option<(String, String)>,
}

impl Place {
    pub fn new(name: String, usage: Usage, pointer: String) -> Self {
        Self {
            documented: name.clone(),
            shared: name.clone(),
            name,
            usage,
            pointer,
            depth: 0,
            about: None,
            owner: None,
        }
    }

    /// The same, with a sentence about what stands there.
    pub fn about(mut self, sentence: String) -> Self {
        self.about = Some(sentence);
        self
    }

    fn below(&self, suffix: &str, step: &str) -> Self {
        Self {
            name: format!("{}{suffix}", self.name),
            shared: format!("{}{suffix}", self.shared),
            usage: self.usage,
            pointer: format!("{}/{step}", self.pointer),
            depth: self.depth + 1,
            documented: self.documented.clone(),
            about: None,
            owner: self.owner.clone(),
        }
    }

    fn property(&self, property: &str) -> Self {
        let step = format!("properties/{}", escape(property));
        Self {
            owner: Some((self.name.clone(), property.to_owned())),
            ..self.below(&format!("_{}", casing::snake(property)), &step)
        }
    }
}

impl<'a> Schemas<'a> {
    pub fn new(
        source: &'a Map<String, Value>,
        usages: &'a Usages,
        resources: &'a Resources,
        docs: &'a Docs,
        names: TypeNames,
    ) -> Self {
        Self {
            source,
            usages,
            resources,
            docs,
            names,
            begun: BTreeSet::new(),
            defined: BTreeMap::new(),
            undescribed: BTreeSet::new(),
        }
    }

    /// The schemas as the description has them.
    pub fn source(&self) -> &'a Map<String, Value> {
        self.source
    }

    /// What a property or a parameter means, in the words of the first owner that has some.
    pub fn words<const N: usize>(&mut self, owners: [&str; N], name: &str) -> Option<&'a str> {
        let words = self.docs.field(owners, name);
        if words.is_none() {
            let key = format!("{}.{name}", owners[0]);
            self.undescribed.insert(Entry::new(Section::Fields, key));
        }
        words
    }

    /// Defines every named schema that is a struct or an enum; the others stand where they are used.
    pub fn define_named(&mut self) -> Result<(), Problem> {
        for (name, schema) in self.source {
            for place in [Usage::READ, Usage::WRITTEN].map(|usage| self.named(name, usage)) {
                if self.is_definition(schema, &place) {
                    self.place(schema, &place)?;
                }
            }
        }
        Ok(())
    }

    /// What stands where a schema is used: a reference to its definition, a scalar, or a list or map of these.
    pub fn place(&mut self, schema: &Value, place: &Place) -> Result<Value, Problem> {
        if place.depth > DEEPEST {
            return Err(Problem::new(format!(
                "{}: nested without end; a correction that puts `{{}}`, which is any JSON, in place of one of the schemas ends it",
                place.pointer
            )));
        }
        if let Some(name) = schema_name(schema) {
            return self.reference(name, place);
        }
        match union::resolve(schema, self.source, place.usage) {
            Some(Union::Any) => return Ok(json!({})),
            Some(Union::Single(one)) => {
                return self.place(&one, &place.below("", "oneOf/0"));
            }
            Some(Union::Variants(variants)) => {
                let names = variants.iter().map(|(name, _)| name.clone()).collect();
                return self.define_union(variants, DefinitionKind::Union(names), place);
            }
            Some(Union::Tagged(property, variants)) => {
                let (tags, alternatives) = variants
                    .into_iter()
                    .map(|(name, value, schema)| ((name.clone(), value), (name, schema)))
                    .unzip();
                let tag = Tag {
                    property,
                    variants: tags,
                };
                return self.define_union(alternatives, DefinitionKind::Tagged(tag), place);
            }
            Some(Union::Folded) | None => {}
        }
        if let Some(mut object) = Object::of(schema, self.source) {
            if place.usage.written {
                object.one_of = union::one_of(schema, self.source).unwrap_or_default();
            }
            return self.define_struct(object, place);
        }
        match schema["type"].as_str() {
            Some("string") => match string_values(schema).as_slice() {
                [] | [_] => Ok(json!({ "type": "string" })),
                values => self.define_enum(values, place),
            },
            Some(kind @ ("integer" | "number" | "boolean")) => Ok(json!({ "type": kind })),
            Some("array") => {
                let items = match schema.get("items") {
                    Some(items) => {
                        let mut below = place.below("", "items");
                        below.name = casing::item(&place.name);
                        below.shared = casing::item(&place.shared);
                        self.place(items, &below)?
                    }
                    None => json!({}),
                };
                Ok(json!({ "type": "array", "items": items }))
            }
            Some("object") => Ok(json!({ "type": "object", "additionalProperties": true })),
            Some(other) => Err(Problem::new(format!(
                "{}/type: `{other}` is no type of OpenAPI 3.0; correct it to one, or leave it out for any JSON",
                place.pointer
            ))),
            // Some enums do not say that they are of strings.
            None if string_values(schema).len() > 1 => {
                self.define_enum(&string_values(schema), place)
            }
            None => Ok(json!({})),
        }
    }

    fn reference(&mut self, name: &str, place: &Place) -> Result<Value, Problem> {
        let schema = self.source.get(name).ok_or_else(|| {
            Problem::new(format!("{}: there is no schema `{name}`", place.pointer))
        })?;
        let mut target = self.named(name, place.usage);
        target.depth = place.depth + 1;
        if !self.is_definition(schema, &target) {
            self.place(schema, &target)
        } else if is_enum(schema) {
            Ok(schema_ref(&self.names.schema(name, false)))
        } else {
            Ok(schema_ref(&target.name))
        }
    }

    /// The place of a named schema; one that is both read and written is two types.
    fn named(&self, name: &str, context: Usage) -> Place {
        let pointer = format!("/components/schemas/{}", escape(name));
        let usage = self.usages.get(name);
        let mut place = Place::new(name.to_owned(), usage, pointer);
        if usage.read && usage.written {
            place.usage = context;
        }
        place.name = self.names.schema(name, context == Usage::WRITTEN);
        place
    }

    /// Whether a named schema is a type of its own, rather than a scalar, a list or a map.
    fn is_definition(&self, schema: &Value, place: &Place) -> bool {
        if schema_name(schema).is_some() {
            return false;
        }
        match union::resolve(schema, self.source, place.usage) {
            Some(Union::Any) => false,
            Some(Union::Single(one)) => self.is_definition(&one, place),
            Some(Union::Variants(_) | Union::Tagged(..)) => true,
            Some(Union::Folded) | None => {
                Object::of(schema, self.source).is_some() || string_values(schema).len() > 1
            }
        }
    }

    /// Defines an enum, which is one type whether it is read, written or both.
    fn define_enum(&mut self, values: &[&str], place: &Place) -> Result<Value, Problem> {
        let place = &Place {
            name: place.shared.clone(),
            ..place.clone()
        };
        let place = &match self.begin(place) {
            Ok(place) => place,
            Err(known) => {
                let name = schema_name(&known).unwrap_or_default();
                if let Some(definition) = self.defined.get_mut(name) {
                    definition.usage = definition.usage.or(place.usage);
                }
                return Ok(known);
            }
        };
        let mut variants: Vec<(String, String)> = Vec::new();
        for value in values {
            let name = casing::variant_name(value).ok_or_else(|| {
                Problem::new(format!(
                    "{}/enum: no variant can be named after `{value}`; correct the enum to leave it out, as values that it does not list are kept",
                    place.pointer
                ))
            })?;
            let is_taken = |name: &str| variants.iter().any(|(known, _)| known == name);
            let name = casing::distinct_variant(name, value, is_taken);
            variants.push((name, (*value).to_owned()));
        }
        self.insert(
            place,
            json!({ "type": "string", "enum": values }),
            DefinitionKind::Enum(variants),
        )
    }

    /// Defines a union of alternatives by name; `kind` says how they differ.
    fn define_union(
        &mut self,
        alternatives: Vec<(String, Value)>,
        kind: DefinitionKind,
        place: &Place,
    ) -> Result<Value, Problem> {
        let place = &match self.begin(place) {
            Ok(place) => place,
            Err(known) => return Ok(known),
        };
        let mut placed = Vec::new();
        for (index, (name, schema)) in alternatives.iter().enumerate() {
            let suffix = format!("_{}", casing::snake(name));
            let below = place.below(&suffix, &format!("oneOf/{index}"));
            placed.push(self.place(schema, &below)?);
        }
        self.insert(place, json!({ "oneOf": placed }), kind)
    }

    /// The place with a name that nothing else has, or the reference to what was defined, or is being defined, for it.
    fn begin(&mut self, place: &Place) -> Result<Place, Value> {
        let name = self.names.claim(&place.name, &place.pointer);
        if self.begun.contains(&name) {
            return Err(schema_ref(&name));
        }
        self.begun.insert(name.clone());
        Ok(Place {
            name,
            ..place.clone()
        })
    }

    fn insert(
        &mut self,
        place: &Place,
        mut schema: Value,
        kind: DefinitionKind,
    ) -> Result<Value, Problem> {
        let words = &self.docs.schemas;
        let words = words.get(&place.name).or_else(|| words.get(&place.shared));
        let sentence = match (words, &place.owner) {
            (Some(sentence), _) => Some(sentence.clone()),
            (None, Some((owner, property))) => Some(format!(
                "The `{property}` of [`{}`].",
                casing::type_name(owner)
            )),
            (None, None) => place.about.clone(),
        };
        if let Some(sentence) = sentence {
            schema["description"] = Value::String(sentence);
        } else {
            let entry = Entry::new(Section::Schemas, place.shared.clone());
            self.undescribed.insert(entry);
        }
        let definition = Definition {
            schema,
            kind,
            usage: place.usage,
            pointer: place.pointer.clone(),
        };
        self.defined.insert(place.name.clone(), definition);
        Ok(schema_ref(&place.name))
    }
}

/// The distinct values of an enum of strings.
fn string_values(schema: &Value) -> Vec<&str> {
    let values = schema.get("enum").and_then(Value::as_array);
    let mut seen = BTreeSet::new();
    let values = values.into_iter().flatten().filter_map(Value::as_str);
    values.filter(|value| seen.insert(*value)).collect()
}

/// Whether a schema is an enum of strings, and nothing else.
fn is_enum(schema: &Value) -> bool {
    union::alternatives(schema).is_none()
        && schema.get("properties").is_none()
        && schema.get("allOf").is_none()
        && string_values(schema).len() > 1
}

/// A schema with our words beside it; a reference has to be wrapped to carry them.
fn described(mut schema: Value, sentence: &str) -> Value {
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    schema["description"] = Value::String(sentence.to_owned());
    schema
}
