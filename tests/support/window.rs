//! A rate limit as Intercom deals it out, with windows of a second: so many calls each, and 429 for the rest.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use super::Reply;

/// What the server of a rate limit knows.
pub struct Windows {
    limit: u64,
    others: Others,
    /// The server's clock, and when it was looked at.
    clock: (SystemTime, Instant),
    counts: Mutex<BTreeMap<u64, Count>>,
    /// What is left of the first window when the first call comes, if time is what counts.
    first: OnceLock<u64>,
}

/// What another program takes of each window.
#[derive(Clone, Copy, PartialEq)]
pub enum Others {
    Nothing,
    /// Half of it as soon as it begins.
    HalfAtOnce,
    /// Half of it, bit by bit.
    HalfSteadily,
}

/// The calls of one window.
#[derive(Clone, Copy, Default)]
struct Count {
    allowed: u64,
    refused: u64,
}

/// The calls from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    pub allowed: u64,
    pub refused: u64,
    /// How many windows there were from the first call to the last one.
    pub windows: u64,
    /// How many calls would have been allowed in them.
    ///
    /// Of the first window that is the part that was to come when the first call came, or what was used, if that is more;
    /// of the last window it is what was used, since no more calls were there to be made.
    pub allowance: u64,
}

impl Total {
    /// The share of the allowance that was used.
    pub fn used(&self) -> f64 {
        self.allowed as f64 / self.allowance as f64
    }

    /// The share of the responses that were 429.
    pub fn refused(&self) -> f64 {
        self.refused as f64 / (self.allowed + self.refused) as f64
    }
}

impl Windows {
    /// `limit` calls a second, by a clock that is ahead of ours by so many milliseconds.
    pub fn new(limit: u64, ahead: i64, others: Others) -> Self {
        let (now, by) = (
            SystemTime::now(),
            Duration::from_millis(ahead.unsigned_abs()),
        );
        Self {
            limit,
            others,
            clock: (if ahead < 0 { now - by } else { now + by }, Instant::now()),
            counts: Mutex::default(),
            first: OnceLock::new(),
        }
    }

    /// The response to one more call, which is allowed or refused.
    pub fn reply(&self, body: &str) -> Reply {
        let (shown, at) = self.clock;
        // Looked at while nobody else counts, or windows would not come in their order.
        let mut counts = self.counts.lock().unwrap();
        let now = shown + at.elapsed();
        let since_epoch = now.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let window = since_epoch.as_secs();
        let others = match self.others {
            Others::Nothing => 0,
            Others::HalfAtOnce => self.limit / 2,
            Others::HalfSteadily => self.limit * u64::from(since_epoch.subsec_millis()) / 2 / 1_000,
        };
        let to_come = 1_000 - u64::from(since_epoch.subsec_millis());
        self.first.get_or_init(|| self.limit * to_come / 1_000);
        let count = counts.entry(window).or_default();
        let is_allowed = count.allowed + others < self.limit;
        if is_allowed {
            count.allowed += 1;
        } else {
            count.refused += 1;
        }
        let left = self.limit.saturating_sub(count.allowed + others);
        drop(counts);
        let headers = [
            ("content-type", "application/json"),
            ("date", &httpdate::fmt_http_date(now)),
            ("x-ratelimit-limit", &self.limit.to_string()),
            ("x-ratelimit-remaining", &left.to_string()),
            ("x-ratelimit-reset", &(window + 1).to_string()),
        ];
        if is_allowed {
            Reply::new(200, &headers, body)
        } else {
            Reply::new(429, &headers, RATE_LIMITED)
        }
        .then_keep()
    }

    pub fn total(&self) -> Total {
        let counts = self.counts.lock().unwrap();
        let sum = |part: fn(&Count) -> u64| counts.values().map(part).sum();
        let (first, at_first) = counts.first_key_value().unwrap();
        let (last, at_last) = counts.last_key_value().unwrap();
        let windows = last - first + 1;
        let of_first = at_first.allowed.max(*self.first.get().unwrap());
        let of_last = if windows > 1 { at_last.allowed } else { 0 };
        Total {
            allowed: sum(|count| count.allowed),
            refused: sum(|count| count.refused),
            windows,
            allowance: of_first + windows.saturating_sub(2) * self.limit + of_last,
        }
    }
}

const RATE_LIMITED: &str = r#"{"type":"error.list","request_id":"r1","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit for app"}]}"#;
