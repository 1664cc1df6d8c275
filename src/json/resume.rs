//! Keeps what was read of a list before the reading had to stop, so that it is not read twice.

use std::any::Any;
use std::cell::Cell;

use serde_json::Value;

use super::unread::{self, Found, Mode, Since};

/// The items of a list, as far as they were read.
pub(super) struct Items<T> {
    pub(super) read: Vec<T>,
    /// Elements that are not items.
    pub(super) odd: Vec<Value>,
    /// The number of elements, including null.
    pub(super) count: usize,
}

struct Kept {
    /// The number of the list among those that are not inside of another list.
    list: usize,
    items: Box<dyn Any>,
    found: Vec<Found>,
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LISTS: Cell<usize> = const { Cell::new(0) };
    static KEPT: Cell<Option<Kept>> = const { Cell::new(None) };
}

/// Begins a reading; only the reading of the same body by its items finds what was kept.
pub(super) fn begin(mode: Mode) {
    DEPTH.set(0);
    LISTS.set(0);
    if mode != Mode::ByItem {
        KEPT.set(None);
    }
}

/// A list that is being read.
pub(super) struct List {
    number: usize,
    is_outermost: bool,
    since: Since,
}

impl List {
    pub(super) fn begin() -> Self {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        let is_outermost = depth == 0;
        if is_outermost {
            LISTS.set(LISTS.get() + 1);
        }
        Self {
            number: LISTS.get(),
            is_outermost,
            since: Since::now(),
        }
    }

    /// Whether an item that was read since then has to be read from its text.
    pub(super) fn has_to_stop(&self) -> bool {
        self.is_outermost && unread::is_suspect() && unread::mode() == Mode::Streaming
    }

    /// Keeps what was read before the item at which the reading stops.
    #[cold]
    pub(super) fn keep<T: 'static>(&self, items: Items<T>, item: Since) {
        if self.is_outermost && unread::mode() == Mode::Streaming {
            let kept = Kept {
                list: self.number,
                items: Box::new(items),
                found: unread::take(self.since, item),
            };
            KEPT.set(Some(kept));
        }
    }

    /// Returns what was kept of this list.
    pub(super) fn resume<T: 'static>(&self) -> Option<Items<T>> {
        if !self.is_outermost || unread::mode() != Mode::ByItem {
            return None;
        }
        let kept = KEPT.take()?;
        if kept.list != self.number {
            KEPT.set(Some(kept));
            return None;
        }
        let items = kept.items.downcast().ok()?;
        unread::put(kept.found);
        Some(*items)
    }
}

impl Drop for List {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}
