//! Times, which the API writes in three ways.

use chrono::{DateTime, Utc};

/// Larger numbers are milliseconds, microseconds, and no time.
const MILLISECONDS: f64 = 1e11;
const MICROSECONDS: f64 = 1e14;
const NO_TIME: f64 = 1e17;

/// Reads Unix seconds, milliseconds or microseconds, by their size.
pub(super) fn from_number(number: f64) -> Option<DateTime<Utc>> {
    let micros = match number.abs() {
        size if size < MILLISECONDS => number * 1e6,
        size if size < MICROSECONDS => number * 1e3,
        size if size < NO_TIME => number,
        _ => return None,
    };
    from_micros(micros.round() as i64)
}

/// Reads an integer like [`from_number`].
#[inline]
pub(super) fn from_integer(number: i64) -> Option<DateTime<Utc>> {
    let size = number as f64;
    if size.abs() < MILLISECONDS {
        return DateTime::from_timestamp(number, 0);
    }
    from_number(size)
}

/// Reads ISO 8601 or RFC 2822, or a number like [`from_number`].
pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return from_integer(number);
    }
    if let Ok(number) = text.parse() {
        return from_number(number);
    }
    from_micros(iso_8601(text)?.timestamp_micros())
}

/// Rounds a time so that it can be written again: a float of seconds is exact to microseconds for two centuries, and then to
/// seconds.
fn from_micros(micros: i64) -> Option<DateTime<Utc>> {
    if micros.unsigned_abs() < 1 << 53 {
        return DateTime::from_timestamp_micros(micros);
    }
    DateTime::from_timestamp(micros.div_euclid(1_000_000), 0)
}

fn iso_8601(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    if let Ok(time) = DateTime::parse_from_rfc2822(text) {
        return Some(time.to_utc());
    }
    // With a space for the T or before the offset, a comma before the fraction, without the colon in the offset, without
    // seconds, an offset or a time, or without hyphens and colons.
    let mut plain = String::new();
    for (place, char) in text.strip_suffix("UTC").unwrap_or(text).char_indices() {
        match char {
            ' ' if place == 10 => plain.push('T'),
            ' ' if place > 10 => {}
            ',' => plain.push('.'),
            char => plain.push(char),
        }
    }
    if text.ends_with("UTC") {
        plain.push('Z');
    }
    let text = plain;
    for time in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y%m%dT%H%M%S%.f"] {
        if let Ok(time) = DateTime::parse_from_str(&text, &format!("{time}%#z")) {
            return Some(time.to_utc());
        }
        if let Ok(time) = chrono::NaiveDateTime::parse_from_str(&text, time) {
            return Some(time.and_utc());
        }
    }
    let date = chrono::NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()?;
    Some(date.and_hms_opt(0, 0, 0)?.and_utc())
}
