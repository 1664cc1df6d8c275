//! The examples that stand beside a schema.

use serde_json::Value;

/// The examples of a body or a parameter, whichever way they are given; the only one of its kind has no name.
pub fn of(holder: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let named = holder["examples"].as_object().into_iter().flatten();
    let named = named.map(|(name, example)| (Some(name.as_str()), &example["value"]));
    let single = holder.get("example").map(|value| (None, value));
    named.chain(single).filter(|(_, value)| !value.is_null())
}
