//! The order of search results.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The order of the results of a search.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "conversations"))]
/// # async fn example(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::Error> {
/// use intercom_client::search::{Sort, field};
///
/// let open = api.conversations().search().query(field("open").eq(true));
/// let longest_waiting = open.sort(Sort::ascending("waiting_since")).send().await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub(super) field: String,
    order: &'static str,
}

impl Sort {
    /// Sorts the least or earliest first.
    pub fn ascending(field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            order: "ascending",
        }
    }

    /// Sorts the greatest or latest first.
    pub fn descending(field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            order: "descending",
        }
    }
}

impl Sort {
    /// Returns it in the form of the API.
    pub(super) fn to_json(&self) -> Value {
        json!({ "field": self.field.as_str(), "order": self.order })
    }
}

impl Serialize for Sort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}
