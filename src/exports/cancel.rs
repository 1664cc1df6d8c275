//! What ends an export before its time.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

pub(super) type Signal = Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) enum Stop {
    Deadline,
    /// The caller's signal.
    Asked,
}

pub(super) struct Stops {
    /// None where the end is further off than the clock goes.
    end: Option<Pin<Box<Sleep>>>,
    signal: Option<Signal>,
    /// The signal came when nothing could be stopped.
    was_asked: bool,
}

impl Stops {
    pub(super) fn new(limit: Duration, signal: Option<Signal>) -> Self {
        let end = Instant::now().checked_add(limit);
        Self {
            end: end.map(|end| Box::pin(sleep_until(end))),
            signal,
            was_asked: false,
        }
    }

    /// Does some work to its end; what asks for a stop meanwhile stops the next one.
    pub(super) async fn despite<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            // First, for a signal may be heard only once it was asked for.
            if self.is_asked(context) {
                self.was_asked = true;
            }
            work.as_mut().poll(context)
        })
        .await
    }

    /// Does some work, unless something stops it.
    pub(super) async fn unless<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            if self.was_asked || self.is_asked(context) {
                self.was_asked = false;
                return Poll::Ready(Err(Stop::Asked));
            }
            match &mut self.end {
                Some(end) => end.as_mut().poll(context).map(|()| Err(Stop::Deadline)),
                None => Poll::Pending,
            }
        })
        .await
    }

    fn is_asked(&mut self, context: &mut Context<'_>) -> bool {
        let signal = self.signal.as_mut();
        let is_asked = signal.is_some_and(|signal| signal.as_mut().poll(context).is_ready());
        if is_asked {
            self.signal = None;
        }
        is_asked
    }
}
