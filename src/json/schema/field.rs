//! The fields of a struct.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{
    Make,
    value::{Held, or_null},
};

/// A field of a struct. Unless more is said of it, it is read from null too and not always written.
pub(crate) struct Field {
    pub(super) name: &'static str,
    description: &'static str,
    value: Make,
    asked: bool,
    always: bool,
    nullable: bool,
    constant: Option<&'static str>,
}

/// A field that holds a `T`.
pub(crate) const fn field<T: Held>(name: &'static str, description: &'static str) -> Field {
    Field {
        name,
        description,
        value: T::held,
        asked: false,
        always: false,
        nullable: false,
        constant: None,
    }
}

impl Field {
    /// Nothing is read without it.
    pub(crate) const fn asked(mut self) -> Self {
        self.asked = true;
        self
    }

    /// It is in everything that is written.
    pub(crate) const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    /// Null is a value of its own.
    pub(crate) const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The one value that is known of it.
    pub(crate) const fn constant(mut self, constant: &'static str) -> Self {
        self.constant = Some(constant);
        self
    }

    pub(super) fn is_required(&self, generator: &SchemaGenerator) -> bool {
        match generator.contract().is_serialize() {
            true => self.always,
            false => self.asked,
        }
    }

    pub(super) fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = (self.value)(generator);
        if let Some(constant) = self.constant {
            schema = json_schema!({ "anyOf": [{ "const": constant }, schema] });
        }
        let reads = generator.contract().is_deserialize();
        if self.nullable || reads && !self.asked {
            schema = or_null(schema);
        } else if reads && schema.as_bool() == Some(true) {
            schema = json_schema!({ "not": { "type": "null" } });
        }
        schema.insert("description".to_owned(), self.description.into());
        schema
    }
}
