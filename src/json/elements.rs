//! The items of a list as they came, by the rules by which lists are read.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::BOM;
use super::raw::Entries;

/// Returns the elements of the list that a body is, or has under a name, including null and odd ones.
pub(crate) fn elements(body: &[u8], field: Option<&str>) -> Vec<Box<RawValue>> {
    let body = String::from_utf8_lossy(body.strip_prefix(BOM).unwrap_or(body));
    let found = match serde_json::from_str::<&RawValue>(&body) {
        Ok(body) => of_body(body, field),
        Err(_) => Vec::new(),
    };
    found.into_iter().map(ToOwned::to_owned).collect()
}

fn of_body<'b>(body: &'b RawValue, field: Option<&str>) -> Vec<&'b RawValue> {
    if is_list(body) {
        return of_list(body);
    }
    let entries = entries(body);
    let named = |(name, _): &&(Cow<'_, str>, &RawValue)| Some(&**name) == field;
    if let Some((_, list)) = entries.iter().rfind(named) {
        return of_value(list);
    }
    let is_objects = |list: &&RawValue| of_list(list).first().is_some_and(|item| is_object(item));
    let mut lists = entries
        .iter()
        .map(|(_, value)| *value)
        .filter(|value| is_list(value))
        .filter(is_objects);
    match (lists.next(), lists.next()) {
        (Some(list), None) => of_list(list),
        _ => Vec::new(),
    }
}

/// Returns the elements of a list, or of an object in its place.
fn of_value(value: &RawValue) -> Vec<&RawValue> {
    if !is_object(value) {
        return of_list(value);
    }
    let entries = entries(value);
    let is_number = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if entries.iter().all(|(name, _)| is_number(name)) {
        let mut items: Vec<(u64, &RawValue)> = entries
            .into_iter()
            .map(|(name, value)| (name.parse().unwrap_or(u64::MAX), value))
            .collect();
        items.sort_by_key(|(number, _)| *number);
        return items.into_iter().map(|(_, value)| value).collect();
    }
    let named = entries.iter().map(|(name, value)| (&**name, value));
    let is_objects = |list: &&RawValue| of_list(list).into_iter().all(is_object);
    match enveloped(named, |value| is_list(value), is_objects) {
        Some(list) => of_list(list),
        None => vec![value],
    }
}

/// Returns the only list of an object that is an envelope, and not an item itself.
pub(super) fn enveloped<'e, V>(
    entries: impl Iterator<Item = (&'e str, &'e V)> + Clone,
    is_list: impl Fn(&V) -> bool,
    is_objects: impl Fn(&V) -> bool,
) -> Option<&'e V> {
    /// The fields of an envelope besides its list.
    const BESIDE: [&str; 5] = ["type", "total_count", "has_more", "url", "pages"];

    let mut lists = entries.clone().filter(|(_, value)| is_list(value));
    let ((name, list), None) = (lists.next()?, lists.next()) else {
        return None;
    };
    let mut others = entries.filter(|(other, _)| *other != name);
    let is_alone = others.clone().all(|(other, _)| BESIDE.contains(&other));
    let is_item = others.any(|(other, _)| other == "id");
    (is_alone || !is_item && is_objects(list)).then_some(list)
}

fn of_list(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// Returns the entries of an object in the order of their names; of a duplicate name the last.
fn entries(value: &RawValue) -> Vec<(Cow<'_, str>, &RawValue)> {
    let entries: Result<Entries<'_>, _> = serde_json::from_str(value.get());
    let Ok(Entries(mut entries)) = entries else {
        return Vec::new();
    };
    entries.reverse();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries.dedup_by(|(one, _), (other, _)| one == other);
    entries
}

fn is_list(value: &RawValue) -> bool {
    value.get().starts_with('[')
}

fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}
