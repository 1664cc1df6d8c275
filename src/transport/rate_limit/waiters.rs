//! The waiting requests, in the order in which they came.

use std::collections::VecDeque;
use std::task::Waker;

/// A position in the queue; earlier ones are less.
pub(super) type Ticket = u64;

/// The wakers in the order of their positions; none for a request that was woken and has not asked again.
#[derive(Default)]
pub(super) struct Queue {
    next: Ticket,
    waiting: VecDeque<(Ticket, Option<Waker>)>,
}

impl Queue {
    /// Joins the queue at its end.
    pub(super) fn join(&mut self) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        self.waiting.push_back((ticket, None));
        ticket
    }

    pub(super) fn leave(&mut self, ticket: Ticket) {
        if let Ok(place) = self.place(ticket) {
            self.waiting.remove(place);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether fewer than `count` others are before this one.
    pub(super) fn is_among_first(&self, ticket: Ticket, count: usize) -> bool {
        let (Ok(before) | Err(before)) = self.place(ticket);
        before < count
    }

    pub(super) fn register(&mut self, ticket: Ticket, waker: &Waker) {
        let place = self.place(ticket).ok();
        if let Some((_, known)) = place.and_then(|place| self.waiting.get_mut(place)) {
            match known {
                Some(known) => known.clone_from(waker),
                None => *known = Some(waker.clone()),
            }
        }
    }

    /// Returns the wakers of the first `count`, to be woken once the queue is not borrowed.
    pub(super) fn wake(&mut self, count: usize) -> Vec<Waker> {
        let first = self.waiting.iter_mut().take(count);
        first.filter_map(|(_, waker)| waker.take()).collect()
    }

    /// Returns the index of a position, or where it would be.
    fn place(&self, ticket: Ticket) -> Result<usize, usize> {
        self.waiting
            .binary_search_by_key(&ticket, |(ticket, _)| *ticket)
    }
}
