//! The current window of the rate limit, and how many requests it admits.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::waiters::{Queue, Ticket};
use crate::wire::headers::{MAX_WINDOW, RateLimit};

/// The current window, and the requests that wait for room in it.
pub(super) struct State {
    pub(super) queue: Queue,
    window: Window,
    /// Requests of this window without a response yet: what the server says is left may not count them.
    pub(super) in_flight: u64,
    /// Requests of earlier windows without a response yet: the server counts them there, unless they took long to arrive.
    pub(super) previous_in_flight: u64,
    /// How many windows there have been, and when the last one began.
    number: u64,
    began: Instant,
    /// How much longer windows are than the server says, since it reports their end in whole seconds.
    reset_skew: Duration,
}

/// The window that a request sent now is counted in.
enum Window {
    /// No response has reported a window, or none has for long: nothing waits.
    Unknown,
    /// A response has reported it, and it is not over.
    Current(Quota),
    /// The last reported window is over. In the next one, a few requests find out what is left of it.
    Probing { quota: Quota, since: Instant },
    /// Like `Probing`, but no response has reported it in time: it is taken to be like the last one.
    Assumed { quota: Quota, since: Instant },
}

/// A window as responses report it.
struct Quota {
    reset: SystemTime,
    /// When it ends at the latest: the earliest time that any response reports.
    ends_at: Instant,
    limit: Option<u64>,
    /// The least that a response has reported as left; before any has, how many requests may be in flight.
    remaining: u64,
}

/// Whether a request may be sent.
#[derive(Debug, PartialEq)]
enum Admission {
    /// This many may be sent now.
    Open(usize),
    /// None before this time, unless something changes.
    ClosedUntil(Instant),
}

const SECOND: Duration = Duration::from_secs(1);
/// The share of a window that may be in flight before a response reports what is left: one part in this many.
pub(super) const PROBING_SHARE: u64 = 8;
/// How long only that share of an unknown window is used.
const PROBING_TIME: Duration = Duration::from_secs(1);
/// How long the first in the queue may leave room unused.
const STALL_LIMIT: Duration = Duration::from_millis(100);

/// What a response reports.
pub(super) struct ResponseReport {
    pub(super) limit: Option<RateLimit>,
    pub(super) date: Option<SystemTime>,
    pub(super) received: Instant,
    pub(super) is_refused: bool,
}

impl State {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            queue: Queue::default(),
            window: Window::Unknown,
            in_flight: 0,
            previous_in_flight: 0,
            number: 0,
            began: now,
            reset_skew: Duration::ZERO,
        }
    }

    /// Admits a request if it does not have to wait for others.
    pub(super) fn enter(&mut self, now: Instant) -> Option<u64> {
        self.advance(now);
        let is_open =
            matches!(self.admission(now), Admission::Open(room) if self.queue.len() < room);
        is_open.then(|| self.admitted())
    }

    /// Counts a request as in flight, and returns the number of its window.
    pub(super) fn admitted(&mut self) -> u64 {
        self.in_flight += 1;
        self.number
    }

    /// Admits a request of the queue, or returns when it should ask again.
    ///
    /// `stalled_at` is when those before it have left room unused for too long.
    pub(super) fn take(
        &mut self,
        ticket: Ticket,
        now: Instant,
        stalled_at: &mut Option<Instant>,
    ) -> Option<Instant> {
        self.advance(now);
        match self.admission(now) {
            Admission::ClosedUntil(time) => {
                *stalled_at = None;
                Some(time)
            }
            Admission::Open(room) => {
                let end = stalled_at.unwrap_or(now + STALL_LIMIT);
                *stalled_at = Some(end);
                if self.queue.is_among_first(ticket, room) || now >= end {
                    self.queue.leave(ticket);
                    return None;
                }
                Some(end)
            }
        }
    }

    /// Moves on to the window of `now`.
    fn advance(&mut self, now: Instant) {
        self.window = match std::mem::replace(&mut self.window, Window::Unknown) {
            Window::Current(mut quota) if now >= quota.ends_at + self.reset_skew => {
                quota.remaining = (quota.limit.unwrap_or_default() / PROBING_SHARE).max(1);
                self.begin(now);
                Window::Probing { quota, since: now }
            }
            // No response reports anything any more.
            Window::Probing { since, .. } | Window::Assumed { since, .. }
                if now >= since + MAX_WINDOW =>
            {
                Window::Unknown
            }
            Window::Probing { mut quota, since } if now >= since + PROBING_TIME => {
                quota.remaining = quota.remaining.max(quota.limit.unwrap_or_default());
                Window::Assumed { quota, since }
            }
            unchanged => unchanged,
        };
    }

    /// Returns how many requests the current window admits, or when it will admit some; [advance](Self::advance) first.
    fn admission(&self, now: Instant) -> Admission {
        match (self.room(now), &self.window) {
            (0, Window::Current(quota)) => Admission::ClosedUntil(quota.ends_at + self.reset_skew),
            (0, _) => Admission::ClosedUntil(now + PROBING_TIME),
            (room, _) => Admission::Open(room),
        }
    }

    /// Begins another window: requests in flight belong to the one before.
    fn begin(&mut self, now: Instant) {
        self.previous_in_flight += std::mem::take(&mut self.in_flight);
        self.number += 1;
        self.began = now;
    }

    /// Counts a request as not in flight any more.
    pub(super) fn returned(&mut self, number: u64) {
        let sent = if number == self.number {
            &mut self.in_flight
        } else {
            &mut self.previous_in_flight
        };
        *sent = sent.saturating_sub(1);
    }

    /// Returns how many more requests the window has room for.
    pub(super) fn room(&self, now: Instant) -> usize {
        let Some(quota) = self.window.quota() else {
            return usize::MAX;
        };
        let mut under_way = self.in_flight;
        if now < self.began + PROBING_TIME {
            under_way += self.previous_in_flight;
        }
        let room = quota.remaining.saturating_sub(under_way);
        usize::try_from(room).unwrap_or(usize::MAX)
    }

    pub(super) fn report(&mut self, report: &ResponseReport) {
        let date = report.date.unwrap_or_else(SystemTime::now);
        let Some(reported) = report.quota(date) else {
            // The next window is unknown, and perhaps always will be: nobody is held back for good.
            if let Window::Probing { quota, .. } | Window::Assumed { quota, .. } = &mut self.window
            {
                quota.remaining = quota.remaining.saturating_mul(2);
            }
            return;
        };
        match self.window.quota().map(|known| known.reset) {
            // An earlier one, unless the server's clock was set back.
            Some(reset) if reported.reset < reset && until(reset, date) <= MAX_WINDOW => {}
            Some(reset) if reported.reset == reset => {
                let is_exhausted = report.is_refused && reported.remaining == 0;
                if is_exhausted && date == reset {
                    self.reset_skew = SECOND;
                }
                if let Window::Current(known) = &mut self.window {
                    known.remaining = known.remaining.min(reported.remaining);
                    known.ends_at = known.ends_at.min(reported.ends_at);
                } else if is_exhausted {
                    self.window = Window::Current(reported);
                }
            }
            _ => {
                let has_begun = self.window.is_unreported();
                self.window = Window::Current(reported);
                if !has_begun {
                    self.begin(report.received);
                }
            }
        }
    }

    pub(super) fn rate_limit(&self, now: Instant) -> Option<RateLimit> {
        let quota = self.window.quota()?;
        let is_over = self.window.is_unreported() || now >= quota.ends_at + self.reset_skew;
        let (remaining, reset) = if is_over {
            (quota.limit, None)
        } else {
            (Some(quota.remaining), Some(quota.reset))
        };
        Some(RateLimit {
            limit: quota.limit,
            remaining: remaining.map(|left| left.saturating_sub(self.in_flight)),
            reset,
        })
    }
}

impl Window {
    /// The last quota that was reported: of this window, or of the one before it.
    fn quota(&self) -> Option<&Quota> {
        match self {
            Self::Unknown => None,
            Self::Current(quota) | Self::Probing { quota, .. } | Self::Assumed { quota, .. } => {
                Some(quota)
            }
        }
    }

    /// Whether it has begun, and no response has reported it.
    fn is_unreported(&self) -> bool {
        matches!(self, Self::Probing { .. } | Self::Assumed { .. })
    }
}

impl ResponseReport {
    /// Returns the window that it reports; `date` is when, by the server's clock.
    fn quota(&self, date: SystemTime) -> Option<Quota> {
        let limit = self.limit?;
        let reset = limit.reset?;
        let wait = until(reset, date);
        if wait > MAX_WINDOW {
            return None;
        }
        Some(Quota {
            reset,
            ends_at: self.received + wait,
            limit: limit.limit,
            remaining: match limit.remaining {
                Some(remaining) => remaining,
                None if self.is_refused => 0,
                None => return None,
            },
        })
    }
}

/// Returns how long it is until a time; zero, if it has passed.
fn until(time: SystemTime, now: SystemTime) -> Duration {
    time.duration_since(now).unwrap_or_default()
}
