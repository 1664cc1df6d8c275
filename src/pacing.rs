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
        let reset = window.reset + self.lag;
        let surely = self.clock.surely(reset);
        if !window.is_over && now >= surely {
            window.is_over = true;
            window.remaining = window.limit.unwrap_or_default().max(1);
        }
        if window.remaining > self.in_flight {
            return Turn::Go;
        }
        if window.is_over {
            return Turn::Later;
        }
        let likely = self.clock.likely(reset);
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
        let Some(limit) = report.limit else { return };
        let Some(reset) = limit.reset else { return };
        let date = report.date.unwrap_or_else(SystemTime::now);
        if reset
            .duration_since(date)
            .is_ok_and(|wait| wait > MAX_WINDOW)
        {
            return;
        }
        let (reset, date) = (micros(reset), micros(date));
        let told = Window {
            reset,
            limit: limit.limit,
            remaining: match limit.remaining {
                Some(remaining) => remaining,
                None if report.is_refused => 0,
                None => return,
            },
            is_over: false,
        };
        match &mut self.window {
            Some(window) if reset < window.reset => {}
            Some(window) if reset == window.reset => {
                if report.is_refused && told.remaining == 0 && date >= reset {
                    self.lag = SECOND;
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
        let is_over = window.is_over || now >= self.clock.surely(window.reset + self.lag);
        let reset = u64::try_from(window.reset).ok().map(Duration::from_micros);
        Some(RateLimit {
            limit: window.limit,
            remaining: match (window.is_over, is_over) {
                (false, true) => window.limit,
                _ => Some(window.remaining.saturating_sub(self.in_flight)),
            },
            reset: match is_over {
                true => None,
                false => reset.and_then(|reset| SystemTime::UNIX_EPOCH.checked_add(reset)),
            },
        })
    }
}
