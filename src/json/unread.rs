//! What was left out of a body that was read: how much, and in the second reading also where.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::identifier::is_identifier;

/// How many are listed; a body of nothing but odd values must not fill the memory twice.
const MOST: usize = 1000;

/// How many steps of a path are shown.
const MAX_PATH_STEPS: usize = 16;

/// A value that was left out of what was read.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// Where it stands: `data[3].tags`.
    pub(crate) path: String,
    /// The value as it came; nothing where a field is missing.
    pub(crate) json: Value,
    pub(crate) is_missing: bool,
}

/// A step of a path.
pub(super) enum Step {
    Field(String),
    Item(usize),
}

#[derive(Default)]
struct Trace {
    steps: Vec<Step>,
    found: Vec<Unread>,
}

// Visitors of serde have no way to say that they left something out: they return the value, or the reading is over. What
// they count here is looked at by whoever began the reading, on the same thread and before anything else is read.
thread_local! {
    static ODD: Cell<u32> = const { Cell::new(0) };
    static UNKNOWN: Cell<u32> = const { Cell::new(0) };
    static LIST: Cell<bool> = const { Cell::new(false) };
    static TRACE: RefCell<Option<Trace>> = const { RefCell::new(None) };
}

/// A reading, from its beginning to its end; one may be within another.
pub(super) struct Reading {
    odd: u32,
    unknown: u32,
    list: bool,
    trace: Option<Trace>,
}

impl Reading {
    /// Begins one that only counts.
    pub(super) fn counting() -> Self {
        Self {
            odd: ODD.replace(0),
            unknown: UNKNOWN.replace(0),
            list: LIST.replace(false),
            trace: TRACE.take(),
        }
    }

    /// Begins one that notes where as well.
    pub(super) fn tracing() -> Self {
        let reading = Self::counting();
        TRACE.set(Some(Trace::default()));
        reading
    }

    /// How many values were left out.
    pub(super) fn odd(&self) -> u32 {
        ODD.get()
    }

    /// How many fields the types do not have.
    pub(super) fn unknown(&self) -> u32 {
        UNKNOWN.get()
    }

    /// Whether the list of an envelope was there.
    pub(super) fn has_list(&self) -> bool {
        LIST.get()
    }

    /// What was left out, if that was noted.
    pub(super) fn found(&self) -> Vec<Unread> {
        TRACE.with_borrow_mut(|trace| {
            trace
                .as_mut()
                .map(|trace| std::mem::take(&mut trace.found))
                .unwrap_or_default()
        })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        ODD.set(self.odd);
        UNKNOWN.set(self.unknown);
        LIST.set(self.list);
        TRACE.set(self.trace.take());
    }
}

/// Notes that the value of a field was left out.
#[cold]
pub(super) fn field(name: &str, json: &Value) {
    note(Some(Step::Field(name.to_owned())), json, false);
}

/// Notes that an item of a list was left out.
#[cold]
pub(super) fn item(index: usize, json: &Value) {
    note(Some(Step::Item(index)), json, false);
}

/// Notes that the value that is being read was left out.
#[cold]
pub(super) fn here(json: &Value) {
    note(None, json, false);
}

/// Notes that a field is missing that has to be there.
#[cold]
pub(crate) fn missing(name: &str) {
    note(Some(Step::Field(name.to_owned())), &Value::Null, true);
}

/// Notes that a value may not be what was sent: the second reading tells.
#[cold]
pub(super) fn suspect() {
    if !is_tracing() {
        ODD.set(ODD.get().saturating_add(1));
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

fn is_tracing() -> bool {
    TRACE.with_borrow(Option::is_some)
}

fn note(last: Option<Step>, json: &Value, is_missing: bool) {
    ODD.set(ODD.get().saturating_add(1));
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace else { return };
        if trace.found.len() < MOST {
            let path = path(trace.steps.iter().chain(&last));
            let json = json.clone();
            trace.found.push(Unread {
                path,
                json,
                is_missing,
            });
        }
    });
}

/// Reads what stands below a step.
pub(super) fn within<T>(step: impl FnOnce() -> Step, read: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            TRACE.with_borrow_mut(|trace| {
                if let Some(trace) = trace {
                    trace.steps.pop();
                }
            });
        }
    }
    let leave = TRACE.with_borrow_mut(|trace| {
        let trace = trace.as_mut()?;
        trace.steps.push(step());
        Some(Leave)
    });
    let value = read();
    drop(leave);
    value
}

/// The path, with the keys of maps that look like data left out.
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
