//! How many retries a client affords, so that an outage is not met with several times the load.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

/// What a client starts with, and never exceeds: a hundred retries.
const CAPACITY: usize = 500;
/// A timeout has cost the server most.
const TIMEOUT_COST: u32 = 10;
const COST: u32 = 5;

/// Retries take from it, and calls that succeed put back: a few failures among many calls do not matter, and when most
/// calls fail they are soon sent once each. The figures are those of the AWS SDKs.
#[derive(Debug)]
pub(crate) struct Budget(Arc<Semaphore>);

/// What a retry has taken; dropped, it goes back, as it should if the retry succeeds or its call is given up.
pub(crate) struct Withdrawal(Option<OwnedSemaphorePermit>);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(CAPACITY)))
    }

    /// Takes what a retry after `error` costs, if there is as much.
    pub(crate) fn withdraw(&self, error: &Error) -> Option<Withdrawal> {
        // Who waits for the next window as the server asks does no harm.
        if error.is_rate_limited() && error.retry_after().is_some() {
            return Some(Withdrawal(None));
        }
        let cost = if error.is_timeout() {
            TIMEOUT_COST
        } else {
            COST
        };
        let permit = Arc::clone(&self.0).try_acquire_many_owned(cost).ok()?;
        Some(Withdrawal(Some(permit)))
    }

    /// A call has succeeded at once.
    pub(crate) fn deposit(&self) {
        if self.0.available_permits() < CAPACITY {
            self.0.add_permits(1);
        }
    }
}

impl Withdrawal {
    /// The retry has failed too.
    pub(crate) fn spend(self) {
        if let Some(permit) = self.0 {
            permit.forget();
        }
    }
}
