//! Paths of values in JSON, such as `data[3].tags`.

use super::identifier::is_identifier;

/// The most steps that are shown.
const MAX_STEPS: usize = 16;

/// A step of a path.
pub(super) enum Step {
    Field(String),
    Item(usize),
}

/// A path, without keys of maps that look like data, and not longer than is useful.
#[derive(Default)]
pub(super) struct Path {
    text: String,
    steps: usize,
}

impl Path {
    /// Returns the path of steps, of which the last one comes first.
    pub(super) fn of(steps: &[Step]) -> String {
        let mut path = Self::default();
        for step in steps.iter().rev() {
            match step {
                Step::Field(name) => path.push_field(name),
                Step::Item(index) => path.push_item(*index),
            }
        }
        path.into_text()
    }

    pub(super) fn push_field(&mut self, name: &str) {
        if self.has_room() {
            push_field(&mut self.text, name);
        }
    }

    pub(super) fn push_item(&mut self, index: usize) {
        if self.has_room() {
            self.text.push_str(&format!("[{index}]"));
        }
    }

    fn has_room(&mut self) -> bool {
        self.steps += 1;
        if self.steps == MAX_STEPS + 1 {
            self.text.push_str(".…");
        }
        self.steps <= MAX_STEPS
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Adds a field to a path that is text already.
pub(super) fn push_field(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(if is_identifier(name) { name } else { "?" });
}
