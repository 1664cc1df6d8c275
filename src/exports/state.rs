//! The states of a job.

crate::json::open_enum::open_enum! {
    /// The state of the job of an export, as the API last reported it.
    pub enum JobState {
        /// It is queued.
        Pending = "pending",
        /// It is running.
        InProgress = "in_progress",
        /// Its file can be downloaded: for two days, if it is a content export.
        Completed = "completed",
        /// There is no data in the range of time, and so no file.
        NoData = "no_data",
        /// It ended without a file.
        Failed = "failed",
        /// It was cancelled.
        Canceled = "canceled",
        /// Its file cannot be downloaded any more.
        Expired = "expired",
    }
}

impl JobState {
    /// Reads a state under any of the names that the kinds of export have for it, in any spelling: `in_progress`,
    /// `IN-PROGRESS`, `inProgress`.
    pub(super) fn read(name: &str) -> Self {
        match key(name).as_str() {
            "complete" => Self::Completed,
            "cancelled" => Self::Canceled,
            found => match Self::VALUES.iter().find(|value| key(value) == found) {
                Some(known) => Self::from(*known),
                None => Self::from(name),
            },
        }
    }

    /// Why the job has ended without a file, if it has. An unknown state may still lead to a file.
    pub(super) fn end(&self) -> Option<&'static str> {
        match self {
            Self::NoData => Some("the export has no data in its range of time"),
            Self::Failed => Some("the export failed"),
            Self::Canceled => Some("the export was cancelled"),
            Self::Expired => Some("the file of the export is not kept any more"),
            Self::Pending | Self::InProgress | Self::Completed | Self::Unknown(_) => None,
        }
    }
}

/// The letters and digits of a name in lower case, which all spellings share.
pub(super) fn key(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
