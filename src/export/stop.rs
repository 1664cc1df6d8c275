//! What ends an export before its time.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
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
}

impl Stops {
    pub(super) fn new(limit: Duration, signal: Option<Signal>) -> Self {
        let end = Instant::now().checked_add(limit);
        Self {
            end: end.map(|end| Box::pin(sleep_until(end))),
            signal,
        }
    }

    /// Does some work, unless something stops it.
    pub(super) async fn unless<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            if let Some(signal) = &mut self.signal
                && signal.as_mut().poll(context).is_ready()
            {
                self.signal = None;
                return Poll::Ready(Err(Stop::Asked));
            }
            match &mut self.end {
                Some(end) => end.as_mut().poll(context).map(|()| Err(Stop::Deadline)),
                None => Poll::Pending,
            }
        })
        .await
    }
}
