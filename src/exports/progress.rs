//! The progress of an export, and its outcome.

use super::state::JobState;

/// The progress of an export. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The id of the job, with which the export can be resumed.
    pub job_id: String,
    /// The state of the job.
    pub state: JobState,
    /// How many bytes of the file were received; 0 again when an interrupted download restarts.
    pub received: u64,
    /// How many bytes the file has, if the server says so, which it seldom does.
    pub total: Option<u64>,
    /// How many bytes were written: as many as received, or the unpacked size.
    pub written: u64,
}

/// A completed export.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// The id of the job.
    pub job_id: String,
    /// How many bytes of the file were received.
    pub received: u64,
    /// How many bytes were written: as many as received, or the unpacked size.
    pub written: u64,
}

pub(super) type ProgressCallback = Box<dyn FnMut(&Progress) + Send>;

/// Keeps the progress and reports it.
pub(super) struct Reporter {
    progress: Progress,
    report: Option<ProgressCallback>,
    /// Whether the API has reported the state.
    is_known: bool,
}

impl Reporter {
    pub(super) fn new(job_id: String, report: Option<ProgressCallback>) -> Self {
        Self {
            progress: Progress {
                job_id,
                state: JobState::Pending,
                received: 0,
                total: None,
                written: 0,
            },
            report,
            is_known: false,
        }
    }

    pub(super) fn job_id(&self) -> &str {
        &self.progress.job_id
    }

    /// Returns the state, if the API has reported one.
    pub(super) fn state(&self) -> Option<&JobState> {
        self.is_known.then_some(&self.progress.state)
    }

    pub(super) fn set_state(&mut self, state: JobState) {
        self.progress.state = state;
        self.is_known = true;
        self.emit();
    }

    /// Starts to count a download, the first time or again.
    pub(super) fn begin(&mut self, total: Option<u64>) {
        let progress = &mut self.progress;
        (progress.received, progress.written) = (0, 0);
        progress.total = total;
        self.emit();
    }

    /// Updates the total of received bytes, and adds to the bytes written.
    pub(super) fn wrote(&mut self, received: u64, written: usize) {
        self.progress.received = received;
        self.progress.written += written as u64;
        self.emit();
    }

    pub(super) fn exported(self) -> Exported {
        Exported {
            job_id: self.progress.job_id,
            received: self.progress.received,
            written: self.progress.written,
        }
    }

    fn emit(&mut self) {
        if let Some(report) = &mut self.report {
            report(&self.progress);
        }
    }
}
