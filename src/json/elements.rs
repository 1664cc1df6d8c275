//! The items of a list as they came, by the rules by which lists are read.

use std::borrow::Cow;

use serde::Serializer;
use serde_json::value::RawValue;

use super::BOM;
use super::raw::Entries;

type Entry<'b> = (Cow<'b, str>, &'b RawValue);

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
    let (outer, inner) = field.map_or((None, None), |field| match field.split_once('.') {
        Some((outer, inner)) => (Some(outer), Some(inner)),
        None => (Some(field), None),
    });
    let named = |(name, _): &&Entry<'_>| Some(&**name) == outer;
    if let Some((_, list)) = entries.iter().rfind(named) {
        return match inner {
            Some(_) => of_body(list, inner),
            None => of_value(list),
        };
    }
    match only_list(&entries) {
        Some(place) => of_list(entries[place].1),
        None => Vec::new(),
    }
}

/// Moves the only list of objects in a body to the field in which it should be. What is there is no list.
///
/// Of a field within another, nothing in place of the outer one is an empty list.
pub(crate) fn move_list(body: &[u8], field: &str) -> Option<Vec<u8>> {
    let body = String::from_utf8_lossy(body);
    let body: &RawValue = serde_json::from_str(&body).ok()?;
    let mut entries = entries(body);
    let Some((outer, inner)) = field.split_once('.') else {
        entries.retain(|(name, _)| name != field);
        let place = only_list(&entries)?;
        entries[place].0 = field.into();
        return written(entries);
    };
    let is_nothing = |(name, value): &Entry<'_>| {
        name == outer && matches!(value.get(), "null" | "\"\"" | "[]" | "{}")
    };
    let list = match only_list(&entries) {
        Some(place) => entries.remove(place).1,
        None if entries.iter().any(is_nothing) => serde_json::from_str("[]").ok()?,
        None => return None,
    };
    entries.retain(|(name, _)| name != outer);
    let moved = String::from_utf8(written(vec![(inner.into(), list)])?).ok()?;
    entries.push((outer.into(), serde_json::from_str(&moved).ok()?));
    written(entries)
}

fn written(entries: Vec<Entry<'_>>) -> Option<Vec<u8>> {
    let mut json = Vec::new();
    let written = serde_json::Serializer::new(&mut json).collect_map(entries);
    written.ok().map(|()| json)
}

/// Returns the place of the only list of objects.
fn only_list(entries: &[Entry<'_>]) -> Option<usize> {
    let is_objects = |list: &RawValue| of_list(list).into_iter().any(is_object);
    let is_found = |(_, (_, value)): &(usize, &Entry<'_>)| is_list(value) && is_objects(value);
    let mut lists = entries.iter().enumerate().filter(is_found);
    match (lists.next(), lists.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

/// Returns the elements of a list, or of an object in its place.
fn of_value(value: &RawValue) -> Vec<&RawValue> {
    if !is_object(value) {
        return of_list(value);
    }
    let entries = entries(value);
    if let Some(order) = by_number(entries.iter().map(|(name, _)| &**name)) {
        return order.into_iter().map(|place| entries[place].1).collect();
    }
    let named = entries.iter().map(|(name, value)| (&**name, value));
    let is_objects = |list: &&RawValue| of_list(list).into_iter().all(is_object);
    match enveloped(named, |value| is_list(value), is_objects) {
        Some(list) => of_list(list),
        None => vec![value],
    }
}

/// Returns the order of the entries of an object, if their names are the numbers of a list.
pub(super) fn by_number<'n>(names: impl Iterator<Item = &'n str>) -> Option<Vec<usize>> {
    let is_number = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let number = |(place, name): (usize, &str)| {
        is_number(name).then(|| (name.parse::<u64>().unwrap_or(u64::MAX), place))
    };
    let mut numbers: Vec<_> = names.enumerate().map(number).collect::<Option<_>>()?;
    numbers.sort_unstable();
    Some(numbers.into_iter().map(|(_, place)| place).collect())
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
fn entries(value: &RawValue) -> Vec<Entry<'_>> {
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
