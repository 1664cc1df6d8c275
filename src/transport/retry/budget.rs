//! The retry budget of a client, which prevents retry storms in an outage.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// The tokens at the start, which are also the most: a hundred retries.
const CAPACITY: u32 = 500;
/// A timeout has cost the server most.
const TIMEOUT_COST: u32 = 10;
const COST: u32 = 5;

/// Retries take tokens, and calls that succeed put them back. A few failures among many calls do not matter; if most
/// calls fail, they are soon sent only once each. The figures are those of the AWS SDKs.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<AtomicU32>);

/// The tokens that a retry has taken. They go back when it is dropped: the retry succeeds, or its call is dropped.
pub(crate) struct RetryToken {
    budget: Budget,
    amount: u32,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }

    /// Takes the cost of a retry after `error`, if there is as much.
    pub(crate) fn withdraw(&self, error: &Error) -> Option<RetryToken> {
        // Waiting for the next window, as the server asks, does no harm.
        self.take(
            if error.is_rate_limited() && error.retry_after().is_some() {
                0
            } else if error.is_timeout() {
                TIMEOUT_COST
            } else {
                COST
            },
        )
    }

    /// Puts a token back after a call that succeeded at once.
    pub(crate) fn deposit(&self) {
        self.put(1);
    }

    fn take(&self, amount: u32) -> Option<RetryToken> {
        let taken = self.change(&|left| left.checked_sub(amount));
        taken.then(|| RetryToken {
            budget: self.clone(),
            amount,
        })
    }

    fn put(&self, amount: u32) {
        self.change(&|left| Some((left + amount).min(CAPACITY)).filter(|new| *new != left));
    }

    /// Nothing else in memory depends on the order of this number.
    fn change(&self, change: &dyn Fn(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

impl RetryToken {
    /// Keeps the tokens, since the retry has failed too.
    pub(crate) fn spend(mut self) {
        self.amount = 0;
    }
}

impl Drop for RetryToken {
    fn drop(&mut self) {
        self.budget.put(self.amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(budget: &Budget) -> u32 {
        budget.0.load(Ordering::Relaxed)
    }

    #[test]
    fn a_retry_costs_something_only_if_it_fails() {
        let budget = Budget::new();
        let kept = budget.take(COST).unwrap();
        budget.take(COST).unwrap().spend();
        assert_eq!(left(&budget), CAPACITY - 2 * COST);
        drop(kept);
        assert_eq!(left(&budget), CAPACITY - COST);
        assert!(budget.take(CAPACITY).is_none());
    }

    #[test]
    fn successes_while_retries_are_under_way_do_not_add_up_to_more_than_a_full_budget() {
        let budget = Budget::new();
        let under_way: Vec<_> = (0..50).map(|_| budget.take(COST).unwrap()).collect();
        for _ in 0..CAPACITY {
            budget.deposit();
        }
        drop(under_way);
        assert_eq!(left(&budget), CAPACITY);
    }
}
