//! Exports: a job is created and polled, and its file is streamed to where you want it.
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "data_export"))]
//! # async fn run(intercom: intercom_client::Intercom) -> Result<(), intercom_client::exports::ExportError> {
//! use std::time::Duration;
//! use intercom_client::chrono::{TimeDelta, Utc};
//!
//! let api = intercom.v2_14();
//! let exported = api
//!     .data_export()
//!     .export(Utc::now() - TimeDelta::days(1), Utc::now())
//!     .timeout(Duration::from_secs(2 * 3600))
//!     .on_progress(|progress| println!("{}: {} bytes", progress.state, progress.written))
//!     .gunzip(true)
//!     .to_file("sent.csv")
//!     .await?;
//! println!("{} bytes", exported.written);
//! # Ok(()) }
//! ```
//!
//! A job outlives the program that waits for it. Its id is in every [`Progress`] and in
//! [`ExportError::job_id`]. With it the export can be resumed, also by another process:
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "data_export"))]
//! # async fn run(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::exports::ExportError> {
//! # let (from, to) = (intercom_client::chrono::Utc::now(), intercom_client::chrono::Utc::now());
//! if let Err(error) = api.data_export().export(from, to).to_file("sent.csv.gz").await {
//!     let Some(job_id) = error.job_id() else { return Err(error) };
//!     api.data_export().resume(job_id).to_file("sent.csv.gz").await?;
//! }
//! # Ok(()) }
//! ```
//!
//! Reports work in the same way, by `reporting_data_export`:
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "reporting_data_export"))]
//! # async fn run(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::exports::ExportError> {
//! # use intercom_client::chrono::{TimeDelta, Utc};
//! # let (from, to) = (Utc::now() - TimeDelta::days(1), Utc::now());
//! api.reporting_data_export()
//!     .export("abc123", "a-client-id", "conversation", ["conversation_id", "conversation_started_at"], from, to)
//!     .gunzip(true)
//!     .to_file("conversations.csv")
//!     .await?;
//! # Ok(()) }
//! ```

mod cancel;
mod copy;
mod error;
mod file;
mod job;
mod job_loop;
mod output;
mod progress;
mod state;

use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::io::AsyncWrite;

pub use self::error::{ExportError, ExportErrorKind};
use self::file::PartFile;
use self::job::Jobs;
pub(crate) use self::job::{Ids, Operations};
use self::job_loop::{Start, Task};
use self::output::Output;
pub use self::progress::{Exported, Progress};
pub use self::state::JobState;
use crate::client::versioned::VersionedClient;

/// Declares a kind of export, with the methods that all kinds have.
macro_rules! export {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// It starts with [`to_file`](Self::to_file) or [`to_writer`](Self::to_writer); see the [module](self).
        ///
        /// - The request that creates the job is not retried. If it fails and it is not known whether a job was created, the next
        ///   export may fail with [`ErrorKind::QuotaExceeded`](crate::ErrorKind::QuotaExceeded).
        /// - The file is never in memory as a whole. A download to a file that is interrupted is restarted up to three times.
        /// - If its future is dropped, no file is left behind, and the job goes on.
        #[must_use = "an export does nothing until it is written to a file or a writer"]
        pub struct $name(Task);

        impl $name {
            /// Sets the longest time between two polls of the job's state. Defaults to 10 seconds.
            ///
            /// The first poll is sooner, and each wait is twice as long as the one before, up to this.
            pub fn poll_every(mut self, interval: Duration) -> Self {
                self.0.poll_interval = interval;
                self
            }

            /// Sets how long the whole export may take, including the download. Defaults to one hour.
            ///
            /// [`Duration::MAX`] is no limit. The job goes on after the timeout, and can be resumed. The timeout does not
            /// interrupt the requests that create and cancel the job, which have the timeouts of the client.
            pub fn timeout(mut self, limit: Duration) -> Self {
                self.0.limit = limit;
                self
            }

            /// Calls `report` when the job is created, after each poll, and for every chunk that is written.
            pub fn on_progress(mut self, report: impl FnMut(&Progress) + Send + 'static) -> Self {
                self.0.report = Some(Box::new(report));
                self
            }

            /// Sets whether to unpack the gzip file that the API sends. Defaults to false.
            ///
            /// Data that does not begin like gzip, for example because the HTTP client has unpacked it already, is written
            /// as it is.
            pub fn gunzip(mut self, gunzip: bool) -> Self {
                self.0.gunzip = gunzip;
                self
            }

            /// Runs the export and writes it to a file.
            ///
            /// The file appears, or is replaced, once it is complete and synced to disk. Until then it has a temporary name in
            /// the same directory: its own name, a random part and `.part`. The temporary file is created before the job, so that
            /// a missing directory costs no job, and is removed whatever happens.
            ///
            /// The new file keeps the permissions of the one that it replaces, but belongs to the user of the program. A
            /// symbolic link stays, and the file behind it is replaced. A directory, a pipe, a socket or a device is
            /// rejected before anything is sent.
            ///
            /// # Errors
            /// - [`ExportErrorKind::Call`] if a request fails;
            /// - [`ExportErrorKind::NoFile`] if the job ends without a file;
            /// - [`ExportErrorKind::Timeout`] if it takes longer than its [`timeout`](Self::timeout);
            /// - [`ExportErrorKind::Io`] if the file cannot be written;
            /// - [`ExportErrorKind::Gzip`] if the data begins like gzip, but is damaged, truncated or followed by something else.
            pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Exported, ExportError> {
                to_file(self.0, path.as_ref().to_owned()).await
            }

            /// Runs the export and writes it to `writer`, which is flushed at the end but not shut down.
            ///
            /// For a writer of the `futures` crate, use `tokio_util::compat`. A download that is interrupted after something was
            /// written fails. Resume the job with another writer then.
            ///
            /// ```no_run
            /// # #[cfg(all(feature = "v2_14", feature = "data_export"))]
            /// # async fn run(api: intercom_client::v2_14::Api) -> Result<(), Box<dyn std::error::Error>> {
            /// let mut storage = tokio::net::TcpStream::connect("storage.internal:9000").await?;
            /// api.data_export().resume("braxwk3j").to_writer(&mut storage).await?;
            /// # Ok(()) }
            /// ```
            ///
            /// # Errors
            /// Those of [`to_file`](Self::to_file). The [source](std::error::Error::source) of [`ExportErrorKind::Io`] is the
            /// error of the writer.
            pub async fn to_writer<W>(self, writer: &mut W) -> Result<Exported, ExportError>
            where
                W: AsyncWrite + Unpin + Send,
            {
                to_writer(self.0, writer).await
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("poll_every", &self.0.poll_interval)
                    .field("timeout", &self.0.limit)
                    .field("gunzip", &self.0.gunzip)
                    .finish_non_exhaustive()
            }
        }
    };
}

export! {
    /// An export of delivery and engagement data of outbound messages.
    ContentExport
}

export! {
    /// An export of the data behind reports.
    ReportingExport
}

impl ContentExport {
    pub(crate) fn create(
        client: VersionedClient,
        operations: &'static Operations,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Self {
        let (after, before) = (from.timestamp(), to.timestamp());
        let body = json!({ "created_at_after": after, "created_at_before": before });
        let jobs = Jobs::new(client, operations, None);
        Self(Task::new(jobs, Start::create(from, to, body)))
    }

    pub(crate) fn resume(
        client: VersionedClient,
        operations: &'static Operations,
        job_id: String,
    ) -> Self {
        let jobs = Jobs::new(client, operations, None);
        Self(Task::new(jobs, Start::resume(job_id)))
    }

    /// Cancels the job if `signal` completes before the job does.
    ///
    /// The export then fails with [`ExportErrorKind::Canceled`] and the state [`JobState::Canceled`]. If the job is complete
    /// already, only the download stops. The request that creates the job is always waited for, so that no job is left behind.
    /// To cancel from elsewhere, call the operation `cancel` of the handle with the job's id.
    ///
    /// ```no_run
    /// # #[cfg(all(feature = "v2_14", feature = "data_export"))]
    /// # async fn run(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::exports::ExportError> {
    /// # let (from, to) = (intercom_client::chrono::Utc::now(), intercom_client::chrono::Utc::now());
    /// let export = api.data_export().export(from, to).cancel_when(tokio::signal::ctrl_c());
    /// export.to_file("sent.csv.gz").await?;
    /// # Ok(()) }
    /// ```
    pub fn cancel_when<F>(mut self, signal: F) -> Self
    where
        F: Future + Send + 'static,
    {
        self.0.signal = Some(Box::pin(async move {
            signal.await;
        }));
        self
    }
}

impl ReportingExport {
    pub(crate) fn create(
        client: VersionedClient,
        operations: &'static Operations,
        ids: Ids,
        dataset_id: String,
        attribute_ids: Vec<String>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let body = json!({
            "dataset_id": dataset_id,
            "attribute_ids": attribute_ids,
            "start_time": from.timestamp(),
            "end_time": to.timestamp(),
        });
        let jobs = Jobs::new(client, operations, Some(ids));
        Self(Task::new(jobs, Start::create(from, to, body)))
    }

    pub(crate) fn resume(
        client: VersionedClient,
        operations: &'static Operations,
        ids: Ids,
        job_id: String,
    ) -> Self {
        let jobs = Jobs::new(client, operations, Some(ids));
        Self(Task::new(jobs, Start::resume(job_id)))
    }
}

/// A future that is compiled here rather than in every program that awaits it.
type BoxFuture<'w> = Pin<Box<dyn Future<Output = Result<Exported, ExportError>> + Send + 'w>>;

fn to_file(task: Task, path: PathBuf) -> BoxFuture<'static> {
    Box::pin(async move {
        task.check()?;
        let operation = task.jobs.operations.download;
        let failed = |error| ExportError::io(operation, "the file cannot be written", error);
        let (file, part) = PartFile::create(path).await.map_err(failed)?;
        let mut output = Output::File(file);
        let exported = job_loop::run(task, &mut output).await?;
        drop(output);
        let persisted = part.persist().await.map_err(failed);
        persisted.map_err(|error| error.of_job(&exported.job_id, Some(&JobState::Completed)))?;
        Ok(exported)
    })
}

fn to_writer(task: Task, writer: &mut (dyn AsyncWrite + Unpin + Send)) -> BoxFuture<'_> {
    Box::pin(async move {
        task.check()?;
        job_loop::run(task, &mut Output::writer(writer)).await
    })
}
