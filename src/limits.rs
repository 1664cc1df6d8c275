//! How long things may take.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::error::{Error, Phase};
use crate::response::Parts;
use crate::target::Target;

/// The limits of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// To the headers of the response.
    pub(crate) response: Duration,
    /// Between two parts of a body.
    pub(crate) read: Duration,
    /// For everything together, and when that ends.
    pub(crate) call: Option<(Duration, Instant)>,
}

/// A limit that was exceeded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Late {
    phase: Phase,
    limit: Duration,
}

impl Late {
    pub(crate) fn error(self, target: &Target, response: Option<Parts>) -> Error {
        Error::timeout(target, self.phase, self.limit, response)
    }
}

impl Limits {
    pub(crate) fn new(response: Duration, read: Duration, call: Option<Duration>) -> Self {
        Self {
            response,
            read,
            // A limit beyond the end of time is none.
            call: call.and_then(|limit| Some((limit, Instant::now().checked_add(limit)?))),
        }
    }

    /// When a step that begins now has to end, and what it means if it does not.
    pub(crate) fn end_of(&self, phase: Phase) -> Option<(Instant, Late)> {
        let limit = match phase {
            Phase::Chunk => self.read,
            Phase::Token | Phase::Connect | Phase::Response | Phase::Deadline => self.response,
        };
        let step = Instant::now()
            .checked_add(limit)
            .map(|end| (end, Late { phase, limit }));
        let phase = Phase::Deadline;
        let call = self.call.map(|(limit, end)| (end, Late { phase, limit }));
        step.into_iter().chain(call).min_by_key(|(end, _)| *end)
    }

    /// Waits for `step`, but no longer than it may take.
    pub(crate) async fn within<F: Future>(&self, phase: Phase, step: F) -> Result<F::Output, Late> {
        let Some((end, late)) = self.end_of(phase) else {
            return Ok(step.await);
        };
        // A body whose parts are always there would otherwise never be late.
        if self.call.is_some_and(|(_, end)| end <= Instant::now()) {
            return Err(late);
        }
        timeout_at(end, step).await.map_err(|_| late)
    }
}
