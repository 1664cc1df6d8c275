//! The fields of a struct.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{
    Make,
    value::{ValueSchema, or_null},
};

/// A field of a struct, which is optional unless it is marked as required.
pub(crate) struct Field {
    pub(super) name: &'static str,
    description: &'static str,
    value: Make,
    pub(super) is_always: bool,
    is_nullable: bool,
    constant: Option<&'static str>,
}

/// A field that holds a `T`.
pub(crate) const fn field<T: ValueSchema>(name: &'static str, description: &'static str) -> Field {
    Field {
        name,
        description,
        value: T::value_schema,
        is_always: false,
        is_nullable: false,
        constant: None,
    }
}

impl Field {
    /// Marks it as required.
    pub(crate) const fn always(mut self) -> Self {
        self.is_always = true;
        self
    }

    /// Allows null, which differs from a missing field.
    pub(crate) const fn nullable(mut self) -> Self {
        self.is_nullable = true;
        self
    }

    /// Limits it to one value.
    pub(crate) const fn constant(mut self, constant: &'static str) -> Self {
        self.constant = Some(constant);
        self
    }

    pub(super) fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = (self.value)(generator);
        if let Some(constant) = self.constant {
            schema = json_schema!({ "anyOf": [{ "const": constant }, schema] });
        }
        if self.is_nullable {
            schema = or_null(schema);
        }
        schema.insert("description".to_owned(), self.description.into());
        schema
    }
}
