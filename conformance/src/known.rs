//! What is known to disagree, and why: `conformance/known.json`.

use std::{collections::BTreeSet, fmt, path::Path};

use serde::{Deserialize, Serialize};

use intercom_client_codegen::{
    error::Problem,
    spec::{load, version::Version},
};
use xtask::repo::Tree;

/// What a command looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suite {
    Examples,
    Recorded,
    Wire,
}

/// One thing that a suite found to disagree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub version: Version,
    /// `GET /contacts/{}`.
    pub operation: String,
    /// `body`, `parameters`, a status, or `operation` for all of it.
    pub what: String,
    pub example: String,
    pub complaint: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            operation,
            what,
            example,
            complaint,
        } = self;
        write!(f, "{version} {operation} {what} `{example}`: {complaint}")
    }
}

/// The whole file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What has to be put right before Prism serves a description or an operation at all.
    pub repairs: Vec<Repair>,
    pub known: Vec<Known>,
    /// Versions that nobody has looked through yet: what they disagree with is shown, and is no failure.
    #[serde(skip)]
    pub unreviewed: BTreeSet<Version>,
}

/// A correction of `openapi/corrections.json`, by its name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    pub correction: String,
    pub why: String,
}

/// A reason, and the findings that it explains.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    pub name: String,
    /// The suites that find it.
    pub suites: Vec<Suite>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// A part of the complaint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
    pub why: String,
    /// The first version in which it is found.
    pub since: String,
    /// The last one, if it is not found in all later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl File {
    /// The file of a checkout, and which of its versions nobody has looked through.
    pub fn in_tree(tree: &Tree) -> Result<Self, Problem> {
        Ok(Self {
            unreviewed: load::unreviewed(&tree.openapi())?,
            ..Self::read(&tree.known())?
        })
    }

    pub fn read(path: &Path) -> Result<Self, Problem> {
        let file: Self = serde_json::from_value(load::json(path)?)
            .map_err(|error| Problem::new(format!("{}: {error}", path.display())))?;
        for known in &file.known {
            let named = |problem: Problem| problem.within(format_args!("known `{}`", known.name));
            known.range().map_err(named)?;
            if known.operation.is_none() && known.complaint.is_none() {
                let problem = Problem::new("names neither an operation nor a complaint");
                return Err(named(problem));
            }
        }
        Ok(file)
    }

    /// Separates the findings that have a reason from those that have none.
    pub fn explain(
        &self,
        suite: Suite,
        versions: &[Version],
        findings: Vec<Finding>,
    ) -> Result<Explained, Problem> {
        let mut explained = Explained::default();
        let mut used = BTreeSet::new();
        for finding in findings {
            let mut has_reason = false;
            for (index, known) in self.of(suite).enumerate() {
                if known.explains(&finding)? {
                    used.insert((index, finding.version.to_string()));
                    has_reason = true;
                }
            }
            if has_reason {
                explained.known.push(finding);
            } else if self.unreviewed.contains(&finding.version) {
                explained.todo.push(finding);
            } else {
                explained.open.push(finding);
            }
        }
        for (index, known) in self.of(suite).enumerate() {
            for version in versions {
                let is_claimed = known.claims(version)? && !self.unreviewed.contains(version);
                if is_claimed && !used.contains(&(index, version.to_string())) {
                    explained.stale.push(format!(
                        "known `{}` explains nothing in {version}",
                        known.name
                    ));
                }
            }
        }
        Ok(explained)
    }

    fn of(&self, suite: Suite) -> impl Iterator<Item = &Known> {
        let is_found = move |known: &&Known| known.suites.contains(&suite);
        self.known.iter().filter(is_found)
    }
}

/// What came of the findings of one run.
#[derive(Debug, Default)]
pub struct Explained {
    pub known: Vec<Finding>,
    pub open: Vec<Finding>,
    /// Those of versions that nobody has looked at yet.
    pub todo: Vec<Finding>,
    /// Reasons that explain nothing, a sentence each.
    pub stale: Vec<String>,
}

impl Known {
    fn explains(&self, finding: &Finding) -> Result<bool, Problem> {
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == found)
        };
        let complaint = self.complaint.as_deref().unwrap_or_default();
        Ok(is(&self.operation, &finding.operation)
            && is(&self.what, &finding.what)
            && is(&self.example, &finding.example)
            && finding.complaint.contains(complaint)
            && self.claims(&finding.version)?)
    }

    fn claims(&self, version: &Version) -> Result<bool, Problem> {
        let (since, until) = self.range()?;
        Ok(since <= *version && until.is_none_or(|until| *version <= until))
    }

    fn range(&self) -> Result<(Version, Option<Version>), Problem> {
        let until = self.until.as_deref().map(str::parse).transpose()?;
        Ok((self.since.parse()?, until))
    }
}
