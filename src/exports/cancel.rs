//! What ends an export early: its deadline, or a signal of the caller.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

pub(super) type CancelSignal = Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) enum CancelReason {
    Deadline,
    /// The caller's signal.
    Requested,
}

pub(super) struct Cancellation {
    /// None if it is beyond the end of the clock.
    end: Option<Pin<Box<Sleep>>>,
    signal: Option<CancelSignal>,
    /// The signal came while nothing could be interrupted.
    was_requested: bool,
}

impl Cancellation {
    pub(super) fn new(limit: Duration, signal: Option<CancelSignal>) -> Self {
        let end = Instant::now().checked_add(limit);
        Self {
            end: end.map(|end| Box::pin(sleep_until(end))),
            signal,
            was_requested: false,
        }
    }

    /// Completes `work`. If the signal comes meanwhile, the next work is cancelled.
    pub(super) async fn run_to_completion<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            // The signal first: polling it is what makes it notice anything.
            if self.is_requested(context) {
                self.was_requested = true;
            }
            work.as_mut().poll(context)
        })
        .await
    }

    /// Does `work`, unless it is cancelled or the time is over.
    pub(super) async fn run_or_cancel<T>(
        &mut self,
        work: impl Future<Output = T>,
    ) -> Result<T, CancelReason> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            if self.was_requested || self.is_requested(context) {
                self.was_requested = false;
                return Poll::Ready(Err(CancelReason::Requested));
            }
            match &mut self.end {
                Some(end) => end
                    .as_mut()
                    .poll(context)
                    .map(|()| Err(CancelReason::Deadline)),
                None => Poll::Pending,
            }
        })
        .await
    }

    fn is_requested(&mut self, context: &mut Context<'_>) -> bool {
        let signal = self.signal.as_mut();
        let is_requested = signal.is_some_and(|signal| signal.as_mut().poll(context).is_ready());
        if is_requested {
            self.signal = None;
        }
        is_requested
    }
}
