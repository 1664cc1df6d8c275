//! The fields of a response that its type does not declare.

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value};

/// The fields of a response that its type does not have, and those whose values it could not read, as they came.
///
/// They are part of the value: they are written with it, and values with different unknown fields are not equal. Usually there
/// are none, and it is then as large as a pointer.
///
/// ```
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))] {
/// use intercom_client::v2_14::types::Contact;
///
/// let contact: Contact = serde_json::from_str(r#"{ "id": "1", "nickname": "ada" }"#).unwrap();
/// assert_eq!(contact.unknown_fields.get("nickname").unwrap(), "ada");
/// # }
/// ```
#[derive(Clone, Default)]
pub struct UnknownFields(Option<Box<Fields>>);

/// A map takes 600 bytes for its first entry, and most objects with unknown fields have one of them.
#[derive(Clone)]
enum Fields {
    One(Cow<'static, str>, Value),
    Many(Map<String, Value>),
}

impl UnknownFields {
    /// Returns the value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        match self.0.as_deref()? {
            Fields::One(name, value) => (name == field).then_some(value),
            Fields::Many(many) => many.get(field),
        }
    }

    /// Returns the fields and their values, in no certain order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let (mut one, mut many) = match self.0.as_deref() {
            Some(Fields::One(name, value)) => (Some((&**name, value)), None),
            Some(Fields::Many(many)) => (None, Some(many.iter())),
            None => (None, None),
        };
        std::iter::from_fn(move || {
            one.take().or_else(|| {
                let (name, value) = many.as_mut()?.next()?;
                Some((name.as_str(), value))
            })
        })
    }

    /// Returns how many fields there are.
    pub fn len(&self) -> usize {
        match self.0.as_deref() {
            Some(Fields::One(..)) => 1,
            Some(Fields::Many(many)) => many.len(),
            None => 0,
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a field, in place of one of the same name.
    pub(super) fn insert(&mut self, field: &str, value: Value) {
        let Some(fields) = self.0.as_deref_mut() else {
            self.0 = Some(Box::new(Fields::One(name(field), value)));
            return;
        };
        match fields {
            Fields::One(name, known) if name == field => *known = value,
            Fields::One(name, first) => {
                let mut many = Map::new();
                many.insert(name.to_string(), first.take());
                many.insert(field.to_owned(), value);
                *fields = Fields::Many(many);
            }
            Fields::Many(many) => {
                many.insert(field.to_owned(), value);
            }
        }
    }

    /// Removes a field.
    pub(super) fn remove(&mut self, field: &str) {
        match self.0.as_deref_mut() {
            Some(Fields::One(name, _)) if name == field => self.0 = None,
            Some(Fields::Many(many)) => {
                many.remove(field);
            }
            _ => {}
        }
    }
}

/// The most frequent one among the fields that no type declares.
fn name(field: &str) -> Cow<'static, str> {
    match field {
        "type" => Cow::Borrowed("type"),
        field => Cow::Owned(field.to_owned()),
    }
}

/// The fields and their values.
impl<'f> IntoIterator for &'f UnknownFields {
    type Item = (&'f str, &'f Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        for (field, value) in self.iter() {
            if other.get(field) != Some(value) {
                return false;
            }
        }
        self.len() == other.len()
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (field, value) in self.iter() {
            map.entry(&field, value);
        }
        map.finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::UnknownFields;

    #[test]
    fn one_field_and_many_are_found_and_listed_alike() {
        let mut fields = UnknownFields::default();
        let mut expected = Map::new();
        assert!(fields.is_empty());
        for number in 0..50 {
            // Out of order, and each fifth once more.
            let field = format!("field {}", number * 7 % 40 - number * 7 % 40 % 5);
            fields.insert(&field, number.into());
            expected.insert(field, number.into());
            let field = format!("field {}", number * 7 % 40);
            fields.insert(&field, (number + 1).into());
            expected.insert(field, (number + 1).into());
            assert_eq!(fields.len(), expected.len());
            let mut listed: Vec<(&str, &Value)> = fields.iter().collect();
            listed.sort_by_key(|(field, _)| *field);
            let mut all: Vec<(&str, &Value)> = expected
                .iter()
                .map(|(field, value)| (field.as_str(), value))
                .collect();
            all.sort_by_key(|(field, _)| *field);
            assert_eq!(listed, all);
            for (field, value) in &expected {
                assert_eq!(fields.get(field), Some(value));
            }
        }
        assert!(fields.len() > 16);
        assert_eq!(fields.get("field"), None);
    }

    #[test]
    fn fields_are_the_same_in_whatever_order_they_came() {
        for count in [1, 2, 3, 50] {
            let (mut forwards, mut backwards) = <(UnknownFields, UnknownFields)>::default();
            for number in 0..count {
                forwards.insert(&number.to_string(), number.into());
                let number = count - 1 - number;
                backwards.insert(&number.to_string(), number.into());
            }
            assert_eq!(forwards, backwards);
            forwards.insert("more", 1.into());
            assert_ne!(forwards, backwards);
            forwards.remove("more");
            assert_eq!(forwards, backwards);
            backwards.insert("0", Value::Null);
            assert_ne!(forwards, backwards);
        }
    }
}
