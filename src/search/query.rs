//! The tree of filters and groups.

use std::fmt;
use std::ops::{BitAnd, BitOr};

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::check;
use super::operators::Place;
use super::value::Value;
use crate::error::InvalidField;

/// A search query: one filter, or groups of filters.
///
/// [`field`](super::field) creates a filter, and `&` and `|` combine queries. It [serializes](serde::Serialize) in the form of
/// the API. `Debug` leaves the values out, since they are personal data.
///
/// ```
/// use intercom_client::search::field;
///
/// let query = field("email").contains("@example.com") & field("role").eq("lead");
/// assert_eq!(format!("{query:?}"), "Query(email ~ … AND role = …)");
/// ```
#[derive(Clone, PartialEq)]
#[must_use = "a query does nothing until a search is sent with it"]
pub struct Query(pub(super) Node);

#[derive(Clone, PartialEq)]
pub(super) enum Node {
    Filter {
        field: String,
        operator: Operator,
        operand: Operand,
    },
    Group(Combination, Vec<Query>),
    /// It is not checked.
    Unchecked(Box<Query>),
}

/// The value or values that a field is compared with.
#[derive(Clone, PartialEq)]
pub(super) enum Operand {
    One(Value),
    Many(Vec<Value>),
}

/// How the parts of a group are combined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Combination {
    All,
    Any,
}

impl Combination {
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::All => "AND",
            Self::Any => "OR",
        }
    }
}

/// How a field is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    In,
    NotIn,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
}

impl Operator {
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::In => "IN",
            Self::NotIn => "NIN",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Contains => "~",
            Self::NotContains => "!~",
            Self::StartsWith => "^",
            Self::EndsWith => "$",
        }
    }

    /// Whether it compares the order of values.
    pub(super) fn orders(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual
        )
    }
}

impl Query {
    pub(super) fn filter(field: &str, operator: Operator, operand: Operand) -> Self {
        Self(Node::Filter {
            field: field.to_owned(),
            operator,
            operand,
        })
    }

    /// Creates a group that matches what all of the queries match (`AND`).
    ///
    /// Unlike `&`, it keeps a group among the queries as a nested group.
    ///
    /// ```
    /// use intercom_client::search::{Query, field};
    ///
    /// let words = ["refund", "invoice"];
    /// let all = Query::all(words.map(|word| field("source.body").contains(word)));
    /// assert_eq!(format!("{all:?}"), "Query(source.body ~ … AND source.body ~ …)");
    /// ```
    pub fn all(queries: impl IntoIterator<Item = Query>) -> Self {
        Self(Node::Group(Combination::All, queries.into_iter().collect()))
    }

    /// Creates a group that matches what any of the queries matches (`OR`).
    ///
    /// Unlike `|`, it keeps a group among the queries as a nested group.
    pub fn any(queries: impl IntoIterator<Item = Query>) -> Self {
        Self(Node::Group(Combination::Any, queries.into_iter().collect()))
    }

    /// Checks the query against the limits of the API, as every search does before it is sent.
    ///
    /// # Errors
    /// Names the filter or the group, and what is wrong with it. It quotes no values.
    pub fn validate(&self) -> Result<(), InvalidField> {
        check::query(self, None)
    }

    /// Checks it as a search for a resource does in a version of the API, against the operators that its fields take there, too.
    ///
    /// # Errors
    /// Those of [`validate`](Self::validate), and an operator that the field does not take.
    ///
    /// ```
    /// use intercom_client::search::field;
    ///
    /// let query = field("created_at").ge(1_777_593_600);
    /// assert!(query.validate_for("tickets", "2.14").is_ok());
    /// assert!(query.validate_for("contacts", "2.14").is_err());
    /// ```
    pub fn validate_for(&self, resource: &str, version: &str) -> Result<(), InvalidField> {
        check::query(self, Some(Place { resource, version }))
    }

    /// Skips all checks, for queries that the API takes and this crate does not know of.
    pub fn unchecked(self) -> Self {
        Self(Node::Unchecked(Box::new(self)))
    }

    /// Combines both in one group; a group of the same kind is merged into it.
    fn combined(self, combination: Combination, other: Self) -> Self {
        let parts = |query: Self| match query.0 {
            Node::Group(found, parts) if found == combination => parts,
            node => vec![Self(node)],
        };
        let mut both = parts(self);
        both.append(&mut parts(other));
        Self(Node::Group(combination, both))
    }
}

/// Matches what both match (`AND`).
impl BitAnd for Query {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.combined(Combination::All, other)
    }
}

/// Matches what one of them matches (`OR`).
impl BitOr for Query {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.combined(Combination::Any, other)
    }
}

impl Query {
    /// Returns it in the form of the API.
    pub(super) fn to_json(&self) -> Json {
        match &self.0 {
            Node::Filter {
                field,
                operator,
                operand,
            } => {
                let value = match operand {
                    Operand::One(value) => value.to_json(),
                    Operand::Many(values) => {
                        let mut list = Vec::new();
                        for value in values {
                            list.push(value.to_json());
                        }
                        list.into()
                    }
                };
                json!({ "field": field.as_str(), "operator": operator.wire(), "value": value })
            }
            Node::Group(combination, parts) => {
                let mut list = Vec::new();
                for part in parts {
                    list.push(part.to_json());
                }
                json!({ "operator": combination.wire(), "value": list })
            }
            Node::Unchecked(query) => query.to_json(),
        }
    }
}

impl Serialize for Query {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Query")?;
        match &self.0 {
            Node::Unchecked(query) => write!(f, "({})", WithoutValues(query)),
            Node::Filter { .. } => write!(f, "({})", WithoutValues(self)),
            Node::Group(..) => write!(f, "{}", WithoutValues(self)),
        }
    }
}

/// Shows a query without its values.
struct WithoutValues<'q>(&'q Query);

impl fmt::Display for WithoutValues<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.0 {
            Node::Unchecked(query) => WithoutValues(query).fmt(f),
            Node::Filter {
                field, operator, ..
            } => write!(f, "{} {} …", field.escape_debug(), operator.wire()),
            Node::Group(combination, parts) => {
                f.write_str("(")?;
                match parts.as_slice() {
                    [] => f.write_str(combination.wire())?,
                    [one] => write!(f, "{} {}", combination.wire(), WithoutValues(one))?,
                    [first, rest @ ..] => {
                        write!(f, "{}", WithoutValues(first))?;
                        for part in rest {
                            write!(f, " {} {}", combination.wire(), WithoutValues(part))?;
                        }
                    }
                }
                f.write_str(")")
            }
        }
    }
}
