//! What the server's clock shows, which is told in whole seconds and may differ from ours.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// Microseconds, since the Unix epoch where it is a time.
pub(super) type Micros = i64;

const SECOND: Micros = 1_000_000;
/// How much clocks may drift apart: one part in this many.
const DRIFT: Micros = 2_000;

/// How far the server's clock is ahead of the time since `start`.
///
/// Each response bounds it: its `Date` is the second in which it was sent, some time between when the request was sent
/// and when the response came. The bounds of several are closer than a second, and closest where the second changes.
pub(super) struct Clock {
    start: Instant,
    bounds: Option<Bounds>,
}

#[derive(Clone, Copy)]
struct Bounds {
    low: Micros,
    high: Micros,
    /// When they were last found, since `start`.
    at: Micros,
}

impl Clock {
    pub(super) fn new(start: Instant) -> Self {
        Self {
            start,
            bounds: None,
        }
    }

    /// Takes note of a response; without a `Date` our clock has to do.
    pub(super) fn observe(&mut self, sent: Instant, received: Instant, date: Option<SystemTime>) {
        let (sent, at) = (self.since_start(sent), self.since_start(received));
        let (low, high) = match date {
            Some(date) => (micros(date) - at, micros(date) + SECOND - sent),
            None => {
                let ours = micros(SystemTime::now()) - at;
                (ours, ours)
            }
        };
        let found = Bounds { low, high, at };
        self.bounds = Some(match self.bounds {
            Some(known) => known.and(found).unwrap_or(found),
            None => found,
        });
    }

    /// When the server's clock shows `time` or later, whatever is not known of it.
    pub(super) fn surely(&self, time: Micros) -> Instant {
        self.at(time, self.bounds.map(|bounds| bounds.low))
    }

    /// When the server's clock shows `time`, as well as it is known.
    pub(super) fn likely(&self, time: Micros) -> Instant {
        self.at(
            time,
            self.bounds
                .map(|bounds| bounds.low + (bounds.high - bounds.low) / 2),
        )
    }

    fn at(&self, time: Micros, ahead: Option<Micros>) -> Instant {
        let since_start = time - ahead.unwrap_or(time);
        let since_start = u64::try_from(since_start).unwrap_or_default();
        self.start + Duration::from_micros(since_start)
    }

    fn since_start(&self, time: Instant) -> Micros {
        in_micros(time.saturating_duration_since(self.start))
    }
}

impl Bounds {
    /// What holds if both do; none if a clock was set meanwhile, or another server answered.
    fn and(self, newer: Self) -> Option<Self> {
        let drift = (newer.at - self.at).max(0) / DRIFT;
        let low = newer.low.max(self.low - drift);
        let high = newer.high.min(self.high + drift);
        let at = newer.at.max(self.at);
        (low <= high).then_some(Self { low, high, at })
    }
}

/// A time since the Unix epoch; times before it are no times of windows.
pub(super) fn micros(time: SystemTime) -> Micros {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH);
    in_micros(since_epoch.unwrap_or_default())
}

/// So long a time that sums of two do not overflow is as good as any longer.
fn in_micros(time: Duration) -> Micros {
    Micros::try_from(time.as_micros()).map_or(Micros::MAX / 8, |micros| micros.min(Micros::MAX / 8))
}
