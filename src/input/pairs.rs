//! Writes parameters for a query, a header or a form: as pairs of text.

use serde_json::{Map, Value};

use super::shape::Field;

/// A pair for each value: one for each item of a list, unless the items of its field are joined.
pub(crate) fn pairs(values: &Value, fields: &[Field]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let none = Map::new();
    for (name, value) in values.as_object().unwrap_or(&none) {
        let Value::Array(items) = value else {
            pairs.push((name.clone(), text(value)));
            continue;
        };
        match separator(fields, name) {
            Some(_) if items.is_empty() => {}
            Some(separator) => {
                let mut joined = String::new();
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        joined.push_str(separator);
                    }
                    joined.push_str(&text(item));
                }
                pairs.push((name.clone(), joined));
            }
            None => {
                for item in items {
                    pairs.push((name.clone(), text(item)));
                }
            }
        }
    }
    pairs
}

fn separator(fields: &[Field], name: &str) -> Option<&'static str> {
    let field = fields.iter().find(|field| field.name == name)?;
    field.separator
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::shape::Shape;
    use super::*;

    #[test]
    fn a_list_is_a_parameter_for_each_item_unless_something_joins_them() {
        const FIELDS: &[Field] = &[
            Field::new("ids", Shape::List(&Shape::Id)),
            Field::new("states", Shape::List(&Shape::Text)).joined(","),
            Field::new("tags", Shape::List(&Shape::Text)).joined("|"),
        ];
        let values = json!({ "ids": ["1", 2], "page": 3, "states": ["a", "b"], "tags": [] });
        let pairs = pairs(&values, FIELDS);
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let expected = [("ids", "1"), ("ids", "2"), ("page", "3"), ("states", "a,b")];
        assert_eq!(pairs, expected);
    }
}
