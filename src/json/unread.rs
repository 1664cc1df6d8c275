//! What was left out of a body, and its path.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::identifier::is_identifier;

/// The most that is listed: a body of nothing but odd values must not fill the memory twice.
const MOST: usize = 1000;

/// The most steps of a path that are shown.
const MAX_PATH_STEPS: usize = 16;

/// A value that was left out.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// Its path, such as `data[3].tags`.
    pub(crate) path: String,
    /// The value as it came; none if a field is missing.
    pub(crate) json: Value,
}

/// A step of a path.
pub(super) enum Step {
    Field(String),
    Item(usize),
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

// Visitors of serde cannot report that they left something out: they return the value, or the reading is over. Their notes
// here are read by the caller that began the reading, on the same thread and before anything else is read.
thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Unasked) };
    static ODD: Cell<usize> = const { Cell::new(0) };
    static UNKNOWN: Cell<u32> = const { Cell::new(0) };
    static LIST: Cell<bool> = const { Cell::new(false) };
    static SUSPECT: Cell<bool> = const { Cell::new(false) };
    static OWN: Cell<Option<&'static str>> = const { Cell::new(None) };
    static FOUND: RefCell<Vec<Found>> = const { RefCell::new(Vec::new()) };
}

/// A reading, from its beginning to its end. One may be within another, whose notes it holds meanwhile.
pub(super) struct Reading {
    mode: Mode,
    odd: usize,
    unknown: u32,
    list: bool,
    suspect: bool,
    own: Option<&'static str>,
    found: Vec<Found>,
}

impl Reading {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            mode: MODE.replace(mode),
            odd: ODD.replace(0),
            unknown: UNKNOWN.replace(0),
            list: LIST.replace(false),
            suspect: SUSPECT.replace(false),
            own: OWN.replace(None),
            found: FOUND.take(),
        }
    }

    /// Returns how many values were left out.
    pub(super) fn odd(&self) -> usize {
        ODD.get()
    }

    /// Returns how many fields the types do not have.
    pub(super) fn unknown(&self) -> u32 {
        UNKNOWN.get()
    }

    /// Whether the list of an envelope was there.
    pub(super) fn has_list(&self) -> bool {
        LIST.get()
    }

    /// Whether a value may differ from what was sent.
    pub(super) fn is_suspect(&self) -> bool {
        SUSPECT.get()
    }

    /// Returns the required field that the outermost object lacks, however much was left out before it.
    pub(super) fn own_missing(&self) -> Option<&'static str> {
        OWN.get()
    }

    /// Returns what was left out.
    pub(super) fn unread(&self) -> Vec<Unread> {
        let found = FOUND.take().into_iter();
        let unread = found.map(|found| Unread {
            path: path(found.steps.iter().rev()),
            json: found.json,
        });
        unread.collect()
    }

    /// Adds the notes to the reading that this one is within.
    pub(super) fn join(mut self) {
        let odd = self.odd + ODD.get();
        let found = FOUND.take();
        let room = MOST.saturating_sub(self.found.len());
        self.found.extend(found.into_iter().take(room));
        self.odd = odd;
        self.unknown = self.unknown.saturating_add(UNKNOWN.get());
        self.list |= LIST.get();
        self.suspect |= SUSPECT.get();
        self.own = OWN.get();
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        MODE.set(self.mode);
        ODD.set(self.odd);
        UNKNOWN.set(self.unknown);
        LIST.set(self.list);
        SUSPECT.set(self.suspect);
        OWN.set(self.own);
        FOUND.set(std::mem::take(&mut self.found));
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
    if MODE.get() != Mode::Unasked {
        OWN.set(Some(name));
    }
    field(name, &Value::Null);
}

/// Notes that a value may differ from what was sent, and has to be read from its text.
#[cold]
pub(super) fn suspect() {
    if MODE.get() != Mode::ByText {
        SUSPECT.set(true);
    }
}

/// Notes that the list of an envelope was there.
pub(super) fn list_seen() {
    LIST.set(true);
}

/// Notes that the type does not have a field.
pub(super) fn unknown() {
    UNKNOWN.set(UNKNOWN.get().saturating_add(1));
}

/// Whether a value may differ from what was sent.
pub(super) fn is_suspect() -> bool {
    SUSPECT.get()
}

/// How the body is read.
pub(super) fn mode() -> Mode {
    MODE.get()
}

fn note(last: Option<Step>, json: &Value) {
    let odd = ODD.get();
    ODD.set(odd.saturating_add(1));
    if odd >= MOST || MODE.get() == Mode::Unasked {
        return;
    }
    let found = Found {
        steps: last.into_iter().collect(),
        json: json.clone(),
    };
    FOUND.with_borrow_mut(|all| all.push(found));
}

/// The number of notes before a value is read, after which [`Since::below`] adds its path.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Since(usize);

impl Since {
    #[inline]
    pub(super) fn now() -> Self {
        Self(ODD.get())
    }

    /// Adds a step to the paths of what was noted since then.
    #[inline]
    pub(super) fn below(self, step: impl Fn() -> Step) {
        if ODD.get() != self.0 {
            self.add(&step);
        }
    }

    /// Does the same as [`below`](Self::below) if the deserializer does not do it itself, and counts from now.
    #[inline]
    pub(super) fn streamed(&mut self, step: impl Fn() -> Step) {
        if ODD.get() != self.0 {
            if MODE.get() != Mode::ByText {
                self.add(&step);
            }
            *self = Self::now();
        }
    }

    /// Removes the notes about a field of an object, between the beginning of the object (this) and `end`, and returns
    /// where the end is then.
    #[cold]
    pub(super) fn forget(self, end: Self, field: &str) -> Self {
        let forgotten = FOUND.with_borrow_mut(|found| {
            let before = found.len();
            let mut index = self.0;
            for _ in self.0..end.0.min(before) {
                let outermost = found[index].steps.last();
                if matches!(outermost, Some(Step::Field(name)) if name == field) {
                    found.remove(index);
                } else {
                    index += 1;
                }
            }
            before - found.len()
        });
        ODD.set(ODD.get().saturating_sub(forgotten));
        Self(end.0.saturating_sub(forgotten))
    }

    #[cold]
    fn add(self, step: &dyn Fn() -> Step) {
        // What was missing is inside of another object.
        OWN.set(None);
        FOUND.with_borrow_mut(|found| {
            for found in found.iter_mut().skip(self.0) {
                found.steps.push(step());
            }
        });
    }
}

/// Removes the notes between two positions, and returns them.
pub(super) fn take(from: Since, to: Since) -> Vec<Found> {
    FOUND.with_borrow_mut(|found| {
        let (from, to) = (from.0.min(found.len()), to.0.min(found.len()));
        found.drain(from..to).collect()
    })
}

/// Adds notes that were removed.
pub(super) fn put(found: Vec<Found>) {
    FOUND.with_borrow_mut(|all| {
        let room = MOST.saturating_sub(all.len());
        ODD.set(ODD.get().saturating_add(found.len()));
        all.extend(found.into_iter().take(room));
    });
}

/// Returns the path without keys of maps that look like data.
fn path<'s>(steps: impl Iterator<Item = &'s Step>) -> String {
    let mut path = String::new();
    for (depth, step) in steps.enumerate() {
        if depth == MAX_PATH_STEPS {
            path.push_str(".…");
            break;
        }
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(if is_identifier(name) { name } else { "?" });
            }
        }
    }
    path
}
