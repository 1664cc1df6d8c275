//! The waiting requests, in the order in which they came.

use std::collections::BTreeMap;
use std::task::Waker;

/// A position in the queue; earlier ones are less.
pub(super) type Ticket = u64;

/// The wakers by position; none for a request that was woken and has not asked again.
#[derive(Default)]
pub(super) struct Queue {
    next: Ticket,
    waiting: BTreeMap<Ticket, Option<Waker>>,
}

impl Queue {
    /// Joins the queue at its end.
    pub(super) fn join(&mut self) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        self.waiting.insert(ticket, None);
        ticket
    }

    pub(super) fn leave(&mut self, ticket: Ticket) {
        self.waiting.remove(&ticket);
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether fewer than `count` others are before this one.
    pub(super) fn is_among_first(&self, ticket: Ticket, count: usize) -> bool {
        self.waiting.range(..ticket).take(count).count() < count
    }

    pub(super) fn register(&mut self, ticket: Ticket, waker: &Waker) {
        if let Some(known) = self.waiting.get_mut(&ticket) {
            match known {
                Some(known) => known.clone_from(waker),
                None => *known = Some(waker.clone()),
            }
        }
    }

    /// Returns the wakers of the first `count`, to be woken once the queue is not borrowed.
    pub(super) fn wake(&mut self, count: usize) -> Vec<Waker> {
        let first = self.waiting.values_mut().take(count);
        first.filter_map(Option::take).collect()
    }
}
