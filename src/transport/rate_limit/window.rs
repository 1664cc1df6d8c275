//! What is known of the current window of the rate limit, and who may send in it.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::waiters::{Queue, Ticket};
use crate::wire::headers::{MAX_WINDOW, RateLimit};

/// What is known of windows and of those who wait for them.
pub(super) struct State {
    pub(super) queue: Queue,
    window: Option<Window>,
    /// Requests of this window whose response has not come, any of which may not be counted yet in what the server says is left.
    pub(super) in_flight: u64,
    /// Those of earlier windows, which are counted there unless they took long to arrive.
    pub(super) earlier: u64,
    /// How many windows there have been, and when the last one began.
    number: u64,
    began: Instant,
    /// How much longer windows proved to be than the server says: it gives their end in whole seconds.
    lag: Duration,
}

/// The newest window that the server told of.
struct Window {
    reset: SystemTime,
    /// When it is over at the latest, as far as any one response tells.
    latest: Instant,
    limit: Option<u64>,
    /// The least that a response said was left.
    remaining: u64,
    /// Since when it is over, so that `remaining` is that of the window after it, of which nothing is known yet.
    over_since: Option<Instant>,
}

/// What a request is told that wants to be sent.
#[derive(Debug, PartialEq)]
enum Turn {
    /// So many may be.
    Go(usize),
    /// Not before then, unless something changes.
    At(Instant),
}

const SECOND: Duration = Duration::from_secs(1);
/// How much of a window may be under way before a response has told what others have left of it: one part in this many.
pub(super) const UNTOLD_SHARE: u64 = 8;
/// How long a window of which nothing is known is used with care.
const UNTOLD: Duration = Duration::from_secs(1);
/// How long those who are first in the queue may leave room that is there unused.
const PATIENCE: Duration = Duration::from_millis(100);

/// What a response says.
pub(super) struct Report {
    pub(super) limit: Option<RateLimit>,
    pub(super) date: Option<SystemTime>,
    pub(super) received: Instant,
    pub(super) is_refused: bool,
}

impl State {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            queue: Queue::default(),
            window: None,
            in_flight: 0,
            earlier: 0,
            number: 0,
            began: now,
            lag: Duration::ZERO,
        }
    }

    /// Lets a request through that need not wait for anybody.
    pub(super) fn enter(&mut self, now: Instant) -> Option<u64> {
        let goes = matches!(self.turn(now), Turn::Go(room) if self.queue.len() < room);
        goes.then(|| self.admitted())
    }

    /// Counts a request as under way; the number of the window is returned.
    pub(super) fn admitted(&mut self) -> u64 {
        self.in_flight += 1;
        self.number
    }

    /// Lets a request of the queue through, or says when it should ask again.
    pub(super) fn take(
        &mut self,
        ticket: Ticket,
        now: Instant,
        patience: &mut Option<Instant>,
    ) -> Option<Instant> {
        let next = match self.turn(now) {
            Turn::At(time) => {
                *patience = None;
                time
            }
            Turn::Go(room) => {
                let end = *patience.get_or_insert(now + PATIENCE);
                if self.queue.is_among_first(ticket, room) || now >= end {
                    self.queue.leave(ticket);
                    return None;
                }
                end
            }
        };
        Some(next)
    }

    /// How many requests may be sent now, or when some may.
    fn turn(&mut self, now: Instant) -> Turn {
        let Some(window) = &mut self.window else {
            return Turn::Go(usize::MAX);
        };
        let mut begins = false;
        let surely = window.latest + self.lag;
        let limit = window.limit.unwrap_or_default();
        match window.over_since {
            None if now >= surely => {
                begins = true;
                window.over_since = Some(now);
                window.remaining = (limit / UNTOLD_SHARE).max(1);
            }
            // No response tells anything any more.
            Some(since) if now >= since + MAX_WINDOW => {
                self.window = None;
                return Turn::Go(usize::MAX);
            }
            Some(since) if now >= since + UNTOLD => window.remaining = window.remaining.max(limit),
            _ => {}
        }
        let over_since = window.over_since;
        if begins {
            self.begin(now);
        }
        if let room @ 1.. = self.room(now) {
            return Turn::Go(room);
        }
        if over_since.is_some() {
            return Turn::At(now + UNTOLD);
        }
        Turn::At(surely)
    }

    /// Another window: what is under way was sent in the one before.
    fn begin(&mut self, now: Instant) {
        self.earlier += std::mem::take(&mut self.in_flight);
        self.number += 1;
        self.began = now;
    }

    /// A request is under way no more.
    pub(super) fn returned(&mut self, number: u64) {
        let sent = match number == self.number {
            true => &mut self.in_flight,
            false => &mut self.earlier,
        };
        *sent = sent.saturating_sub(1);
    }

    /// How many more requests the window has room for.
    pub(super) fn room(&self, now: Instant) -> usize {
        let late = match now < self.began + UNTOLD {
            true => self.earlier,
            false => 0,
        };
        let room = |window: &Window| window.remaining.saturating_sub(self.in_flight + late);
        let room = self.window.as_ref().map_or(u64::MAX, room);
        usize::try_from(room).unwrap_or(usize::MAX)
    }

    pub(super) fn report(&mut self, report: &Report) {
        let date = report.date.unwrap_or_else(SystemTime::now);
        let Some(told) = report.window(date) else {
            // Of the next window nothing is known, and perhaps never will be: nobody is held back for good.
            if let Some(window) = self
                .window
                .as_mut()
                .filter(|window| window.over_since.is_some())
            {
                window.remaining = window.remaining.saturating_mul(2);
            }
            return;
        };
        match &mut self.window {
            // An earlier one, unless the server's clock was set back.
            Some(window)
                if told.reset < window.reset && until(window.reset, date) <= MAX_WINDOW => {}
            Some(window) if told.reset == window.reset => {
                if report.is_refused && told.remaining == 0 {
                    if date == told.reset {
                        self.lag = SECOND;
                    }
                    *window = told;
                } else if window.over_since.is_none() {
                    window.remaining = window.remaining.min(told.remaining);
                    window.latest = window.latest.min(told.latest);
                }
            }
            known => {
                let has_begun = known
                    .as_ref()
                    .is_some_and(|known| known.over_since.is_some());
                *known = Some(told);
                if !has_begun {
                    self.begin(report.received);
                }
            }
        }
    }

    pub(super) fn rate_limit(&self, now: Instant) -> Option<RateLimit> {
        let window = self.window.as_ref()?;
        let is_over = window.over_since.is_some() || now >= window.latest + self.lag;
        let left = match is_over {
            true => window.limit,
            false => Some(window.remaining),
        };
        Some(RateLimit {
            limit: window.limit,
            remaining: left.map(|left| left.saturating_sub(self.in_flight)),
            reset: (!is_over).then_some(window.reset),
        })
    }
}

impl Report {
    /// The window that it tells of; `date` is when it was told, by the server's clock.
    fn window(&self, date: SystemTime) -> Option<Window> {
        let limit = self.limit?;
        let reset = limit.reset?;
        let wait = until(reset, date);
        Some(Window {
            reset,
            latest: self.received + wait.min(MAX_WINDOW),
            limit: limit.limit,
            remaining: match limit.remaining {
                Some(remaining) => remaining,
                None if self.is_refused => 0,
                None => return None,
            },
            over_since: None,
        })
        .filter(|_| wait <= MAX_WINDOW)
    }
}

/// How long it is until a time; nothing, if it has passed.
fn until(time: SystemTime, now: SystemTime) -> Duration {
    time.duration_since(now).unwrap_or_default()
}
