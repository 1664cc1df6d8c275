//! What is told while an export runs, and at its end.

use super::state::JobState;

/// How far an export is. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The id of the job, by which it can be resumed.
    pub job_id: String,
    /// The state of the job.
    pub state: JobState,
    /// How many bytes of the file were received; 0 again when a download that broke off begins anew.
    pub received: u64,
    /// How many bytes there are to be received, where the server tells; it seldom does.
    pub total: Option<u64>,
    /// How many bytes were written: as many as received, or what they were unpacked to.
    pub written: u64,
}

/// An export that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// The id of the job.
    pub job_id: String,
    /// How many bytes the file had as it was received.
    pub received: u64,
    /// How many bytes were written: as many as received, or what they were unpacked to.
    pub written: u64,
}

pub(super) type ProgressCallback = Box<dyn FnMut(&Progress) + Send>;

/// Keeps the progress and tells it.
pub(super) struct Reporter {
    progress: Progress,
    report: Option<ProgressCallback>,
    /// Whether the state was told by the API.
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

    /// The state, once the API told it.
    pub(super) fn state(&self) -> Option<&JobState> {
        self.is_known.then_some(&self.progress.state)
    }

    pub(super) fn answered(&mut self, state: JobState) {
        self.progress.state = state;
        self.is_known = true;
        self.tell();
    }

    /// A download begins, for the first time or anew.
    pub(super) fn begin(&mut self, total: Option<u64>) {
        let progress = &mut self.progress;
        (progress.received, progress.written) = (0, 0);
        progress.total = total;
        self.tell();
    }

    /// So much was received in all, and so much more was written.
    pub(super) fn wrote(&mut self, received: u64, written: usize) {
        self.progress.received = received;
        self.progress.written += written as u64;
        self.tell();
    }

    pub(super) fn exported(self) -> Exported {
        Exported {
            job_id: self.progress.job_id,
            received: self.progress.received,
            written: self.progress.written,
        }
    }

    fn tell(&mut self) {
        if let Some(report) = &mut self.report {
            report(&self.progress);
        }
    }
}
