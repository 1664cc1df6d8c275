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
    /// Whether the server told, rather than our clock.
    is_told: bool,
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
        let found = Bounds {
            low,
            high,
            at,
            is_told: date.is_some(),
        };
        self.bounds = Some(match self.bounds {
            Some(known) if known.is_told && !found.is_told => known,
            Some(known) if known.is_told == found.is_told => known.and(found).unwrap_or(found),
            _ => found,
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
        (low <= high).then_some(Self {
            low,
            high,
            at,
            ..self
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    const ROUND_TRIP: Duration = Duration::from_millis(8);

    /// A server's clock: what it shows at the start, and how fast it runs in comparison with ours.
    struct Server {
        start: Instant,
        shows: Micros,
        per_million: i64,
    }

    impl Server {
        /// Its clock shows a whole second of 2026, a phase, and how far ours is wrong.
        fn new(start: Instant, phase: Micros, ahead: i64) -> Self {
            Self {
                start,
                shows: (1_780_000_000 + ahead) * SECOND + phase,
                per_million: 0,
            }
        }

        fn at(&self, time: Instant) -> Micros {
            let elapsed = in_micros(time - self.start);
            self.shows + elapsed + elapsed / 1_000 * self.per_million / 1_000
        }

        /// The response to a request that is sent at a time.
        fn answer(&self, clock: &mut Clock, sent: Instant) {
            let seconds = self.at(sent + ROUND_TRIP / 2) / SECOND;
            clock.observe(sent, sent + ROUND_TRIP, Some(date(seconds)));
        }

        /// When it shows a time that is to come.
        fn when(&self, time: Micros) -> Instant {
            self.start + Duration::from_micros((time - self.shows).unsigned_abs())
        }
    }

    fn date(seconds: i64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs())
    }

    fn milliseconds(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn the_clock_of_a_server_is_found_whatever_it_shows() {
        for ahead in [-86_400, -30, 0, 30, 7_200] {
            for phase in (0..SECOND).step_by(37_123) {
                let start = Instant::now();
                let server = Server::new(start, phase, ahead);
                let mut clock = Clock::new(start);
                let mut now = start + milliseconds(3);
                server.answer(&mut clock, now);
                // Each asks when it is as likely as not that the second has changed.
                for _ in 0..9 {
                    let next = (server.at(now) / SECOND + 1) * SECOND;
                    now = clock.likely(next).max(now + ROUND_TRIP);
                    server.answer(&mut clock, now);
                }
                let time = (server.at(now) / SECOND + 5) * SECOND;
                let truth = server.when(time);
                let (likely, surely) = (clock.likely(time), clock.surely(time));
                let error = truth.max(likely) - truth.min(likely);
                assert!(
                    error <= ROUND_TRIP,
                    "{error:?} at phase {phase}, {ahead} s ahead"
                );
                assert!(surely >= truth, "{:?} too early", truth - surely);
            }
        }
    }

    #[test]
    fn a_clock_that_runs_faster_or_slower_than_ours_is_followed() {
        for per_million in [-400, 400] {
            let start = Instant::now();
            let server = Server {
                per_million,
                ..Server::new(start, 123_456, -30)
            };
            let mut clock = Clock::new(start);
            for number in 0..20_000 {
                server.answer(&mut clock, start + milliseconds(number * 190));
            }
            let now = start + milliseconds(20_000 * 190);
            let Bounds { low, high, .. } = clock.bounds.unwrap();
            let ahead = server.at(now) - in_micros(now - start);
            // Between two responses nothing is known of what the clock does.
            let slack = 1_000;
            assert!(low - slack <= ahead && ahead <= high + slack);
            assert!(high - low < SECOND / 4, "{} us are left open", high - low);
        }
    }

    #[test]
    fn a_clock_that_was_set_is_learned_anew() {
        let start = Instant::now();
        let mut clock = Clock::new(start);
        let before = Server::new(start, 0, 0);
        for number in 0..50 {
            before.answer(&mut clock, start + milliseconds(number * 97));
        }
        let now = start + milliseconds(6_000);
        let after = Server::new(start, 0, -3_600);
        after.answer(&mut clock, now);
        let next = (after.at(now) / SECOND + 1) * SECOND;
        assert!(clock.surely(next) >= after.when(next));
        assert!(clock.surely(next) <= now + ROUND_TRIP + milliseconds(1_000));
    }

    #[test]
    fn a_response_without_a_date_does_not_put_our_clock_in_place_of_the_servers() {
        let start = Instant::now();
        let server = Server::new(start, 0, -86_400);
        let mut clock = Clock::new(start);
        server.answer(&mut clock, start);
        let time = server.at(start) + 5 * SECOND;
        let known = clock.surely(time);
        clock.observe(start, start + ROUND_TRIP, None);
        assert_eq!(clock.surely(time), known);
    }

    #[test]
    fn our_clock_has_to_do_until_the_server_tells_its_own() {
        let start = Instant::now();
        let mut clock = Clock::new(start);
        clock.observe(start, start, None);
        let ours = micros(SystemTime::now());
        let wait = clock.surely(ours + 5 * SECOND) - start;
        assert!(wait >= milliseconds(4_000) && wait <= milliseconds(60_000));
        let server = Server::new(start, 0, 0);
        server.answer(&mut clock, start);
        let time = server.at(start) + 5 * SECOND;
        assert!(clock.surely(time) <= start + milliseconds(6_100));
    }
}
