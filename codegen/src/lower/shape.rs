//! What a request carries: the fields of its structs and its parameters, and what each has to be.

use std::collections::BTreeMap;

use quote::format_ident;
use serde_json::Value;
use syn::Ident;

use crate::{
    casing,
    lower::{Definition, DefinitionKind, ids, operations::parameters::SEPARATOR, time},
    spec::{document::schema_name, names},
};

/// What a value in a request has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Id(ids::IdFormat),
    Integer,
    Number,
    Bool,
    Time(time::TimeFormat),
    /// The schema of an enum.
    Enum(String),
    /// An object with keys of the user's own.
    Map,
    Any,
    List(Box<Shape>),
    /// The schema of a struct.
    Object(String),
    /// The schema of a union.
    Union(String),
}

/// A field of a struct that requests carry, or a parameter.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: Ident,
    /// As it is written on the wire.
    pub property: String,
    pub doc: String,
    pub shape: Shape,
    pub is_required: bool,
    pub is_nullable: bool,
    /// Its only value.
    pub constant: Option<String>,
    /// What stands between the items of a list that is one parameter.
    pub separator: Option<String>,
}

impl Field {
    /// Whether its value is sent without being set.
    pub fn is_filled(&self) -> bool {
        self.is_required && self.constant.is_some()
    }
}

type Schemas = BTreeMap<String, Definition>;

/// What stands where a schema was placed.
pub fn of(placed: &Value, schemas: &Schemas) -> Shape {
    let reference = schema_name(placed).or_else(|| schema_name(placed["allOf"].get(0)?));
    if let Some(name) = reference {
        if name == time::SCHEMA {
            return Shape::Time(time::TimeFormat::Iso8601);
        }
        let name = name.to_owned();
        return match schemas.get(&name).map(|definition| &definition.kind) {
            Some(DefinitionKind::Struct { .. }) => Shape::Object(name),
            Some(DefinitionKind::Enum(_)) => Shape::Enum(name),
            Some(DefinitionKind::Union(_) | DefinitionKind::Tagged(_)) => Shape::Union(name),
            None => Shape::Any,
        };
    }
    match placed["type"].as_str() {
        Some("string") => Shape::Text,
        Some("integer") => Shape::Integer,
        Some("number") => Shape::Number,
        Some("boolean") => Shape::Bool,
        Some("array") => Shape::List(Box::new(of(&placed["items"], schemas))),
        Some("object") => Shape::Map,
        _ => Shape::Any,
    }
}

/// The fields of a struct that requests carry.
pub fn fields(definition: &Definition, schemas: &Schemas) -> Vec<Field> {
    let DefinitionKind::Struct {
        required,
        constants,
        nullable,
        times,
        ids,
        one_of: _,
    } = &definition.kind
    else {
        return Vec::new();
    };
    let properties = definition.schema["properties"].as_object();
    let fields = properties.into_iter().flatten().map(|(property, placed)| {
        let shape = match (times.get(property), ids.get(property), of(placed, schemas)) {
            (Some(format), ..) => Shape::Time(*format),
            (None, Some(format), Shape::List(_)) => Shape::List(Box::new(Shape::Id(*format))),
            (None, Some(format), _) => Shape::Id(*format),
            (None, None, shape) => shape,
        };
        let words = placed["description"].as_str().map(str::to_owned);
        Field {
            name: ident(property),
            property: property.clone(),
            doc: words.unwrap_or_else(|| format!("The field `{property}`.")),
            shape,
            is_required: required.contains(property),
            is_nullable: nullable.contains(property),
            constant: constants.get(property).cloned(),
            separator: None,
        }
    });
    fields.collect()
}

/// A parameter as an operation declares it.
pub fn parameter(declared: &Value, schemas: &Schemas) -> Field {
    let property = declared["name"].as_str().unwrap_or_default();
    let separator = declared[SEPARATOR].as_str().map(str::to_owned);
    let shape = match of(&declared["schema"], schemas) {
        Shape::List(items) if property.ends_with("_ids") => Shape::List(Box::new(id(*items))),
        shape if property == "id" || property.ends_with("_id") => id(shape),
        Shape::Integer if time::is_named(property) => Shape::Time(time::TimeFormat::UnixSeconds),
        shape => shape,
    };
    let place = declared["in"].as_str().unwrap_or_default();
    Field {
        name: format_ident!("{}", names::setter(property, place)),
        property: property.to_owned(),
        doc: format!("Sets `{property}`."),
        separator: separator.filter(|_| matches!(shape, Shape::List(_))),
        shape,
        is_required: declared["required"] == true,
        is_nullable: false,
        constant: None,
    }
}

/// An id, where what identifies is text or an integer.
fn id(shape: Shape) -> Shape {
    match shape {
        Shape::Text => Shape::Id(ids::IdFormat::Text),
        Shape::Integer => Shape::Id(ids::IdFormat::Integer),
        shape => shape,
    }
}

fn ident(property: &str) -> Ident {
    format_ident!("{}", casing::identifier(casing::snake(property)))
}

/// How many locales have to hold the same for an object to be one of texts in languages.
const LOCALES: usize = 8;

/// What the fields of an object hold that are named after locales, if it holds texts in languages.
pub fn locales(fields: &[Field]) -> Option<&Shape> {
    let locales = || fields.iter().filter(|field| is_locale(&field.property));
    let first = &locales().next()?.shape;
    let is_same = locales().all(|field| field.shape == *first);
    (matches!(first, Shape::Object(_)) && is_same && locales().count() >= LOCALES).then_some(first)
}

/// `fr`, `pt-BR`.
pub fn is_locale(property: &str) -> bool {
    let mut parts = property.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let is_short = |part: &str, most: usize| {
        (2..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic())
    };
    is_short(language, 2)
        && parts.next().is_none_or(|region| is_short(region, 4))
        && parts.next().is_none()
}
