//! What the types of a version are called: after their schemas, unless something else has that name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    casing,
    lower::usage::Usages,
    prelude::PRELUDE,
    spec::document::{INSTANT, escape},
};

/// What a name gets where something else has it already; the word that generators of OpenAPI use for a schema's type; what is left gets a number.
const SUFFIX: &str = "_model";

/// The names that are taken, and for which place of the description.
pub struct TypeNames {
    /// Pointers by the name of the type.
    owners: BTreeMap<String, String>,
    /// What named schemas are called where they are read.
    read: BTreeMap<String, String>,
    /// And where they are written, if that is another type.
    written: BTreeMap<String, String>,
}

impl TypeNames {
    /// Gives every named schema its name before anything that stands within one gets any.
    pub fn of(source: &Map<String, Value>, usages: &Usages) -> Self {
        let own = PRELUDE.iter().map(|name| (*name).to_owned());
        let own = own.chain([casing::type_name(INSTANT)]);
        let mut names = Self {
            owners: own.map(|name| (name, String::new())).collect(),
            read: BTreeMap::new(),
            written: BTreeMap::new(),
        };
        for name in source.keys() {
            let given = names.claim(name, &pointer(name));
            names.read.insert(name.clone(), given);
        }
        for name in source.keys() {
            let usage = usages.get(name);
            if usage.read && usage.written {
                let twin = names.claim(&format!("{name}_input"), &pointer(name));
                names.written.insert(name.clone(), twin);
            }
        }
        names
    }

    /// What a named schema is called.
    pub fn schema(&self, name: &str, is_written: bool) -> String {
        let twin = self.written.get(name).filter(|_| is_written);
        let found = twin.or_else(|| self.read.get(name));
        found.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// A name for what stands at a pointer: the one that is wanted, unless something else has it.
    pub fn claim(&mut self, wanted: &str, pointer: &str) -> String {
        let is_free = |name: &String| {
            let owner = self.owners.get(&casing::type_name(name));
            owner.is_none_or(|owner| owner == pointer)
        };
        let suffixed = format!("{wanted}{SUFFIX}");
        let numbered = (2..).map(|number| format!("{wanted}{SUFFIX}{number}"));
        let mut names = [wanted.to_owned(), suffixed].into_iter().chain(numbered);
        let name = names.find(is_free).unwrap_or_else(|| wanted.to_owned());
        let owner = casing::type_name(&name);
        self.owners.insert(owner, pointer.to_owned());
        name
    }
}

fn pointer(schema: &str) -> String {
    format!("/components/schemas/{}", escape(schema))
}
