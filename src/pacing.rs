//! The rate limit, as all calls with one token share it: they wait for the next window rather than be refused.

mod clock;
mod queue;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker, ready};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use tokio::time::{Instant, sleep_until};

use self::clock::{Clock, Micros, micros};
use self::queue::{Queue, Ticket};
use crate::rate_limit::{self, MAX_WINDOW, RateLimit};

/// Lets requests through while the current window has room for them, in the order in which they came.
///
/// A request that waits and is not polled, since its task does something else first, is overtaken: nobody depends on others
/// being polled.
pub(crate) struct Limiter {
    is_on: bool,
    state: Mutex<State>,
}

struct State {
    clock: Clock,
    queue: Queue,
    window: Option<Window>,
    /// Requests of this window whose response has not come, any of which may not be counted yet in what the server says is left.
    in_flight: u64,
    /// Those of earlier windows, which are counted there unless they took long to arrive.
    earlier: u64,
    /// How many windows there have been, and when the last one began.
    number: u64,
    began: Instant,
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

/// The clock need not be known better than this.
const CLOSE_ENOUGH: Duration = Duration::from_millis(25);
const SECOND: Micros = 1_000_000;
const MAX_WAIT: Micros = MAX_WINDOW.as_secs() as Micros * SECOND;
/// How much of a window may be under way before a response has told what others have left of it: one part in this many.
const UNTOLD_SHARE: u64 = 8;
/// How long a window of which nothing is known is used with care.
const UNTOLD: Duration = Duration::from_secs(1);
/// How long those who are first in the queue may leave room that is there unused.
const PATIENCE: Duration = Duration::from_millis(100);

impl Limiter {
    pub(crate) fn new(is_on: bool) -> Arc<Self> {
        Arc::new(Self {
            is_on,
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
        if self.is_on && !self.state().enter(Instant::now(), pioneer) {
            self.wait(pioneer).await;
        } else if !self.is_on {
            self.state().in_flight += 1;
        }
        self.permit()
    }

    /// The permit of a request that counts as under way.
    fn permit(self: &Arc<Self>) -> Permit {
        Permit {
            limiter: Arc::clone(self),
            number: self.state().number,
            sent: Instant::now(),
        }
    }

    /// Waits in the queue; when it is over, the request counts as under way.
    async fn wait(&self, pioneer: bool) {
        let place = Place {
            limiter: self,
            ticket: self.state().queue.join(),
        };
        let mut timer = pin!(sleep_until(Instant::now()));
        let mut patience = None;
        poll_fn(|context| {
            loop {
                let next = {
                    let mut state = self.state();
                    match state.take(place.ticket, Instant::now(), pioneer, &mut patience) {
                        None => return Poll::Ready(()),
                        Some(next) => {
                            state.queue.register(place.ticket, context.waker());
                            next
                        }
                    }
                };
                if timer.deadline() != next {
                    timer.as_mut().reset(next);
                }
                ready!(timer.as_mut().poll(context));
            }
        })
        .await;
    }

    /// What is known of the current window.
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.state().rate_limit(Instant::now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked has left numbers, which are as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and wakes those whose turn it may be then.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let room = state.room(Instant::now()).max(1);
        let woken = state.queue.wake(room);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

/// A place in the queue.
struct Place<'l> {
    limiter: &'l Limiter,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.limiter.change(|state| state.queue.leave(self.ticket));
    }
}

/// The leave to send one request.
pub(crate) struct Permit {
    limiter: Arc<Limiter>,
    /// That of the window in which it was given.
    number: u64,
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
        self.limiter.change(|state| state.report(&report));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limiter.change(|state| state.returned(self.number));
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
            queue: Queue::default(),
            window: None,
            in_flight: 0,
            earlier: 0,
            number: 0,
            began: now,
            lag: 0,
        }
    }

    /// Lets a request through that need not wait for anybody.
    fn enter(&mut self, now: Instant, pioneer: bool) -> bool {
        let goes = matches!(self.turn(now, pioneer), Turn::Go(room) if self.queue.len() < room);
        self.in_flight += u64::from(goes);
        goes
    }

    /// Lets a request of the queue through, or says when it should ask again.
    fn take(
        &mut self,
        ticket: Ticket,
        now: Instant,
        pioneer: bool,
        patience: &mut Option<Instant>,
    ) -> Option<Instant> {
        let next = match self.turn(now, pioneer) {
            Turn::At(time) => {
                *patience = None;
                time
            }
            Turn::Go(room) => {
                let end = *patience.get_or_insert(now + PATIENCE);
                if self.queue.is_among_first(ticket, room) || now >= end {
                    self.queue.leave(ticket);
                    self.in_flight += 1;
                    return None;
                }
                end
            }
        };
        Some(next)
    }

    /// How many requests may be sent now, or when some may.
    fn turn(&mut self, now: Instant, pioneer: bool) -> Turn {
        let Some(window) = &mut self.window else {
            return Turn::Go(usize::MAX);
        };
        let mut begins = false;
        let surely = window.surely(&self.clock, self.lag);
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
        let (reset, over_since) = (window.reset, window.over_since);
        if begins {
            self.begin(now);
        }
        if let room @ 1.. = self.room(now) {
            return Turn::Go(room);
        }
        if over_since.is_some() {
            return Turn::At(now + UNTOLD);
        }
        let likely = self.clock.likely(reset + self.lag);
        if pioneer && self.in_flight == 0 && surely - likely > CLOSE_ENOUGH {
            return match now >= likely {
                true => Turn::Go(1),
                false => Turn::At(likely),
            };
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
    fn returned(&mut self, number: u64) {
        let sent = match number == self.number {
            true => &mut self.in_flight,
            false => &mut self.earlier,
        };
        *sent = sent.saturating_sub(1);
    }

    /// How many more requests the window has room for.
    fn room(&self, now: Instant) -> usize {
        let late = match now < self.began + UNTOLD {
            true => self.earlier,
            false => 0,
        };
        let room = |window: &Window| window.remaining.saturating_sub(self.in_flight + late);
        let room = self.window.as_ref().map_or(u64::MAX, room);
        usize::try_from(room).unwrap_or(usize::MAX)
    }

    fn report(&mut self, report: &Report) {
        self.clock
            .observe(report.sent, report.received, report.date);
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
                } else if window.over_since.is_none() {
                    window.remaining = window.remaining.min(told.remaining);
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

    fn rate_limit(&self, now: Instant) -> Option<RateLimit> {
        let window = self.window.as_ref()?;
        let is_over = window.over_since.is_some() || now >= window.surely(&self.clock, self.lag);
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
            over_since: None,
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
