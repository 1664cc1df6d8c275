//! The versions of the API, and what they are called in Rust.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::error::Problem;

/// The version that is not finished.
const PREVIEW: &str = "Preview";

/// A version of the API as Intercom calls it: `2.14` or `Preview`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version(String);

impl Version {
    /// As Intercom calls it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the cargo feature, the module and the method: `v2_14` or `preview`.
    pub fn feature(&self) -> String {
        match self.numbers() {
            Some((major, minor)) => format!("v{major}_{minor}"),
            None => "preview".to_owned(),
        }
    }

    fn numbers(&self) -> Option<(u32, u32)> {
        let (major, minor) = self.0.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    }
}

impl FromStr for Version {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let is_preview = text.eq_ignore_ascii_case(PREVIEW);
        let version = Self(if is_preview { PREVIEW } else { text }.to_owned());
        // Written back, `2.07` or `+2.7` would name the same feature as `2.7`.
        let is_plain = |(major, minor)| format!("{major}.{minor}") == text;
        if is_preview || version.numbers().is_some_and(is_plain) {
            Ok(version)
        } else {
            Err(Problem::new(format!(
                "`{text}` is not a version: expected the form `2.14`, or `Preview`"
            )))
        }
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        // `Preview` is what comes after every number.
        let rank = |version: &Self| version.numbers().unwrap_or((u32::MAX, u32::MAX));
        rank(self).cmp(&rank(other))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
