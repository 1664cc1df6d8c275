//! Which corrections a new version has made unnecessary.

use intercom_client_codegen::{
    error::Problem,
    spec::{correct::Correction, load::Description, version::Version},
};

/// A description as corrected as it can be, and the corrections that claim it although there is nothing to correct.
pub struct Outcome {
    pub corrected: Description,
    pub failed: Vec<usize>,
}

/// Applies every correction that holds; they build on each other, so in their order.
pub fn apply(corrections: &[Correction], description: &Description) -> Result<Outcome, Problem> {
    let mut corrected = description.clone();
    let mut failed = Vec::new();
    for (index, correction) in corrections.iter().enumerate() {
        if !correction.claims(&description.version)? {
            continue;
        }
        if correction.holds(&corrected) {
            correction.apply(&mut corrected)?;
        } else {
            failed.push(index);
        }
    }
    Ok(Outcome { corrected, failed })
}

/// What came of a correction that did not hold.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// It held last in this version.
    Ended(Version),
    /// Some later version still has the mistake, or no earlier one had it: somebody has to look.
    Unclear,
}

/// Ends the corrections that hold neither in `imported` nor in any of the `later` descriptions.
pub fn end(
    corrections: &mut [Correction],
    imported: &Outcome,
    before: Option<&Version>,
    later: &[Description],
) -> Result<Vec<(String, End)>, Problem> {
    let later: Vec<Outcome> = later
        .iter()
        .map(|description| apply(corrections, description))
        .collect::<Result<_, _>>()?;
    let mut ends = Vec::new();
    for &index in &imported.failed {
        let correction = &mut corrections[index];
        let since: Version = correction.since.parse()?;
        let mut holds_later = false;
        for outcome in &later {
            holds_later |=
                correction.claims(&outcome.corrected.version)? && !outcome.failed.contains(&index);
        }
        let end = match before {
            Some(before) if since <= *before && !holds_later => {
                correction.until = Some(before.to_string());
                End::Ended(before.clone())
            }
            _ => End::Unclear,
        };
        ends.push((correction.name.clone(), end));
    }
    Ok(ends)
}
