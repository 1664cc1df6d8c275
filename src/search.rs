//! Search queries for contacts, conversations and tickets, in every version that has them.
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "contacts"))]
//! # mod example {
//! use intercom_client::chrono::{TimeDelta, Utc};
//! use intercom_client::search::{Sort, field};
//! use intercom_client::{Error, v2_14::Api};
//!
//! async fn new_leads(api: &Api) -> Result<(), Error> {
//!     let since = Utc::now() - TimeDelta::days(30);
//!     let query = field("email").ends_with("@example.com")
//!         & (field("role").eq("lead") | field("created_at").gt(since));
//!
//!     let search = api.contacts().search().query(query).sort(Sort::descending("created_at"));
//!     for contact in &search.send().await?.data {
//!         println!("{:?}", contact.name);
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! # Operators
//!
//! [`field`] names a field as the API does: `email`, `location.country`, `custom_attributes.plan`, `statistics.time_to_reply`.
//! Each of its methods returns a [`Query`]:
//!
//! | method | sent as | of |
//! |---|---|---|
//! | [`eq`](Field::eq), [`ne`](Field::ne) | `=`, `!=` | any [`Value`] |
//! | [`is_null`](Field::is_null), [`is_not_null`](Field::is_not_null) | `=`, `!=` | nothing: the value is `null` |
//! | [`is_in`](Field::is_in), [`not_in`](Field::not_in) | `IN`, `NIN` | a list of values |
//! | [`lt`](Field::lt), [`le`](Field::le), [`gt`](Field::gt), [`ge`](Field::ge) | `<`, `<=`, `>`, `>=` | numbers, times, dates, strings |
//! | [`contains`](Field::contains), [`not_contains`](Field::not_contains) | `~`, `!~` | strings |
//! | [`starts_with`](Field::starts_with), [`ends_with`](Field::ends_with) | `^`, `$` | strings |
//!
//! `&` and `|` combine queries, and a chain of one of them is one group: `a & b & c` is one `AND` of three. [`Query::all`] and
//! [`Query::any`] make one group of all queries of an iterator.
//!
//! # Dates
//!
//! [`DateTime`](chrono::DateTime) and [`NaiveDate`](chrono::NaiveDate) are sent as whole Unix seconds; a date is sent as its
//! midnight in UTC. The API compares the dates of *contacts* by calendar day: the time of day makes no difference there.
//!
//! # Which field takes which operator
//!
//! Intercom documents it for fields of contacts, conversations and tickets, and what is not taken is an error before anything
//! is sent. The error names the field and what it takes.
//!
//! | field | takes |
//! |---|---|
//! | text, ids | `=`, `!=`, `IN`, `NIN`, `~`, `!~`, `^`, `$` |
//! | numbers, times of conversations and tickets | `=`, `!=`, `IN`, `NIN`, `<`, `<=`, `>`, `>=` |
//! | true or false | `=`, `!=`, `IN`, `NIN` |
//! | times of contacts | `=`, `<`, `>` |
//! | `tag_id` of contacts | `=`, `!=` |
//!
//! Some ids are numbers there: `owner_id` of contacts up to version 2.15, `admin_assignee_id` and `team_assignee_id` of
//! conversations. Custom attributes, and other fields that Intercom does not document, are sent with any operator.
//! [`Query::unchecked`] sends a query as it is.
//!
//! # Limits
//!
//! The API takes groups within a group, but no deeper, and up to [15](MAX_FILTERS) filters in each of them. A query
//! beyond these limits is an error before anything is sent. So is an empty group or list, a field without a name, and `>` with
//! a boolean or `null`. The error has the kind [`InvalidRequest`](crate::ErrorKind::InvalidRequest) and names the
//! filter, but never its value:
//!
//! ```
//! use intercom_client::search::{Query, field};
//!
//! let nobody: [&str; 0] = [];
//! let query = Query::all([field("role").eq("user"), field("id").is_in(nobody)]);
//! let error = query.validate().unwrap_err();
//! assert_eq!(error.to_string(), "value[1] (id): `IN` needs one value at least");
//! ```
//!
//! # Pages
//!
//! Each page is computed when it is requested. If you change what matches while you read, for example close the conversations
//! that you find, some are skipped. Read all of them first (`try_collect` of `futures`).
//!
//! # JSON
//!
//! A query may also be JSON in the API's own form. The limits are not checked then. A key that this version's type does not
//! have is an error rather than left out.
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "conversations"))]
//! # async fn example(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::Error> {
//! use serde_json::json;
//!
//! let query = json!({ "field": "state", "operator": "=", "value": "open" });
//! let open = api.conversations().search().query(query).send().await?;
//! # Ok(()) }
//! ```

mod check;
#[allow(dead_code, reason = "a build may be without searches")]
mod convert;
mod into_query;
mod operators;
mod query;
mod sort;
#[cfg(test)]
mod tests;
mod value;

pub use self::check::MAX_FILTERS;
pub(crate) use self::convert::{query, sort};
pub use self::into_query::IntoQuery;
pub use self::query::Query;
pub use self::sort::Sort;
pub use self::value::Value;

use self::query::{Operand, Operator};

/// Returns a field to compare, by its name in the API.
///
/// ```
/// use intercom_client::chrono::NaiveDate;
/// use intercom_client::search::field;
///
/// let signed_up = field("signed_up_at");
/// let in_may = signed_up.gt(NaiveDate::from_ymd_opt(2026, 4, 30).unwrap())
///     & signed_up.lt(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap());
/// assert_eq!(format!("{in_may:?}"), "Query(signed_up_at > … AND signed_up_at < …)");
/// ```
pub fn field(name: impl Into<String>) -> Field {
    Field { name: name.into() }
}

/// A field of a [`Query`]; [`field`] creates it.
#[derive(Clone, Debug)]
#[must_use = "a field alone is no query; compare it with something"]
pub struct Field {
    name: String,
}

impl Field {
    /// Matches if the field equals the value (`=`).
    pub fn eq(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::Equal, value)
    }

    /// Matches if the field does not equal the value (`!=`).
    pub fn ne(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::NotEqual, value)
    }

    /// Matches if the field has no value (`=` with `null`).
    pub fn is_null(&self) -> Query {
        self.eq(Value::NULL)
    }

    /// Matches if the field has a value (`!=` with `null`).
    pub fn is_not_null(&self) -> Query {
        self.ne(Value::NULL)
    }

    /// Matches if the field equals one of the values (`IN`).
    ///
    /// ```
    /// use intercom_client::search::field;
    ///
    /// let query = field("segment_id").is_in(["81", "82"]);
    /// ```
    pub fn is_in<V: Into<Value>>(&self, values: impl IntoIterator<Item = V>) -> Query {
        self.many(Operator::In, values)
    }

    /// Matches if the field equals none of the values (`NIN`).
    pub fn not_in<V: Into<Value>>(&self, values: impl IntoIterator<Item = V>) -> Query {
        self.many(Operator::NotIn, values)
    }

    /// Matches if the field is less or earlier (`<`).
    pub fn lt(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::Less, value)
    }

    /// Matches if the field is less, earlier, or equal (`<=`).
    pub fn le(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::LessOrEqual, value)
    }

    /// Matches if the field is greater or later (`>`).
    pub fn gt(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::Greater, value)
    }

    /// Matches if the field is greater, later, or equal (`>=`).
    pub fn ge(&self, value: impl Into<Value>) -> Query {
        self.one(Operator::GreaterOrEqual, value)
    }

    /// Matches if the field contains the text (`~`).
    ///
    /// Only strings can be contained; a number does not compile:
    ///
    /// ```compile_fail
    /// intercom_client::search::field("owner_id").contains(7);
    /// ```
    pub fn contains(&self, text: impl Into<String>) -> Query {
        self.one(Operator::Contains, text.into())
    }

    /// Matches if the field does not contain the text (`!~`).
    pub fn not_contains(&self, text: impl Into<String>) -> Query {
        self.one(Operator::NotContains, text.into())
    }

    /// Matches if the field begins with the text (`^`).
    pub fn starts_with(&self, text: impl Into<String>) -> Query {
        self.one(Operator::StartsWith, text.into())
    }

    /// Matches if the field ends with the text (`$`).
    pub fn ends_with(&self, text: impl Into<String>) -> Query {
        self.one(Operator::EndsWith, text.into())
    }

    fn one(&self, operator: Operator, value: impl Into<Value>) -> Query {
        Query::filter(&self.name, operator, Operand::One(value.into()))
    }

    fn many<V: Into<Value>>(
        &self,
        operator: Operator,
        values: impl IntoIterator<Item = V>,
    ) -> Query {
        let values = values.into_iter().map(Into::into).collect();
        Query::filter(&self.name, operator, Operand::Many(values))
    }
}
