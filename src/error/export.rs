//! The errors of exports, and what they tell of the job.

use std::io;
use std::time::Duration;

use super::{Error, ErrorKind, Inner};
use crate::Operation;
use crate::export::JobState;
use crate::object::is_identifier;
use crate::target::Target;

/// The job of the export that failed.
pub(super) struct Job {
    id: String,
    state: Option<JobState>,
}

impl Error {
    /// The id of the job, if it is an export that failed once it had one.
    ///
    /// The export can be resumed by it, unless the job has [ended](Self::job_state) without a file.
    pub fn job_id(&self) -> Option<&str> {
        self.0.job.as_ref().map(|job| job.id.as_str())
    }

    /// The last state of the job that the API told.
    pub fn job_state(&self) -> Option<&JobState> {
        self.0.job.as_ref()?.state.as_ref()
    }

    pub(crate) fn of_job(mut self, id: &str, state: Option<&JobState>) -> Self {
        self.0.job = Some(Job {
            id: id.to_owned(),
            state: state.cloned(),
        });
        self
    }

    /// The job of an export ended without a file, or the export was stopped as asked.
    pub(crate) fn export(operation: &'static Operation, reason: &'static str) -> Self {
        let target = Target::Operation(operation);
        Inner::new(ErrorKind::Export, Some(&target), reason).into()
    }

    /// The same answer, understood as the end of an export.
    pub(crate) fn into_export(mut self, reason: &'static str) -> Self {
        self.0.kind = ErrorKind::Export;
        self.0.reason = reason.into();
        self
    }

    pub(crate) fn export_deadline(
        operation: &'static Operation,
        limit: Duration,
        state: Option<&JobState>,
    ) -> Self {
        let mut reason = format!("timed out: the export took longer than {limit:?}");
        // A state that is no plain word may be anything.
        if let Some(state) = state.filter(|state| is_identifier(state.as_str())) {
            reason.push_str(&format!(", its job is {state}"));
        }
        let target = Target::Operation(operation);
        Inner::new(ErrorKind::Deadline, Some(&target), reason).into()
    }

    /// What was received cannot be written; the text of the cause may name paths.
    pub(crate) fn io(operation: &'static Operation, problem: &str, cause: io::Error) -> Self {
        let reason = format!("{problem}: {}", cause.kind());
        let target = Target::Operation(operation);
        Inner::new(ErrorKind::Io, Some(&target), reason)
            .source(cause)
            .into()
    }

    /// What was received cannot be unpacked.
    pub(crate) fn not_gzip(operation: &'static Operation, cause: io::Error) -> Self {
        let reason = match cause.kind() {
            io::ErrorKind::UnexpectedEof => "the gzip data ends too early",
            _ => "the data is not gzip, or damaged, or something else follows it",
        };
        let target = Target::Operation(operation);
        Inner::new(ErrorKind::Decode, Some(&target), reason)
            .source(cause)
            .into()
    }
}
