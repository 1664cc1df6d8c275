//! The shapes of values in requests, as data: generated code has a table of fields for each type.

/// The shape of a value in a request.
#[derive(Clone, Copy, Debug)]
#[allow(
    dead_code,
    reason = "not every version, nor every resource, has all of them"
)]
pub(crate) enum Shape {
    Text,
    /// An id that the API takes as text.
    Id,
    /// An id that the API takes as an integer.
    IntegerId,
    Integer,
    Number,
    Bool,
    /// A time that the API takes as whole Unix seconds.
    UnixSeconds,
    /// A time that the API takes as ISO 8601.
    Iso8601,
    /// Any JSON.
    Any,
    /// An object with keys of the user's own.
    Map,
    List(&'static Shape),
    Object(&'static Object),
    Union(&'static Union),
}

/// An object whose fields are known.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    /// Of these fields, exactly one has to be set.
    pub(crate) one_of: &'static [&'static str],
}

impl Object {
    /// The query of an operation that takes none.
    pub(crate) const NO_QUERY: Self = Self::none("query");
    /// The headers of an operation that takes none of its own.
    pub(crate) const NO_HEADERS: Self = Self::none("header");

    const fn none(name: &'static str) -> Self {
        Self {
            name,
            fields: &[],
            one_of: &[],
        }
    }

    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// One of several things.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) name: &'static str,
    pub(crate) alternatives: &'static [Shape],
}

/// A field of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
    /// Whether it may be sent as null.
    pub(crate) is_nullable: bool,
    /// Its only value.
    pub(crate) constant: Option<&'static str>,
    /// The separator of the items of a list that is one parameter.
    pub(crate) separator: Option<&'static str>,
}

#[allow(
    dead_code,
    reason = "not every version, nor every resource, has all of them"
)]
impl Field {
    pub(crate) const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            is_required: false,
            is_nullable: false,
            constant: None,
            separator: None,
        }
    }

    pub(crate) const fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }

    pub(crate) const fn nullable(self) -> Self {
        Self {
            is_nullable: true,
            ..self
        }
    }

    pub(crate) const fn constant(self, value: &'static str) -> Self {
        Self {
            constant: Some(value),
            ..self
        }
    }

    pub(crate) const fn joined(self, separator: &'static str) -> Self {
        Self {
            separator: Some(separator),
            ..self
        }
    }
}
