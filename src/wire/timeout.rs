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
        if let Some(limit) = limit
            && let Some(end) = Instant::now().checked_add(limit)
            && self.call.is_none_or(|(_, last)| end <= last)
        {
            return Some((end, late(limit, false)));
        }
        let (limit, end) = self.call?;
        Some((end, late(limit, true)))
    }

    /// Whether the time for the whole call is over, however fast the chunks come.
    pub(crate) fn are_over(&self) -> bool {
        match self.call {
            Some((_, end)) => end <= Instant::now(),
            None => false,
        }
    }

    /// Whether another `wait` would go beyond the deadline of the call.
    pub(crate) fn end_within(&self, wait: Duration) -> bool {
        match self.call {
            Some((_, end)) => end.duration_since(Instant::now()) <= wait,
            None => false,
        }
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
        if self.are_over() {
            return Err(late);
        }
        match timeout_at(end, step).await {
            Ok(output) => Ok(output),
            Err(_) => Err(late),
        }
    }
}
