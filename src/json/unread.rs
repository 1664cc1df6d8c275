//! What was left out of a body, and its path.

use std::cell::Cell;

use serde_json::Value;

use super::path::{Path, Step};

/// The most that is listed: a body of nothing but odd values must not fill the memory twice.
const MOST: usize = 1000;

/// A value that was left out.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// Its path, such as `data[3].tags`.
    pub(crate) path: String,
    /// The value as it came; none if a field is missing.
    pub(crate) json: Value,
}

/// What was left out, with the steps of its path, the last one first.
pub(super) struct Found {
    steps: Vec<Step>,
    json: Value,
}

/// How a body is read.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mode {
    /// Without noting what is left out.
    Unasked,
    /// From its beginning to its end.
    Streaming,
    /// Like [`Streaming`](Self::Streaming), but with each item of a list read from its text.
    ByItem,
    /// From the text of each of its values.
    ByText,
}

/// What is noted while a body is read.
#[derive(Clone, Copy)]
struct Notes {
    mode: Mode,
    /// How many values were left out.
    odd: usize,
    /// How many fields the types do not have.
    unknown: u32,
    /// Whether the list of an envelope was there.
    has_list: bool,
    /// Whether a value may differ from what was sent.
    is_suspect: bool,
    /// The required field that the outermost object lacks, however much was left out before it.
    own_missing: Option<&'static str>,
}

impl Notes {
    const fn new(mode: Mode) -> Self {
        Self {
            mode,
            odd: 0,
            unknown: 0,
            has_list: false,
            is_suspect: false,
            own_missing: None,
        }
    }
}

// Visitors of serde cannot report that they left something out: they return the value, or the reading is over. Their notes
// here are read by the caller that began the reading, on the same thread and before anything else is read.
thread_local! {
    static NOTES: Cell<Notes> = const { Cell::new(Notes::new(Mode::Unasked)) };
    static FOUND: Cell<Vec<Found>> = const { Cell::new(Vec::new()) };
}

fn change(change: impl FnOnce(&mut Notes)) {
    let mut notes = NOTES.get();
    change(&mut notes);
    NOTES.set(notes);
}

/// A reading, from its beginning to its end. One may be within another, whose notes it holds meanwhile.
pub(super) struct Reading {
    outer: Notes,
    found: Vec<Found>,
}

impl Reading {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            outer: NOTES.replace(Notes::new(mode)),
            found: FOUND.take(),
        }
    }

    /// Returns how many values were left out.
    pub(super) fn odd(&self) -> usize {
        NOTES.get().odd
    }

    /// Returns how many fields the types do not have.
    pub(super) fn unknown(&self) -> u32 {
        NOTES.get().unknown
    }

    /// Whether the list of an envelope was there.
    pub(super) fn has_list(&self) -> bool {
        NOTES.get().has_list
    }

    /// Whether a value may differ from what was sent.
    pub(super) fn is_suspect(&self) -> bool {
        is_suspect()
    }

    /// Returns the required field that the outermost object lacks, however much was left out before it.
    pub(super) fn own_missing(&self) -> Option<&'static str> {
        NOTES.get().own_missing
    }

    /// Returns what was left out.
    pub(super) fn unread(&self) -> Vec<Unread> {
        let mut unread = Vec::new();
        for found in FOUND.take() {
            unread.push(Unread {
                path: Path::of(&found.steps),
                json: found.json,
            });
        }
        unread
    }

    /// Adds the notes to the reading that this one is within.
    pub(super) fn join(mut self) {
        let notes = NOTES.get();
        add_to(&mut self.found, FOUND.take());
        self.outer.odd = self.outer.odd.saturating_add(notes.odd);
        self.outer.unknown = self.outer.unknown.saturating_add(notes.unknown);
        self.outer.has_list |= notes.has_list;
        self.outer.is_suspect |= notes.is_suspect;
        self.outer.own_missing = notes.own_missing;
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        NOTES.set(self.outer);
        FOUND.set(std::mem::take(&mut self.found));
    }
}

/// Adds as many as there is room for.
fn add_to(all: &mut Vec<Found>, found: Vec<Found>) {
    for found in found {
        if all.len() < MOST {
            all.push(found);
        }
    }
}

/// Notes that the value of a field was left out.
#[cold]
pub(super) fn field(name: &str, json: &Value) {
    note(Some(Step::Field(name.to_owned())), json);
}

/// Notes that an item of a list was left out.
#[cold]
pub(super) fn item(index: usize, json: &Value) {
    note(Some(Step::Item(index)), json);
}

/// Notes that the value that is being read was left out.
#[cold]
pub(super) fn here(json: &Value) {
    note(None, json);
}

/// Notes that a required field is missing.
#[cold]
pub(crate) fn missing(name: &'static str) {
    if mode() != Mode::Unasked {
        change(|notes| notes.own_missing = Some(name));
    }
    field(name, &Value::Null);
}

/// Notes that a value may differ from what was sent, and has to be read from its text.
#[cold]
pub(super) fn suspect() {
    if mode() != Mode::ByText {
        change(|notes| notes.is_suspect = true);
    }
}

/// Notes that the list of an envelope was there.
pub(super) fn list_seen() {
    change(|notes| notes.has_list = true);
}

/// Notes that the type does not have a field.
pub(super) fn unknown() {
    change(|notes| notes.unknown = notes.unknown.saturating_add(1));
}

/// Whether a value may differ from what was sent.
pub(super) fn is_suspect() -> bool {
    NOTES.get().is_suspect
}

/// How the body is read.
pub(super) fn mode() -> Mode {
    NOTES.get().mode
}

fn note(last: Option<Step>, json: &Value) {
    let odd = NOTES.get().odd;
    change(|notes| notes.odd = odd.saturating_add(1));
    if odd >= MOST || mode() == Mode::Unasked {
        return;
    }
    let mut steps = Vec::new();
    steps.extend(last);
    let json = json.clone();
    let mut all = FOUND.take();
    all.push(Found { steps, json });
    FOUND.set(all);
}

/// The number of notes before a value is read, after which [`Since::below`] adds its path.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Since(usize);

impl Since {
    #[inline]
    pub(super) fn now() -> Self {
        Self(NOTES.get().odd)
    }

    /// Adds a step to the paths of what was noted since then.
    #[inline]
    pub(super) fn below(self, step: impl Fn() -> Step) {
        if self != Self::now() {
            self.add(&step);
        }
    }

    /// Does the same as [`below`](Self::below) if the deserializer does not do it itself, and counts from now.
    #[inline]
    pub(super) fn streamed(&mut self, step: impl Fn() -> Step) {
        if *self != Self::now() {
            if mode() != Mode::ByText {
                self.add(&step);
            }
            *self = Self::now();
        }
    }

    /// Removes the notes about a field of an object, between the beginning of the object (this) and `end`, and returns
    /// where the end is then.
    #[cold]
    pub(super) fn forget(self, end: Self, field: &str) -> Self {
        let mut all = FOUND.take();
        let before = all.len();
        // Most notes are of other objects, and stay where they are.
        for place in (self.0..end.0.min(before)).rev() {
            let outermost = all[place].steps.last();
            if matches!(outermost, Some(Step::Field(name)) if name == field) {
                all.remove(place);
            }
        }
        let forgotten = before - all.len();
        FOUND.set(all);
        change(|notes| notes.odd = notes.odd.saturating_sub(forgotten));
        Self(end.0.saturating_sub(forgotten))
    }

    #[cold]
    fn add(self, step: &dyn Fn() -> Step) {
        // What was missing is inside of another object.
        change(|notes| notes.own_missing = None);
        let mut all = FOUND.take();
        if let Some(found) = all.get_mut(self.0..) {
            for found in found {
                found.steps.push(step());
            }
        }
        FOUND.set(all);
    }
}

/// Removes the notes between two positions, and returns them.
pub(super) fn take(from: Since, to: Since) -> Vec<Found> {
    let mut all = FOUND.take();
    let after = all.split_off(to.0.min(all.len()));
    let taken = all.split_off(from.0.min(all.len()));
    all.extend(after);
    FOUND.set(all);
    taken
}

/// Adds notes that were removed.
pub(super) fn put(found: Vec<Found>) {
    change(|notes| notes.odd = notes.odd.saturating_add(found.len()));
    let mut all = FOUND.take();
    add_to(&mut all, found);
    FOUND.set(all);
}
