//! The course of an export: create, wait, download.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;
use serde_json::Value;
use tokio::time::sleep;

use super::cancel::{CancelReason, CancelSignal, Cancellation};
use super::copy::copy;
use super::error::ExportError;
use super::job::{JobResponse, Jobs};
use super::output::Output;
use super::progress::{Exported, ProgressCallback, Reporter};
use super::state::JobState;
use crate::error::{Error, ErrorKind};
use crate::transport::retry::backoff::Backoff;

const POLL_INTERVAL: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(3600);
/// The wait before the first poll, and the shortest.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(500);
/// How often a download is started.
const MAX_DOWNLOADS: u32 = 4;

pub(super) struct Start {
    job: JobSource,
    /// Why no job can be created.
    problem: Option<&'static str>,
}

enum JobSource {
    /// To be created with this body.
    New(Value),
    /// Exists, with this id.
    Existing(String),
}

impl Start {
    pub(super) fn create(from: DateTime<Utc>, to: DateTime<Utc>, body: Value) -> Self {
        let problem = "the range of time ends before it begins";
        Self {
            job: JobSource::New(body),
            problem: (to < from).then_some(problem),
        }
    }

    pub(super) fn resume(job_id: String) -> Self {
        Self {
            job: JobSource::Existing(job_id),
            problem: None,
        }
    }
}

/// An export and its settings.
pub(super) struct Task {
    pub(super) jobs: Jobs,
    pub(super) start: Start,
    pub(super) poll_interval: Duration,
    pub(super) limit: Duration,
    pub(super) gunzip: bool,
    pub(super) report: Option<ProgressCallback>,
    pub(super) signal: Option<CancelSignal>,
}

impl Task {
    pub(super) fn new(jobs: Jobs, start: Start) -> Self {
        Self {
            jobs,
            start,
            poll_interval: POLL_INTERVAL,
            limit: TIMEOUT,
            gunzip: false,
            report: None,
            signal: None,
        }
    }

    /// Reports mistakes of the caller before anything is done.
    pub(super) fn check(&self) -> Result<(), ExportError> {
        let operation = self.jobs.operations.create;
        match self.start.problem {
            Some(problem) => Err(Error::invalid_request(operation, problem).into()),
            None => Ok(()),
        }
    }
}

/// Runs an export that was [checked](Task::check).
pub(super) async fn run(task: Task, output: &mut Output<'_>) -> Result<Exported, ExportError> {
    let mut cancellation = Cancellation::new(task.limit, task.signal);
    // The request that creates the job is not interrupted: its id would be lost.
    let (job_id, job) = match task.start.job {
        JobSource::New(body) => {
            let created = task.jobs.create(&body);
            let (job_id, job) = cancellation.run_to_completion(created).await?;
            (job_id, Some(job))
        }
        JobSource::Existing(job_id) => (job_id, None),
    };
    let mut run = Run {
        jobs: task.jobs,
        poll_interval: task.poll_interval,
        limit: task.limit,
        cancellation,
        reporter: Reporter::new(job_id, task.report),
    };
    match run.wait_and_download(job, task.gunzip, output).await {
        Ok(()) => Ok(run.reporter.exported()),
        Err(error) => Err(error.of_job(run.reporter.job_id(), run.reporter.state())),
    }
}

struct Run {
    jobs: Jobs,
    poll_interval: Duration,
    limit: Duration,
    cancellation: Cancellation,
    reporter: Reporter,
}

impl Run {
    async fn wait_and_download(
        &mut self,
        job: Option<JobResponse>,
        gunzip: bool,
        output: &mut Output<'_>,
    ) -> Result<(), ExportError> {
        let completed = self.wait(job).await?;
        self.download(&completed, gunzip, output).await
    }

    /// Polls the job's state until it is complete.
    async fn wait(&mut self, mut job: Option<JobResponse>) -> Result<JobResponse, ExportError> {
        let mut polls = 0;
        loop {
            let job = match job.take() {
                Some(job) => job,
                None => {
                    let asked = self.jobs.get(self.reporter.job_id());
                    match self.cancellation.run_or_cancel(asked).await {
                        Ok(job) => job?,
                        Err(reason) => return Err(self.canceled_by(reason).await),
                    }
                }
            };
            let state = job.state();
            self.reporter.set_state(state.clone());
            if let Some(end) = state.end() {
                return Err(ExportError::no_file(self.jobs.operations.get, end));
            }
            if state == JobState::Completed {
                return Ok(job);
            }
            polls += 1;
            self.pause(polls).await?;
        }
    }

    async fn download(
        &mut self,
        completed: &JobResponse,
        gunzip: bool,
        output: &mut Output<'_>,
    ) -> Result<(), ExportError> {
        let operation = self.jobs.operations.download;
        let mut downloads = 1;
        loop {
            let (jobs, reporter) = (&self.jobs, &mut self.reporter);
            let work = async {
                let response = jobs.download(reporter.job_id()).await?;
                copy(response, operation, gunzip, output, reporter).await
            };
            let error = match self.cancellation.run_or_cancel(work).await {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => error,
                Err(reason) => return Err(self.canceled_by(reason).await),
            };
            match error.call_error() {
                Some(call) if is_gone(call) || (call.is_not_found() && completed.has_expired()) => {
                    self.reporter.set_state(JobState::Expired);
                    let end = JobState::Expired.end().unwrap_or_default();
                    return Err(error.into_no_file(operation, end));
                }
                Some(call) if downloads < MAX_DOWNLOADS && may_succeed_later(call) => {}
                _ => return Err(error),
            }
            let rewound = output.rewind().await;
            let failed = |error| ExportError::io(operation, "the export cannot be written", error);
            if !rewound.map_err(failed)? {
                return Err(error);
            }
            self.pause(downloads).await?;
            downloads += 1;
        }
    }

    /// Waits after this many attempts.
    async fn pause(&mut self, attempts: u32) -> Result<(), ExportError> {
        let backoff = Backoff {
            base: MIN_POLL_INTERVAL,
            max: self.poll_interval,
        };
        match self
            .cancellation
            .run_or_cancel(sleep(backoff.delay(attempts)))
            .await
        {
            Ok(()) => Ok(()),
            Err(reason) => Err(self.canceled_by(reason).await),
        }
    }

    /// Returns the error of a cancelled export, after it has cancelled the job if the caller asked for that.
    async fn canceled_by(&mut self, reason: CancelReason) -> ExportError {
        let operations = self.jobs.operations;
        if matches!(reason, CancelReason::Deadline) {
            return ExportError::timeout(operations.get, self.limit, self.reporter.state());
        }
        if self.reporter.state() == Some(&JobState::Completed) {
            return ExportError::canceled(operations.download, "the download was stopped as asked");
        }
        match self.jobs.cancel(self.reporter.job_id()).await {
            Ok(job) => {
                if let Some(job) = job {
                    self.reporter.set_state(job.state());
                }
                let operation = operations.cancel.unwrap_or(operations.get);
                ExportError::canceled(operation, "the export was cancelled as asked")
            }
            Err(error) => error.into(),
        }
    }
}

/// The file existed once.
fn is_gone(error: &Error) -> bool {
    error.kind() == ErrorKind::Rejected && error.status() == Some(StatusCode::GONE)
}

/// The body was truncated, or the file is not there although the job is complete.
fn may_succeed_later(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Body | ErrorKind::ReadTimeout) || error.is_not_found()
}
