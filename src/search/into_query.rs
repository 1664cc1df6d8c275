//! What the `query` of a search accepts.

use super::query::Query;
use crate::error::InvalidField;
use crate::input::Input;

/// What the `query` of a search accepts: a [`Query`], the version's own type of it, or JSON, and an `Option` of each.
///
/// A [`Query`] is checked against the API's limits and against the operators that its fields take in the resource and the version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no query",
    note = "make one with `intercom_client::search::field`, or give JSON"
)]
pub trait IntoQuery<T> {
    #[doc(hidden)]
    fn into_query(
        self,
        resource: &'static str,
        version: &'static str,
    ) -> Result<Option<serde_json::Value>, InvalidField>;
}

type Converted = Result<Option<serde_json::Value>, InvalidField>;

impl<T: Input> IntoQuery<T> for Query {
    fn into_query(self, resource: &'static str, version: &'static str) -> Converted {
        self.validate_for(resource, version)?;
        let written: T = super::convert::query(&self)?;
        written.into_json().map(Some)
    }
}

impl<T: Input> IntoQuery<T> for &Query {
    fn into_query(self, resource: &'static str, version: &'static str) -> Converted {
        IntoQuery::<T>::into_query(self.clone(), resource, version)
    }
}

impl<T: Input> IntoQuery<T> for Option<Query> {
    fn into_query(self, resource: &'static str, version: &'static str) -> Converted {
        let query = self.map(|query| IntoQuery::<T>::into_query(query, resource, version));
        query.unwrap_or(Ok(None))
    }
}

impl<T: Input> IntoQuery<T> for T {
    fn into_query(self, _: &'static str, _: &'static str) -> Converted {
        self.into_json().map(Some)
    }
}

impl<T: Input> IntoQuery<T> for serde_json::Value {
    fn into_query(self, _: &'static str, _: &'static str) -> Converted {
        T::from_json(self)?.into_json().map(Some)
    }
}

impl<T: Input> IntoQuery<T> for &serde_json::Value {
    fn into_query(self, resource: &'static str, version: &'static str) -> Converted {
        IntoQuery::<T>::into_query(self.clone(), resource, version)
    }
}
