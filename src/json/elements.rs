//! The items of a list as they came, by the rules by which lists are read.

use std::cmp::Ordering;

use serde::Serializer;
use serde_json::value::RawValue;

use super::BOM;
use super::raw::{Entries, Entry};

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
        remove(&mut entries, field);
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
    remove(&mut entries, outer);
    let moved = String::from_utf8(written(vec![(inner.into(), list)])?).ok()?;
    entries.push((outer.into(), serde_json::from_str(&moved).ok()?));
    written(entries)
}

fn remove(entries: &mut Vec<Entry<'_>>, field: &str) {
    entries.retain(|(name, _)| name != field);
}

fn written(entries: Vec<Entry<'_>>) -> Option<Vec<u8>> {
    let mut json = Vec::new();
    let written = serde_json::Serializer::new(&mut json).collect_map(entries);
    written.ok().map(|()| json)
}

/// Returns the place of the only list of objects.
fn only_list(entries: &[Entry<'_>]) -> Option<usize> {
    let mut found = None;
    for (place, (_, value)) in entries.iter().enumerate() {
        if is_list(value) && of_list(value).iter().any(|item| is_object(item)) {
            if found.is_some() {
                return None;
            }
            found = Some(place);
        }
    }
    found
}

/// Returns the elements of a list, or of an object in its place.
fn of_value(value: &RawValue) -> Vec<&RawValue> {
    if !is_object(value) {
        return of_list(value);
    }
    let entries = entries(value);
    let mut names = Vec::new();
    for (name, _) in &entries {
        names.push(&**name);
    }
    if let Some(order) = by_number(&names) {
        let mut list = Vec::new();
        for place in order {
            list.push(entries[place].1);
        }
        return list;
    }
    let is_list = |place: usize| is_list(entries[place].1);
    let is_objects = |place: usize| of_list(entries[place].1).iter().all(|item| is_object(item));
    match enveloped(&names, &is_list, &is_objects) {
        Some(place) => of_list(entries[place].1),
        None => vec![value],
    }
}

/// Returns the order of the entries of an object, if their names are the numbers of a list.
pub(super) fn by_number(names: &[&str]) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for name in names {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        numbers.push(name.parse().unwrap_or(u64::MAX));
    }
    let by_number = |one: usize, other: usize| numbers[one].cmp(&numbers[other]);
    Some(order(names.len(), &by_number))
}

/// Returns the places of a list in the order of what is there.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}

/// Returns the place of the only list in an object that is an envelope, and not an item itself.
pub(super) fn enveloped(
    names: &[&str],
    is_list: &dyn Fn(usize) -> bool,
    is_objects: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    /// The fields of an envelope besides its list.
    const BESIDE: [&str; 5] = ["type", "total_count", "has_more", "url", "pages"];

    let mut list = None;
    let (mut is_alone, mut is_item) = (true, false);
    for (place, name) in names.iter().enumerate() {
        if is_list(place) {
            if list.is_some() {
                return None;
            }
            list = Some(place);
        } else {
            is_alone &= BESIDE.contains(name);
            is_item |= *name == "id";
        }
    }
    list.filter(|list| is_alone || !is_item && is_objects(*list))
}

fn of_list(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// Returns the entries of an object in the order of their names; of a duplicate name the last.
fn entries(value: &RawValue) -> Vec<Entry<'_>> {
    let entries: Result<Entries<'_>, _> = serde_json::from_str(value.get());
    let Ok(Entries(entries)) = entries else {
        return Vec::new();
    };
    let by_name = |one: usize, other: usize| entries[one].0.cmp(&entries[other].0);
    let mut sorted: Vec<Entry<'_>> = Vec::new();
    for place in order(entries.len(), &by_name) {
        let (name, value) = &entries[place];
        match sorted.last_mut() {
            Some((last, earlier)) if last == name => *earlier = value,
            _ => sorted.push((name.clone(), value)),
        }
    }
    sorted
}

fn is_list(value: &RawValue) -> bool {
    value.get().starts_with('[')
}

fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}
