//! Our own words for operations, resources, schemas and fields, from `openapi/docs.json`.

use std::{collections::BTreeMap, fmt, path::Path};

use serde::Deserialize;

use crate::{error::Problem, spec::load};

/// Stands where a person's words are still missing: an import writes it, and nothing shows it to users.
pub const TODO: &str = "todo";

/// One sentence each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Docs {
    /// By operation key.
    pub operations: BTreeMap<String, String>,
    /// By resource.
    pub resources: BTreeMap<String, String>,
    /// By schema name.
    pub schemas: BTreeMap<String, String>,
    /// By property name, or `schema.property` where a schema needs its own words.
    pub fields: BTreeMap<String, String>,
    /// Why an operation that returns a list has no stream, by operation key.
    pub not_streamed: BTreeMap<String, String>,
    /// Why a field, a parameter, a body or a response is typed as any JSON, by what it is called.
    pub plain_json: BTreeMap<String, String>,
    /// What has [`TODO`] in place of its words.
    #[serde(skip)]
    pub todo: Vec<Entry>,
}

/// The parts of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Operations,
    Resources,
    Schemas,
    Fields,
    NotStreamed,
    PlainJson,
}

impl Section {
    pub const ALL: [Self; 6] = [
        Self::Operations,
        Self::Resources,
        Self::Schemas,
        Self::Fields,
        Self::NotStreamed,
        Self::PlainJson,
    ];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Resources => "resources",
            Self::Schemas => "schemas",
            Self::Fields => "fields",
            Self::NotStreamed => "not_streamed",
            Self::PlainJson => "plain_json",
        }
    }
}

/// A place for words in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub section: Section,
    pub key: String,
}

impl Entry {
    pub fn new(section: Section, key: impl Into<String>) -> Self {
        let key = key.into();
        Self { section, key }
    }

    /// The entry of a field without its schema; any other is itself.
    pub fn everywhere(&self) -> Self {
        let property = match self.section {
            Section::Fields => self.key.split_once('.'),
            _ => None,
        };
        let key = property.map_or(self.key.as_str(), |(_, property)| property);
        Self::new(self.section, key)
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.section.key(), self.key)
    }
}

impl Docs {
    /// Reads the sentences.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let docs: Self = serde_json::from_value(load::json(path)?)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))?;
        Ok(docs.without_todo())
    }

    /// Sets what is still to be written apart from the words.
    pub fn without_todo(mut self) -> Self {
        for section in Section::ALL {
            let all = std::mem::take(self.section_mut(section)).into_iter();
            let (todo, words): (BTreeMap<_, _>, _) = all.partition(|(_, words)| words == TODO);
            *self.section_mut(section) = words;
            let entries = todo.into_keys().map(|key| Entry::new(section, key));
            self.todo.extend(entries);
        }
        self
    }

    fn section(&self, section: Section) -> &BTreeMap<String, String> {
        match section {
            Section::Operations => &self.operations,
            Section::Resources => &self.resources,
            Section::Schemas => &self.schemas,
            Section::Fields => &self.fields,
            Section::NotStreamed => &self.not_streamed,
            Section::PlainJson => &self.plain_json,
        }
    }

    fn section_mut(&mut self, section: Section) -> &mut BTreeMap<String, String> {
        match section {
            Section::Operations => &mut self.operations,
            Section::Resources => &mut self.resources,
            Section::Schemas => &mut self.schemas,
            Section::Fields => &mut self.fields,
            Section::NotStreamed => &mut self.not_streamed,
            Section::PlainJson => &mut self.plain_json,
        }
    }

    /// Whether there are words, or [`TODO`] in their place; those of a property are for it in every schema.
    pub fn has(&self, entry: &Entry) -> bool {
        let has = |entry: &Entry| {
            self.section(entry.section).contains_key(&entry.key) || self.todo.contains(entry)
        };
        has(entry) || has(&entry.everywhere())
    }

    /// What a property, or a parameter, means: in the words of the first owner that has some, else in everybody's.
    pub fn field<const N: usize>(&self, owners: [&str; N], property: &str) -> Option<&str> {
        let owned = |owner: &str| self.fields.get(&format!("{owner}.{property}"));
        owners
            .into_iter()
            .find_map(owned)
            .or_else(|| self.fields.get(property))
            .map(String::as_str)
    }
}
