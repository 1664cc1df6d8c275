//! The rate limiter, which all calls with one token share: they wait for the next window rather than be rejected.
//!
//! The end of a window is known from its responses alone: each says, in whole seconds, how long the window still is, and the
//! shortest of these times counts. An estimate of the server's clock to a few milliseconds, with requests sent ahead to find the
//! next window, took another 280 lines and gained nothing that lasts: in three runs each of `cargo bench --bench rate_limiting`
//! both ways used 100.0 % of the allowance of 20 windows, and had 0.0 % and 0.1 % of their requests rejected. Only the first
//! wait may be shorter with it, by less than a second.

mod limiters;
mod waiters;
mod window;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, ready};
use std::time::Duration;

use http::HeaderMap;
use tokio::time::{Instant, sleep_until};

pub(crate) use self::limiters::Limiters;
use self::waiters::Ticket;
use self::window::{ResponseReport, State};
use crate::wire::headers::{self, RateLimit};

/// Admits requests while the current window has room for them, first come, first served.
///
/// A waiting request that is not polled, because its task does something else first, is overtaken: no request depends on
/// others being polled.
pub(crate) struct Limiter {
    is_on: bool,
    state: Mutex<State>,
}

impl Limiter {
    pub(crate) fn new(is_on: bool) -> Arc<Self> {
        Arc::new(Self {
            is_on,
            state: Mutex::new(State::new(Instant::now())),
        })
    }

    /// Waits until one more request may be sent. Drop the permit once its response has arrived, or is not awaited any more.
    pub(crate) async fn admit(self: &Arc<Self>, now: Instant) -> Permit {
        let entered = if self.is_on {
            self.state().enter(now)
        } else {
            Some(self.state().admitted())
        };
        let (window, admitted) = match entered {
            Some(window) => (window, now),
            None => (self.wait().await, Instant::now()),
        };
        Permit {
            limiter: Arc::clone(self),
            window,
            admitted,
            report: None,
        }
    }

    /// Waits in the queue. The request then counts as in flight in the window that is returned.
    async fn wait(&self) -> u64 {
        let position = QueuePosition {
            limiter: self,
            ticket: self.state().queue.join(),
        };
        let mut timer = pin!(sleep_until(Instant::now()));
        let mut stalled_at = None;
        poll_fn(|context| {
            loop {
                let next = {
                    let mut state = self.state();
                    match state.take(position.ticket, Instant::now(), &mut stalled_at) {
                        None => return Poll::Ready(state.admitted()),
                        Some(next) => {
                            state.queue.register(position.ticket, context.waker());
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
        .await
    }

    /// Returns what is known of the current window.
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        self.state().rate_limit(Instant::now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic leaves numbers behind, which are as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of a changed state, and wakes those whose turn it may be now.
    fn release(mut state: MutexGuard<'_, State>) {
        if state.queue.len() == 0 {
            return;
        }
        let room = state.room(Instant::now()).max(1);
        let woken = state.queue.wake(room);
        drop(state);
        for waker in &woken {
            waker.wake_by_ref();
        }
    }
}

/// A position in the queue.
struct QueuePosition<'l> {
    limiter: &'l Limiter,
    ticket: Ticket,
}

impl Drop for QueuePosition<'_> {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        state.queue.leave(self.ticket);
        Limiter::release(state);
    }
}

/// The permission to send one request.
pub(crate) struct Permit {
    limiter: Arc<Limiter>,
    /// The number of the window in which it was granted.
    window: u64,
    admitted: Instant,
    report: Option<ResponseReport>,
}

impl Permit {
    /// How long after `asked` it was granted.
    pub(crate) fn since(&self, asked: Instant) -> Duration {
        self.admitted - asked
    }

    /// Records what the response to the request reports.
    pub(crate) fn report(mut self, headers: &HeaderMap, is_refused: bool) {
        self.report = Some(ResponseReport {
            limit: RateLimit::from_headers(headers),
            date: headers::date(headers),
            received: Instant::now(),
            is_refused,
        });
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        if let Some(report) = &self.report {
            state.report(report);
        }
        state.returned(self.window);
        Limiter::release(state);
    }
}

#[cfg(test)]
mod tests;
