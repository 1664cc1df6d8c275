//! `cargo xtask conformance wire`: every operation, through the crate, against Prism on the originals.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use crate::{
    drive::{self, Served},
    known::{File, Finding, Suite},
    original, plan,
    prism::{self, Prism},
    report::verdict,
    versions,
};
use intercom_client_codegen::{
    error::Problem,
    spec::{correct::Correction, load::Description, names::Names, version::Version},
};
use xtask::{print::say, repo::Tree};

/// Versions that are driven at a time; each keeps Prism busy, which has one thread.
const AT_ONCE: usize = 2;

impl drive::Driven {
    /// Whether it is about an operation that Prism serves, and takes no request for.
    fn is_undriven(&self) -> bool {
        let complaints = &mut self.complaints.iter();
        complaints.any(|complaint| complaint.starts_with("is not driven"))
    }
}

/// What came of one version.
struct Driven {
    version: Version,
    operations: usize,
    outcomes: Vec<drive::Driven>,
    took: Duration,
}

/// Drives every version.
pub fn wire(tree: &Tree, from: &Path) -> Result<(), Problem> {
    let began = Instant::now();
    let known = File::in_tree(tree)?;
    let names = tree.read_names()?;
    let corrections = tree.read_corrections()?;
    let repairs = repairs(&known, &corrections)?;
    let versions = versions(tree)?;
    let scratch = scratch()?;
    let prism = prism::install(&tree.conformance(), &scratch.join("prism"))?;
    let stage = Stage {
        names: &names,
        repairs: &repairs,
        scratch: &scratch,
        prism: &prism,
        from,
    };
    let waiting = Mutex::new(versions.iter());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || -> Result<Vec<Driven>, Problem> {
        std::iter::from_fn(next)
            .map(|version| {
                stage
                    .drive(version)
                    .map_err(|problem| problem.within(version))
            })
            .collect()
    };
    let mut driven = thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        let mut driven = Vec::new();
        for worker in workers {
            let died = || Err(Problem::new("a version could not be driven to its end"));
            driven.extend(worker.join().unwrap_or_else(|_| died())?);
        }
        Ok(driven)
    })?;
    driven.sort_by(|one, other| one.version.cmp(&other.version));
    report(&known, &names, &versions, driven)?;
    say(format!("{} s", began.elapsed().as_secs()));
    Ok(())
}

/// Where Prism and repaired descriptions are kept: below the target directory, in which this program was built.
fn scratch() -> Result<PathBuf, Problem> {
    let program = std::env::current_exe()
        .map_err(|error| Problem::new(format!("cannot find this program: {error}")))?;
    let target = program.ancestors().nth(2).unwrap_or(Path::new("."));
    let scratch = target.join("conformance");
    fs::create_dir_all(&scratch)
        .map_err(|error| Problem::new(format!("cannot make {}: {error}", scratch.display())))?;
    Ok(scratch)
}

/// What every version is driven with.
struct Stage<'s> {
    names: &'s Names,
    repairs: &'s [&'s Correction],
    scratch: &'s Path,
    prism: &'s Path,
    from: &'s Path,
}

impl Stage<'_> {
    fn drive(&self, version: &Version) -> Result<Driven, Problem> {
        let began = Instant::now();
        let path = self.from.join(format!("{version}.yaml"));
        let mut description = Description::from_document(original(&path)?)?;
        let path = self.servable(&mut description)?.unwrap_or(path);
        let strict = Prism::start(self.prism, &path, true)?;
        // For the responses that the other refuses to send.
        let lenient = Prism::start(self.prism, &path, false)?;
        let jobs = plan::jobs(&description, self.names)?;
        let served = Served {
            strict: strict.url.clone(),
            lenient: lenient.url.clone(),
        };
        let outcomes = drive::all(version, &served, &jobs)?;
        Ok(Driven {
            version: version.clone(),
            operations: jobs.len(),
            outcomes,
            took: began.elapsed(),
        })
    }

    /// A copy with the repairs of its version, if it has any.
    fn servable(&self, description: &mut Description) -> Result<Option<PathBuf>, Problem> {
        let mut copy = None;
        for repair in self.repairs {
            if repair.claims(&description.version)? {
                repair.apply(description)?;
                let name = format!("{}.json", description.version);
                copy = Some(self.scratch.join(name));
            }
        }
        if let Some(path) = &copy {
            fs::write(path, description.document.to_string()).map_err(|error| {
                Problem::new(format!("cannot write {}: {error}", path.display()))
            })?;
        }
        Ok(copy)
    }
}

/// The corrections without which Prism does not serve a description.
fn repairs<'c>(
    known: &File,
    corrections: &'c [Correction],
) -> Result<Vec<&'c Correction>, Problem> {
    let find = |name: &String| {
        let found = corrections
            .iter()
            .find(|correction| correction.name == *name);
        found.ok_or_else(|| Problem::new(format!("openapi/corrections.json has no `{name}`")))
    };
    known
        .repairs
        .iter()
        .map(|repair| find(&repair.correction))
        .collect()
}

/// What a version's row of the table counts.
#[derive(Default)]
struct Row {
    operations: usize,
    driven: usize,
    requests: usize,
    responses: usize,
    errors: usize,
    known: usize,
    failed: usize,
    seconds: u64,
}

fn report(
    known: &File,
    names: &Names,
    versions: &[Version],
    driven: Vec<Driven>,
) -> Result<(), Problem> {
    let keys: BTreeMap<String, &String> = names
        .0
        .iter()
        .map(|(key, name)| (format!("{}.{}", name.resource, name.verb), key))
        .collect();
    let mut rows: BTreeMap<Version, Row> = BTreeMap::new();
    let mut findings = Vec::new();
    for Driven {
        version,
        operations,
        outcomes,
        took,
    } in driven
    {
        let row = rows.entry(version.clone()).or_default();
        row.operations = operations;
        row.driven = operations;
        row.seconds = took.as_secs();
        for outcome in outcomes {
            if outcome.what == "operation" {
                row.driven -= usize::from(outcome.is_undriven());
            } else {
                row.requests += 1;
            }
            match (
                outcome.complaints.is_empty(),
                outcome.what.as_bytes().first(),
            ) {
                (true, Some(b'2' | b'3')) => row.responses += 1,
                (true, Some(b'4' | b'5' | b'd')) => row.errors += 1,
                _ => {}
            }
            let operation = keys.get(&outcome.operation);
            let operation = operation.map_or(&outcome.operation, |key| *key);
            findings.extend(outcome.complaints.into_iter().map(|complaint| Finding {
                version: version.clone(),
                operation: operation.clone(),
                what: outcome.what.clone(),
                example: outcome.example.clone(),
                complaint,
            }));
        }
    }
    let explained = known.explain(Suite::Wire, versions, findings)?;
    for finding in &explained.known {
        rows.entry(finding.version.clone()).or_default().known += 1;
    }
    for finding in &explained.open {
        rows.entry(finding.version.clone()).or_default().failed += 1;
    }
    say("version operations driven requests responses errors  known   fail seconds");
    for (version, row) in rows {
        say(format!(
            "{:<7} {:>10} {:>6} {:>8} {:>9} {:>6} {:>6} {:>6} {:>7}",
            version.as_str(),
            row.operations,
            row.driven,
            row.requests,
            row.responses,
            row.errors,
            row.known,
            row.failed,
            row.seconds
        ));
    }
    verdict(&explained)
}
