//! What is odd about a description, but no reason to refuse it.

use std::{collections::BTreeMap, fmt};

/// Remarks, in the order in which they came up; keywords that were left out are counted and shown once.
#[derive(Debug, Default)]
pub struct Notes {
    lines: Vec<String>,
    left_out: BTreeMap<String, (usize, String)>,
}

impl Notes {
    /// Something odd, as one sentence that names the place.
    pub fn add(&mut self, sentence: String) {
        self.lines.push(sentence);
    }

    /// A keyword that OpenAPI 3.0 does not have in this place.
    pub fn left_out(&mut self, keyword: &str, pointer: &str) {
        let place = || (0, pointer.to_owned());
        self.left_out
            .entry(keyword.to_owned())
            .or_insert_with(place)
            .0 += 1;
    }
}

impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "note: {line}")?;
        }
        for (keyword, (count, first)) in &self.left_out {
            writeln!(
                f,
                "note: `{keyword}` is no keyword of OpenAPI 3.0 here and was left out ({count} times, first at {first})"
            )?;
        }
        Ok(())
    }
}
