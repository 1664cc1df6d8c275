//! What a response holds that its type does not declare.

use std::fmt;

use serde_json::{Map, Value};

/// The fields of a response that its type does not have, and those whose values it could not read, as they came.
///
/// They are a part of the value: it is written with them, and is not equal to one that has others. Empty in most cases, and then
/// as large as a pointer.
///
/// ```
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))] {
/// use intercom_client::v2_14::types::Contact;
///
/// let contact: Contact = serde_json::from_str(r#"{ "id": "1", "nickname": "ada" }"#).unwrap();
/// assert_eq!(contact.unknown_fields.get("nickname").unwrap(), "ada");
/// # }
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<Map<String, Value>>>);

impl UnknownFields {
    /// Returns the value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.as_ref()?.get(field)
    }

    /// Returns the fields and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.0.iter().flat_map(|fields| fields.iter());
        fields.map(|(field, value)| (field.as_str(), value))
    }

    /// Returns how many fields there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn insert(&mut self, field: String, value: Value) {
        self.0.get_or_insert_default().insert(field, value);
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
