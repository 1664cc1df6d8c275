//! Which operations hand out lists, and how they lead from one page to the next: found from parameters, body and response.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    lower::{
        Definition,
        operations::{Prepared, SCROLL},
    },
    spec::document::schema_name,
};

/// The query parameter that asks for the page at a cursor.
pub const CURSOR: &str = "starting_after";
/// The query parameter that asks for a page by its number.
const NUMBER: &str = "page";
/// The property of a body that holds the cursor.
const PAGINATION: &str = "pagination";
/// The property of a response that says how to go on.
const PAGES: &str = "pages";

/// The property of a response that is the cursor of the next page itself.
const NEXT_CURSOR: &str = "next_cursor";

/// A list in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub kind: PagingKind,
    /// The schema of the response.
    pub response: String,
    pub place: ListLocation,
    /// The schema of the object that holds the list, in this property.
    pub envelope: String,
    pub property: String,
    /// The schema of the items.
    pub item: String,
    /// Whether the response has `pages.next.starting_after`.
    pub has_cursor: bool,
}

/// Where in a response the property with the list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListLocation {
    Response,
    /// In the object that this property of the response holds.
    Property(String),
    /// In this variant of the response, which may be something else than a list.
    Variant(String),
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingKind {
    CursorInQuery,
    CursorInBody,
    PageNumber,
    Scroll,
    NextLink,
    Whole,
}

/// The list that an operation returns.
///
/// It has to read, and its response to hold one list of objects and to be no resource itself.
pub fn find(prepared: &Prepared, schemas: &BTreeMap<String, Definition>) -> Option<List> {
    let response = prepared
        .item
        .pointer("/responses/200/content/application~1json/schema")
        .and_then(schema_name)?;
    let search = Search { prepared, schemas };
    let (place, schema) = search.schema(response)?;
    let held = search.properties(schema)?;
    let kind = search.kind(held)?;
    let (place, envelope, (property, item)) = match search.list(held) {
        Some(list) => (place, schema, list),
        // A response in one piece that holds an object with a list is about that object.
        None if kind == PagingKind::Whole || place != ListLocation::Response => return None,
        None => {
            let nested = held.iter().filter_map(|(name, property)| {
                let inner = schema_name(property.pointer("/allOf/0")?)?;
                let list = search.list(search.properties(inner)?)?;
                (name != PAGES).then(|| (ListLocation::Property(name.clone()), inner, list))
            });
            only(nested)?
        }
    };
    Some(List {
        kind,
        response: response.to_owned(),
        envelope: envelope.to_owned(),
        property: property.to_owned(),
        item: item.to_owned(),
        has_cursor: place == ListLocation::Response && search.has_cursor(held),
        place,
    })
}

struct Search<'s> {
    prepared: &'s Prepared,
    schemas: &'s BTreeMap<String, Definition>,
}

impl<'s> Search<'s> {
    /// The schema with the list: that of the response, or of the one variant of it that has pages.
    fn schema(&self, response: &'s str) -> Option<(ListLocation, &'s str)> {
        let definition = self.schemas.get(response)?;
        let names: Vec<&String> = match &definition.kind {
            crate::lower::DefinitionKind::Union(names) => names.iter().collect(),
            crate::lower::DefinitionKind::Tagged(tag) => {
                tag.variants.iter().map(|(name, _)| name).collect()
            }
            _ => return Some((ListLocation::Response, response)),
        };
        let variants = definition.schema["oneOf"].as_array()?.iter().zip(names);
        only(variants.filter_map(|(variant, name)| {
            let schema = schema_name(variant)?;
            let has_pages = self.properties(schema)?.contains_key(PAGES);
            has_pages.then(|| (ListLocation::Variant(name.clone()), schema))
        }))
    }

    fn kind(&self, held: &Map<String, Value>) -> Option<PagingKind> {
        let operation = &self.prepared.operation;
        let kind = if self.takes(SCROLL) {
            PagingKind::Scroll
        } else if !operation.idempotent || held.contains_key("id") {
            return None;
        } else if self.takes(CURSOR) {
            PagingKind::CursorInQuery
        } else if self.takes_pagination() {
            PagingKind::CursorInBody
        } else if self.takes(NUMBER) {
            PagingKind::PageNumber
        } else if !matches!(operation.method.as_str(), "GET" | "POST") {
            return None;
        } else if held.contains_key(PAGES) || held.contains_key(NEXT_CURSOR) {
            PagingKind::NextLink
        } else {
            PagingKind::Whole
        };
        Some(kind)
    }

    fn takes(&self, name: &str) -> bool {
        let parameters = self.prepared.item["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter["name"] == name)
    }

    fn takes_pagination(&self) -> bool {
        let body = self.prepared.body_schema();
        body.and_then(|body| self.properties(body))
            .is_some_and(|body| body.contains_key(PAGINATION))
    }

    fn has_cursor(&self, response: &Map<String, Value>) -> bool {
        let held = |properties: &Map<String, Value>, name: &str| {
            let schema = schema_name(properties.get(name)?.pointer("/allOf/0")?)?;
            self.properties(schema)
        };
        let next = held(response, PAGES).and_then(|pages| held(pages, "next"));
        next.is_some_and(|next| next.contains_key(CURSOR))
    }

    /// The list among some properties: the only one, or the one named like the resource.
    fn list(&self, held: &'s Map<String, Value>) -> Option<(&'s str, &'s str)> {
        let resource = self.prepared.operation.name.resource.as_str();
        let lists = || held.iter().filter_map(list);
        only(lists()).or_else(|| lists().find(|(name, _)| *name == resource))
    }

    fn properties(&self, schema: &str) -> Option<&'s Map<String, Value>> {
        self.schemas.get(schema)?.schema["properties"].as_object()
    }
}

/// A property that is a list of objects, and what those are.
fn list<'s>((name, property): (&'s String, &'s Value)) -> Option<(&'s str, &'s str)> {
    Some((name, schema_name(property.get("items")?)?))
}

/// What there is one of.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
