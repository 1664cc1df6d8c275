//! Instants, which the API writes in three ways.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::ser::SerializeMap;

/// Unix seconds with a fraction; `None` outside of what chrono knows.
pub(super) fn from_seconds(seconds: f64) -> Option<DateTime<Utc>> {
    let micros = (seconds * 1e6).round();
    (micros.abs() < 9e18)
        .then_some(micros as i64)
        .and_then(from_micros)
}

/// ISO 8601, or a number of Unix seconds.
pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return DateTime::from_timestamp(seconds, 0);
    }
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    from_micros(iso_8601(text)?.timestamp_micros())
}

/// The instant as it can be written again: a float of seconds tells microseconds for two centuries, and seconds after.
fn from_micros(micros: i64) -> Option<DateTime<Utc>> {
    match micros.unsigned_abs() < 1 << 53 {
        true => DateTime::from_timestamp_micros(micros),
        false => DateTime::from_timestamp(micros.div_euclid(1_000_000), 0),
    }
}

fn iso_8601(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    // Without the colon in the offset, without an offset, or without a time.
    let with_offset =
        DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z").map(|time| time.to_utc());
    let naive = || {
        chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
            .map(|time| time.and_utc())
    };
    let date = || {
        chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()?
            .and_hms_opt(0, 0, 0)
    };
    with_offset
        .ok()
        .or_else(|| naive().ok())
        .or_else(|| Some(date()?.and_utc()))
}

/// A field that may hold an instant, and may be sent as null.
pub(crate) trait Instant {
    fn state(&self) -> Option<Option<DateTime<Utc>>>;
}

impl Instant for DateTime<Utc> {
    fn state(&self) -> Option<Option<DateTime<Utc>>> {
        Some(Some(*self))
    }
}

impl Instant for Option<DateTime<Utc>> {
    fn state(&self) -> Option<Option<DateTime<Utc>>> {
        self.map(Some)
    }
}

/// Writes Unix seconds, with a fraction where there is one.
pub(crate) fn unix<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    time: &impl Instant,
) -> Result<(), M::Error> {
    entry(map, key, time, |map, time| {
        match time.timestamp_subsec_micros() {
            0 => map.serialize_entry(key, &time.timestamp()),
            _ => map.serialize_entry(key, &(time.timestamp_micros() as f64 / 1e6)),
        }
    })
}

/// Writes ISO 8601.
pub(crate) fn iso<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    time: &impl Instant,
) -> Result<(), M::Error> {
    entry(map, key, time, |map, time| {
        map.serialize_entry(key, &time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    })
}

/// Writes nothing, null, or the instant as `write` does.
fn entry<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    time: &impl Instant,
    write: impl FnOnce(&mut M, DateTime<Utc>) -> Result<(), M::Error>,
) -> Result<(), M::Error> {
    match time.state() {
        None => Ok(()),
        Some(None) => map.serialize_entry(key, &()),
        Some(Some(time)) => write(map, time),
    }
}
