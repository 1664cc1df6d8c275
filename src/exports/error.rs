//! How exports fail.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use super::file::NoRegularFile;
use super::state::JobState;
use crate::error::Error;
use crate::json::is_identifier;
use crate::operation::Operation;
use crate::wire::endpoint::Endpoint;

/// The error of an export.
///
/// If a request of the export failed, it has the text of that call's [`Error`], which [`call_error`](Self::call_error)
/// returns. Once there is a job, the export can be resumed by [`job_id`](Self::job_id).
///
/// It is safe to log: `Display` and `Debug` hold no id of a job, no path of a file, and nothing that [`Error`] leaves out.
///
/// ```
/// use intercom_client::exports::{ExportError, ExportErrorKind, JobState};
///
/// fn advice(error: &ExportError) -> &'static str {
///     match error.kind() {
///         ExportErrorKind::NoFile if error.job_state() == Some(&JobState::NoData) => "there is nothing to export",
///         ExportErrorKind::NoFile => "create another export",
///         _ if error.job_id().is_some() => "resume the export",
///         _ => "look at error.call_error()",
///     }
/// }
/// ```
pub struct ExportError(Box<Inner>);

struct Inner {
    kind: ExportErrorKind,
    endpoint: Option<Endpoint>,
    operation: Option<String>,
    reason: Cow<'static, str>,
    job: Option<Job>,
    /// Whether the API has reported the job.
    has_job: bool,
    cause: Option<Cause>,
}

/// The job of the export that failed.
struct Job {
    id: String,
    state: Option<JobState>,
}

enum Cause {
    Call(Error),
    Io(io::Error),
}

/// The kind of an [`ExportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExportErrorKind {
    /// A request failed or was invalid; [`ExportError::call_error`] has its error.
    Call,
    /// The job ended without a file; [`ExportError::job_state`] says why: failed, cancelled, expired or no data.
    NoFile,
    /// The export was cancelled by `cancel_when`.
    Canceled,
    /// The export took longer than its timeout. The job goes on, and can be resumed.
    Timeout,
    /// The downloaded data could not be written.
    ///
    /// The [source](std::error::Error::source) is the error of the file or the writer.
    Io,
    /// The downloaded data begins like gzip, but is damaged, truncated or followed by something else.
    Gzip,
}

impl ExportError {
    /// Returns the kind of the failure.
    pub fn kind(&self) -> ExportErrorKind {
        self.0.kind
    }

    /// Returns the operation that failed, or the last one before the export failed, for example `data_export.download`.
    pub fn operation(&self) -> Option<&str> {
        match &self.0.cause {
            Some(Cause::Call(error)) => error.operation(),
            _ => self.0.operation.as_deref(),
        }
    }

    /// Returns the id of the job, if there was one.
    ///
    /// Resume the export with it, unless the job has [ended](Self::job_state) without a file.
    pub fn job_id(&self) -> Option<&str> {
        self.0.job.as_ref().map(|job| job.id.as_str())
    }

    /// Returns the last state of the job that the API reported.
    pub fn job_state(&self) -> Option<&JobState> {
        self.0.job.as_ref()?.state.as_ref()
    }

    /// Returns the error of the request that failed, with the status, the request id and the body of its response.
    pub fn call_error(&self) -> Option<&Error> {
        match &self.0.cause {
            Some(Cause::Call(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns whether the export, or a request of it, took too long.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ExportErrorKind::Timeout || self.call_error().is_some_and(Error::is_timeout)
    }

    /// Returns whether there is, or may be, a job although the export failed.
    ///
    /// It is true once the API has reported the job, whose id resumes the export. If it is false, no job was created.
    pub fn may_have_acted(&self) -> bool {
        self.0.has_job || self.call_error().is_some_and(Error::may_have_acted)
    }

    fn new(
        kind: ExportErrorKind,
        operation: &'static Operation,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        let endpoint = Endpoint::Operation(operation);
        Self(Box::new(Inner {
            kind,
            operation: endpoint.name(),
            endpoint: Some(endpoint),
            reason: reason.into(),
            job: None,
            has_job: false,
            cause: None,
        }))
    }

    fn caused_by(mut self, cause: Cause) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// The error of an export with a job, which exists if the API has reported its state.
    pub(super) fn of_job(mut self, id: &str, state: Option<&JobState>) -> Self {
        self.0.has_job = state.is_some();
        self.0.cause = match self.0.cause.take() {
            Some(Cause::Call(error)) => {
                Some(Cause::Call(error.with_maybe_applied(state.is_some())))
            }
            other => other,
        };
        self.0.job = Some(Job {
            id: id.to_owned(),
            state: state.cloned(),
        });
        self
    }

    pub(super) fn no_file(operation: &'static Operation, reason: &'static str) -> Self {
        Self::new(ExportErrorKind::NoFile, operation, reason)
    }

    /// Turns the same failure into the end of the job.
    pub(super) fn into_no_file(
        mut self,
        operation: &'static Operation,
        reason: &'static str,
    ) -> Self {
        self.0.kind = ExportErrorKind::NoFile;
        self.0.endpoint = Some(Endpoint::Operation(operation));
        self.0.reason = reason.into();
        self
    }

    pub(super) fn canceled(operation: &'static Operation, reason: &'static str) -> Self {
        Self::new(ExportErrorKind::Canceled, operation, reason)
    }

    pub(super) fn timeout(
        operation: &'static Operation,
        limit: Duration,
        state: Option<&JobState>,
    ) -> Self {
        let mut reason = format!("timed out: the export took longer than {limit:?}");
        if let Some(state) = presentable(state) {
            reason.push_str(&format!(", its job is {state}"));
        }
        Self::new(ExportErrorKind::Timeout, operation, reason)
    }

    /// The data cannot be written. The text of the cause may name paths.
    pub(super) fn io(operation: &'static Operation, problem: &str, cause: io::Error) -> Self {
        let known = cause.get_ref().filter(|inner| inner.is::<NoRegularFile>());
        let reason = match known {
            Some(known) => format!("{problem}: {known}"),
            None => format!("{problem}: {}", cause.kind()),
        };
        Self::new(ExportErrorKind::Io, operation, reason).caused_by(Cause::Io(cause))
    }

    /// The data cannot be unpacked.
    pub(super) fn gzip(operation: &'static Operation, cause: io::Error) -> Self {
        let reason = match cause.kind() {
            io::ErrorKind::UnexpectedEof => "the gzip data ends too early",
            _ => "the data is not gzip, or damaged, or something else follows it",
        };
        Self::new(ExportErrorKind::Gzip, operation, reason).caused_by(Cause::Io(cause))
    }
}

/// A state that is not a plain word may hold anything.
fn presentable(state: Option<&JobState>) -> Option<&JobState> {
    state.filter(|state| is_identifier(state.as_str()))
}

/// Lets `?` turn the error of a call into that of an export.
impl From<Error> for ExportError {
    fn from(error: Error) -> Self {
        Self(Box::new(Inner {
            kind: ExportErrorKind::Call,
            endpoint: None,
            operation: None,
            reason: Cow::Borrowed("a request failed"),
            job: None,
            has_job: false,
            cause: Some(Cause::Call(error)),
        }))
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.kind, &self.0.cause) {
            (ExportErrorKind::Call, Some(Cause::Call(error))) => error.fmt(f),
            _ => {
                if let Some(endpoint) = &self.0.endpoint {
                    write!(f, "{endpoint}: ")?;
                }
                f.write_str(&self.0.reason)
            }
        }
    }
}

impl fmt::Debug for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ExportError");
        debug.field("kind", &self.0.kind);
        if let Some(endpoint) = &self.0.endpoint {
            debug.field("endpoint", &format_args!("{endpoint}"));
            debug.field("reason", &self.0.reason);
        }
        if let Some(state) = presentable(self.job_state()) {
            debug.field("job_state", &format_args!("{state}"));
        }
        if let Some(error) = self.call_error() {
            debug.field("call_error", error);
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for ExportError {
    /// The source of a failed call's own error: `Display` shows the text of that error already.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match (self.0.kind, self.0.cause.as_ref()?) {
            (ExportErrorKind::Call, Cause::Call(error)) => error.source(),
            (_, Cause::Call(error)) => Some(error),
            (_, Cause::Io(error)) => Some(error),
        }
    }
}
