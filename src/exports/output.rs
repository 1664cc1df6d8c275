//! Where an export is written to.

use std::io::{Error, SeekFrom};

use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWrite, AsyncWriteExt};

pub(super) enum Output<'w> {
    File(File),
    Writer {
        writer: &'w mut (dyn AsyncWrite + Unpin + Send),
        is_empty: bool,
    },
}

impl<'w> Output<'w> {
    pub(super) fn writer(writer: &'w mut (dyn AsyncWrite + Unpin + Send)) -> Self {
        Self::Writer {
            writer,
            is_empty: true,
        }
    }

    pub(super) async fn write(&mut self, data: &[u8]) -> Result<(), Error> {
        match self {
            Self::File(file) => file.write_all(data).await,
            Self::Writer { writer, is_empty } => {
                *is_empty = false;
                writer.write_all(data).await
            }
        }
    }

    /// Flushes everything that was written; a file is synced to disk.
    pub(super) async fn flush(&mut self) -> Result<(), Error> {
        match self {
            Self::File(file) => {
                file.flush().await?;
                file.sync_all().await
            }
            Self::Writer { writer, .. } => writer.flush().await,
        }
    }

    /// Starts from the beginning; `false` if that is not possible.
    pub(super) async fn rewind(&mut self) -> Result<bool, Error> {
        match self {
            Self::File(file) => {
                file.flush().await?;
                file.set_len(0).await?;
                file.seek(SeekFrom::Start(0)).await?;
                Ok(true)
            }
            Self::Writer { is_empty, .. } => Ok(*is_empty),
        }
    }
}
