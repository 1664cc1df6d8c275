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

type Entry = (Cow<'static, str>, Value);

/// A map takes 600 bytes for its first entry, and most objects with unknown fields have one or two of them. With many fields,
/// each insertion into a list would move the others.
#[derive(Clone)]
enum Fields {
    One([Entry; 1]),
    /// In the order of their names.
    Few(Vec<Entry>),
    Many(Map<String, Value>),
}

/// The most fields that are kept as a list.
const FEW: usize = 16;

impl UnknownFields {
    /// Returns the value of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        match self.view() {
            View::Few(few) => place(few, field).ok().map(|place| &few[place].1),
            View::Many(many) => many.get(field),
        }
    }

    /// Returns the fields and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let (few, many) = match self.view() {
            View::Few(few) => (few, None),
            View::Many(many) => (&[][..], Some(many)),
        };
        let few = few.iter().map(|(field, value)| (&**field, value));
        let many = many.into_iter().flatten();
        few.chain(many.map(|(field, value)| (field.as_str(), value)))
    }

    /// Returns how many fields there are.
    pub fn len(&self) -> usize {
        match self.view() {
            View::Few(few) => few.len(),
            View::Many(many) => many.len(),
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a field, in place of one of the same name.
    pub(super) fn insert(&mut self, field: &str, value: Value) {
        let Some(fields) = &mut self.0 else {
            self.0 = Some(Box::new(Fields::One([(name(field), value)])));
            return;
        };
        let few: &mut [Entry] = match &mut **fields {
            Fields::One(one) => one,
            Fields::Few(few) => few,
            Fields::Many(many) => {
                many.insert(field.to_owned(), value);
                return;
            }
        };
        match place(few, field) {
            Ok(place) => few[place].1 = value,
            Err(place) => fields.add(place, (name(field), value)),
        }
    }

    /// Removes a field.
    pub(super) fn remove(&mut self, field: &str) {
        match self.0.as_deref_mut() {
            Some(Fields::One([(name, _)])) if **name == *field => self.0 = None,
            Some(Fields::Few(few)) => few.retain(|(name, _)| **name != *field),
            Some(Fields::Many(many)) => {
                many.remove(field);
            }
            _ => {}
        }
    }

    fn view(&self) -> View<'_> {
        match self.0.as_deref() {
            Some(Fields::One(one)) => View::Few(one),
            Some(Fields::Few(few)) => View::Few(few),
            Some(Fields::Many(many)) => View::Many(many),
            None => View::Few(&[]),
        }
    }
}

enum View<'f> {
    Few(&'f [Entry]),
    Many(&'f Map<String, Value>),
}

impl Fields {
    /// Adds a new field to a list.
    fn add(&mut self, place: usize, entry: Entry) {
        let mut few = match std::mem::replace(self, Self::Few(Vec::new())) {
            Self::One(one) => Vec::from(one),
            Self::Few(few) => few,
            Self::Many(many) => {
                *self = Self::Many(many);
                return;
            }
        };
        few.insert(place, entry);
        *self = match few.len() {
            ..=FEW => Self::Few(few),
            _ => {
                let few = few.into_iter();
                Self::Many(
                    few.map(|(field, value)| (field.into_owned(), value))
                        .collect(),
                )
            }
        };
    }
}

/// The most frequent one among the fields that no type declares.
fn name(field: &str) -> Cow<'static, str> {
    match field {
        "type" => Cow::Borrowed("type"),
        field => Cow::Owned(field.to_owned()),
    }
}

/// Returns the position of a field, or where it would be.
fn place(few: &[Entry], field: &str) -> Result<usize, usize> {
    few.binary_search_by(|(name, _)| (**name).cmp(field))
}

/// The fields and their values.
impl<'f> IntoIterator for &'f UnknownFields {
    type Item = (&'f str, &'f Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        let mut fields = self.iter();
        self.len() == other.len() && fields.all(|(field, value)| other.get(field) == Some(value))
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::{FEW, UnknownFields};

    #[test]
    fn few_fields_and_many_are_found_and_listed_alike() {
        let mut fields = UnknownFields::default();
        let mut expected = Map::new();
        assert!(fields.is_empty());
        for number in 0..3 * FEW {
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
        assert!(fields.len() > FEW);
        assert_eq!(fields.get("field"), None);
    }

    #[test]
    fn fields_are_the_same_in_whatever_order_they_came() {
        for count in [2, FEW, FEW + 1, 3 * FEW] {
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
