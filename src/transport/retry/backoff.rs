//! How long to wait between attempts.

use std::time::Duration;

/// A delay that doubles with every attempt, up to a longest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Backoff {
    pub(crate) base: Duration,
    pub(crate) max: Duration,
}

impl Backoff {
    /// Returns the delay after this many attempts.
    pub(crate) fn delay(self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.base.saturating_mul(factor).min(self.max)
    }

    /// Returns a random part of the delay after this many attempts ("full jitter").
    pub(crate) fn jittered(self, attempts: u32) -> Duration {
        self.delay(attempts).mul_f64(fastrand::f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_doubles_up_to_the_longest_one() {
        let backoff = Backoff {
            base: Duration::from_millis(500),
            max: Duration::from_secs(3),
        };
        let delays: Vec<_> = (1..6).map(|attempts| backoff.delay(attempts)).collect();
        assert_eq!(
            delays,
            [500, 1_000, 2_000, 3_000, 3_000].map(Duration::from_millis)
        );
        assert_eq!(backoff.delay(u32::MAX), backoff.max);
        let short = Backoff {
            max: Duration::from_millis(1),
            ..backoff
        };
        assert_eq!(short.delay(1), short.max);
    }

    #[test]
    fn a_jittered_delay_is_spread_over_all_of_it() {
        for max in [Duration::ZERO, Duration::from_secs(60), Duration::MAX] {
            let backoff = Backoff { base: max, max };
            let delays: Vec<_> = (0..1_000).map(|_| backoff.jittered(3)).collect();
            assert!(delays.iter().all(|delay| *delay <= max));
            let halves = delays.iter().filter(|delay| **delay <= max / 2).count();
            assert!(max.is_zero() || (100..900).contains(&halves), "{halves}");
        }
    }
}
