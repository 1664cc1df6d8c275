//! The timeouts of a call.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// The phases of a call, each with a timeout of its own or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Token,
    /// The wait for the rate limit.
    RateLimit,
    Response,
    Chunk,
}

/// The timeouts of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    /// Until the headers of the response.
    pub(crate) response: Duration,
    /// Between two chunks of a body.
    pub(crate) read: Duration,
    /// For the whole call, with its deadline.
    pub(crate) call: Option<(Duration, Instant)>,
}

/// A timeout that was exceeded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elapsed {
    pub(crate) phase: Phase,
    /// Whether it is that of the whole call, which ended during the phase.
    pub(crate) is_deadline: bool,
    pub(crate) limit: Duration,
}

impl Timeouts {
    /// Returns the timeouts of a call that was made at `started`.
    pub(crate) fn new(
        response: Duration,
        read: Duration,
        call: Option<Duration>,
        started: Instant,
    ) -> Self {
        Self {
            response,
            read,
            // A deadline beyond the end of the clock is none.
            call: call.and_then(|limit| Some((limit, started.checked_add(limit)?))),
        }
    }

    /// Returns the deadline of a phase that begins now, and the error after it.
    pub(crate) fn deadline_of(&self, phase: Phase) -> Option<(Instant, Elapsed)> {
        let limit = match phase {
            Phase::Token | Phase::Response => Some(self.response),
            Phase::Chunk => Some(self.read),
            // Other requests may be before it, for as long as they need.
            Phase::RateLimit => None,
        };
        let late = |limit, is_deadline| Elapsed {
            phase,
            is_deadline,
            limit,
        };
        let step = limit.and_then(|limit| {
            let end = Instant::now().checked_add(limit)?;
            Some((end, late(limit, false)))
        });
        let call = self.call.map(|(limit, end)| (end, late(limit, true)));
        match (step, call) {
            (Some(step), Some(call)) if call.0 < step.0 => Some(call),
            (Some(step), _) => Some(step),
            (None, call) => call,
        }
    }

    /// Whether another `wait` would go beyond the deadline of the call.
    pub(crate) fn end_within(&self, wait: Duration) -> bool {
        self.call
            .is_some_and(|(_, end)| end.duration_since(Instant::now()) <= wait)
    }

    /// Waits for `step` until its deadline.
    pub(crate) async fn apply<F: Future>(
        &self,
        phase: Phase,
        step: F,
    ) -> Result<F::Output, Elapsed> {
        let Some((end, late)) = self.deadline_of(phase) else {
            return Ok(step.await);
        };
        // A body whose chunks are always ready would otherwise never be late.
        if self.call.is_some_and(|(_, end)| end <= Instant::now()) {
            return Err(late);
        }
        timeout_at(end, step).await.map_err(|_| late)
    }
}
