//! What is known of the current window of the rate limit, and who may send in it.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::waiters::{Queue, Ticket};
use crate::wire::headers::{MAX_WINDOW, RateLimit};

/// What is known of windows and of those who wait for them.
pub(super) struct State {
    pub(super) queue: Queue,
    window: Window,
    /// Requests of this window whose response has not come, any of which may not be counted yet in what the server says is left.
    pub(super) in_flight: u64,
    /// Those of earlier windows, which are counted there unless they took long to arrive.
    pub(super) previous_in_flight: u64,
    /// How many windows there have been, and when the last one began.
    number: u64,
    began: Instant,
    /// How much longer windows proved to be than the server says: it gives their end in whole seconds.
    reset_skew: Duration,
}

/// The window that a request sent now is counted in.
enum Window {
    /// No response told of one, or none has for long: nothing waits.
    Unknown,
    /// A response told of it, and it is not over.
    Current(Quota),
    /// The last one that a response told of is over. In the one after it a few requests find out what is left of it.
    Probing { quota: Quota, since: Instant },
    /// The same, and no response has told of it in time: it is taken to be like the last one.
    Assumed { quota: Quota, since: Instant },
}

/// What a response told of a window.
struct Quota {
    reset: SystemTime,
    /// When it is over at the latest: the earliest time that any of its responses tells.
    ends_at: Instant,
    limit: Option<u64>,
    /// The least that a response said was left; where none has told yet, how many requests may be under way.
    remaining: u64,
}

/// Whether a request may be sent.
#[derive(Debug, PartialEq)]
enum Admission {
    /// So many may be now.
    Open(usize),
    /// Not before then, unless something changes.
    ClosedUntil(Instant),
}

const SECOND: Duration = Duration::from_secs(1);
/// How much of a window may be under way before a response has told what others have left of it: one part in this many.
pub(super) const PROBING_SHARE: u64 = 8;
/// How long a window of which nothing is known is used with care.
const PROBING_TIME: Duration = Duration::from_secs(1);
/// How long those who are first in the queue may leave room that is there unused.
const STALL_LIMIT: Duration = Duration::from_millis(100);

/// What a response says.
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

    /// Lets a request through that need not wait for anybody.
    pub(super) fn enter(&mut self, now: Instant) -> Option<u64> {
        self.advance(now);
        let is_open =
            matches!(self.admission(now), Admission::Open(room) if self.queue.len() < room);
        is_open.then(|| self.admitted())
    }

    /// Counts a request as under way; the number of the window is returned.
    pub(super) fn admitted(&mut self) -> u64 {
        self.in_flight += 1;
        self.number
    }

    /// Lets a request of the queue through, or says when it should ask again.
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
                let end = *stalled_at.get_or_insert(now + STALL_LIMIT);
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
            // No response tells anything any more.
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

    /// How many requests may be sent in the window that was [advanced](Self::advance) to, or when some may.
    fn admission(&self, now: Instant) -> Admission {
        match (self.room(now), &self.window) {
            (0, Window::Current(quota)) => Admission::ClosedUntil(quota.ends_at + self.reset_skew),
            (0, _) => Admission::ClosedUntil(now + PROBING_TIME),
            (room, _) => Admission::Open(room),
        }
    }

    /// Another window: what is under way was sent in the one before.
    fn begin(&mut self, now: Instant) {
        self.previous_in_flight += std::mem::take(&mut self.in_flight);
        self.number += 1;
        self.began = now;
    }

    /// A request is under way no more.
    pub(super) fn returned(&mut self, number: u64) {
        let sent = if number == self.number {
            &mut self.in_flight
        } else {
            &mut self.previous_in_flight
        };
        *sent = sent.saturating_sub(1);
    }

    /// How many more requests the window has room for.
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
        let Some(told) = report.quota(date) else {
            // Of the next window nothing is known, and perhaps never will be: nobody is held back for good.
            if let Window::Probing { quota, .. } | Window::Assumed { quota, .. } = &mut self.window
            {
                quota.remaining = quota.remaining.saturating_mul(2);
            }
            return;
        };
        match self.window.quota().map(|known| known.reset) {
            // An earlier one, unless the server's clock was set back.
            Some(reset) if told.reset < reset && until(reset, date) <= MAX_WINDOW => {}
            Some(reset) if told.reset == reset => {
                let is_spent = report.is_refused && told.remaining == 0;
                if is_spent && date == reset {
                    self.reset_skew = SECOND;
                }
                if let Window::Current(known) = &mut self.window {
                    known.remaining = known.remaining.min(told.remaining);
                    known.ends_at = known.ends_at.min(told.ends_at);
                } else if is_spent {
                    self.window = Window::Current(told);
                }
            }
            _ => {
                let has_begun = self.window.is_unheard_of();
                self.window = Window::Current(told);
                if !has_begun {
                    self.begin(report.received);
                }
            }
        }
    }

    pub(super) fn rate_limit(&self, now: Instant) -> Option<RateLimit> {
        let quota = self.window.quota()?;
        let is_over = self.window.is_unheard_of() || now >= quota.ends_at + self.reset_skew;
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
    /// What was told of it, or of the one before it.
    fn quota(&self) -> Option<&Quota> {
        match self {
            Self::Unknown => None,
            Self::Current(quota) | Self::Probing { quota, .. } | Self::Assumed { quota, .. } => {
                Some(quota)
            }
        }
    }

    /// Whether it has begun, and no response has told of it.
    fn is_unheard_of(&self) -> bool {
        matches!(self, Self::Probing { .. } | Self::Assumed { .. })
    }
}

impl ResponseReport {
    /// What it tells of a window; `date` is when it was told, by the server's clock.
    fn quota(&self, date: SystemTime) -> Option<Quota> {
        let limit = self.limit?;
        let reset = limit.reset?;
        let wait = until(reset, date);
        Some(Quota {
            reset,
            ends_at: self.received + wait.min(MAX_WINDOW),
            limit: limit.limit,
            remaining: match limit.remaining {
                Some(remaining) => remaining,
                None if self.is_refused => 0,
                None => return None,
            },
        })
        .filter(|_| wait <= MAX_WINDOW)
    }
}

/// How long it is until a time; nothing, if it has passed.
fn until(time: SystemTime, now: SystemTime) -> Duration {
    time.duration_since(now).unwrap_or_default()
}
