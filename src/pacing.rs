//! The rate limit, as all calls with one token share it: they wait for the next window rather than be refused.

mod clock;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use self::clock::{Clock, Micros, micros};
use crate::rate_limit::{self, MAX_WINDOW, RateLimit};

/// Lets requests through while the current window has room for them, in the order in which they came.
pub(crate) struct Limiter {
    is_on: bool,
    /// Held by the one request that is next; the others queue behind it, and none of them wakes before its turn.
    turn: tokio::sync::Mutex<()>,
    /// Wakes the one that is next: a response has come, or a request was given up.
    changed: Notify,
    state: Mutex<State>,
}

struct State {
    clock: Clock,
    window: Option<Window>,
    /// Requests whose response has not come, any of which may not be counted yet in what the server says is left.
    in_flight: u64,
    /// How much longer windows proved to be than the server says: it gives their end in whole seconds.
    lag: Micros,
}

/// The newest window that the server told of.
struct Window {
    reset: Micros,
    /// Its end, as far as the response alone tells that told of it: whatever becomes of clocks, nobody waits longer.
    latest: Instant,
    limit: Option<u64>,
    /// The least that a response said was left.
    remaining: u64,
    /// Whether it is over, so that `remaining` is that of the window after it, of which nothing is known yet.
    is_over: bool,
}

/// What a request is told that wants to be sent.
#[derive(Debug, PartialEq)]
enum Turn {
    Go,
    /// Not before then, unless something changes.
    At(Instant),
    /// Not before something changes.
    Later,
}

/// The clock need not be known better than this.
const CLOSE_ENOUGH: Duration = Duration::from_millis(25);
const SECOND: Micros = 1_000_000;
const MAX_WAIT: Micros = MAX_WINDOW.as_secs() as Micros * SECOND;
/// How much of a window may be under way before a response has told what others have left of it: one part in this many.
const UNTOLD_SHARE: u64 = 8;

impl Limiter {
    pub(crate) fn new(is_on: bool) -> Arc<Self> {
        Arc::new(Self {
            is_on,
            turn: tokio::sync::Mutex::new(()),
            changed: Notify::new(),
            state: Mutex::new(State::new(Instant::now())),
        })
    }

    /// Another limiter of the same setting, which knows nothing yet.
    pub(crate) fn fresh(&self) -> Arc<Self> {
        Self::new(self.is_on)
    }

    /// Waits until one more request may be sent; dropping the permit says that its response has come, or will not.
    ///
    /// A `pioneer` may be sent ahead of the others to find out whether the next window has begun.
    pub(crate) async fn admit(self: &Arc<Self>, pioneer: bool) -> Permit {
        if self.is_on {
            let _turn = self.turn.lock().await;
            loop {
                let turn = self.state().turn(Instant::now(), pioneer);
                let changed = self.changed.notified();
                match turn {
                    Turn::Go => return self.permit(),
                    Turn::At(time) => drop(timeout_at(time, changed).await),
                    Turn::Later => changed.await,
                }
            }
        }
        self.permit()
    }

    fn permit(self: &Arc<Self>) -> Permit {
        self.state().in_flight += 1;
        Permit {
            limiter: Arc::clone(self),
            sent: Instant::now(),
        }
    }

    /// What is known of the current window.
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.state().rate_limit(Instant::now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked has left numbers, which are as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The leave to send one request.
pub(crate) struct Permit {
    limiter: Arc<Limiter>,
    sent: Instant,
}

impl Permit {
    /// Takes note of what the response to the request says.
    pub(crate) fn report(self, headers: &HeaderMap, is_refused: bool) {
        let report = Report {
            limit: RateLimit::from_headers(headers),
            date: rate_limit::date(headers),
            sent: self.sent,
            received: Instant::now(),
            is_refused,
        };
        self.limiter.state().report(&report);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limiter.state().in_flight -= 1;
        self.limiter.changed.notify_one();
    }
}

/// What a response says.
struct Report {
    limit: Option<RateLimit>,
    date: Option<SystemTime>,
    sent: Instant,
    received: Instant,
    is_refused: bool,
}

impl State {
    fn new(now: Instant) -> Self {
        Self {
            clock: Clock::new(now),
            window: None,
            in_flight: 0,
            lag: 0,
        }
    }

    /// Whether one more request may be sent now.
    fn turn(&mut self, now: Instant, pioneer: bool) -> Turn {
        let Some(window) = &mut self.window else {
            return Turn::Go;
        };
        let surely = window.surely(&self.clock, self.lag);
        if !window.is_over && now >= surely {
            window.is_over = true;
            window.remaining = (window.limit.unwrap_or_default() / UNTOLD_SHARE).max(1);
        }
        if window.remaining > self.in_flight {
            return Turn::Go;
        }
        if window.is_over {
            return Turn::Later;
        }
        let likely = self.clock.likely(window.reset + self.lag);
        if pioneer && self.in_flight == 0 && surely - likely > CLOSE_ENOUGH {
            return if now >= likely {
                Turn::Go
            } else {
                Turn::At(likely)
            };
        }
        Turn::At(surely)
    }

    fn report(&mut self, report: &Report) {
        self.clock
            .observe(report.sent, report.received, report.date);
        let date = report.date.unwrap_or_else(SystemTime::now);
        let Some(told) = report.window(date) else {
            // Of the next window nothing is known, and perhaps never will be: nobody is held back for good.
            if let Some(window) = self.window.as_mut().filter(|window| window.is_over) {
                window.remaining = window.remaining.saturating_mul(2);
            }
            return;
        };
        let date = micros(date);
        match &mut self.window {
            // An earlier one, unless the server's clock was set back.
            Some(window) if told.reset < window.reset && window.reset - date <= MAX_WAIT => {}
            Some(window) if told.reset == window.reset => {
                if report.is_refused && told.remaining == 0 {
                    if date == told.reset {
                        self.lag = SECOND;
                    }
                    *window = told;
                } else if !window.is_over {
                    window.remaining = window.remaining.min(told.remaining);
                }
            }
            _ => self.window = Some(told),
        }
    }

    fn rate_limit(&self, now: Instant) -> Option<RateLimit> {
        let window = self.window.as_ref()?;
        let is_over = window.is_over || now >= window.surely(&self.clock, self.lag);
        let reset = u64::try_from(window.reset).ok().map(Duration::from_micros);
        let left = match is_over {
            true => window.limit,
            false => Some(window.remaining),
        };
        Some(RateLimit {
            limit: window.limit,
            remaining: left.map(|left| left.saturating_sub(self.in_flight)),
            reset: match is_over {
                true => None,
                false => reset.and_then(|reset| SystemTime::UNIX_EPOCH.checked_add(reset)),
            },
        })
    }
}

impl Report {
    /// The window that it tells of; `date` is when it was told, by the server's clock.
    fn window(&self, date: SystemTime) -> Option<Window> {
        let limit = self.limit?;
        let reset = limit.reset?;
        let wait = reset.duration_since(date).unwrap_or_default();
        Some(Window {
            reset: micros(reset),
            latest: self.received + wait.min(MAX_WINDOW),
            limit: limit.limit,
            remaining: match limit.remaining {
                Some(remaining) => remaining,
                None if self.is_refused => 0,
                None => return None,
            },
            is_over: false,
        })
        .filter(|_| wait <= MAX_WINDOW)
    }
}

impl Window {
    /// When it is over, whatever is not known of the server's clock.
    fn surely(&self, clock: &Clock, lag: Micros) -> Instant {
        let latest = self.latest + Duration::from_micros(lag.unsigned_abs());
        clock.surely(self.reset + lag).min(latest)
    }
}

#[cfg(test)]
mod tests;
