//! One download, from the response to the writer.

use std::io::{self, Cursor};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread::GzipDecoder;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio_util::io::StreamReader;

use super::error::ExportError;
use super::output::Output;
use super::progress::Reporter;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{ByteStream, Response};

/// How much is unpacked at a time.
const UNPACKED: usize = 64 * 1024;
/// What gzip data begins with.
const MAGIC: &[u8] = &[0x1f, 0x8b];

pub(super) async fn copy(
    response: Response<ByteStream>,
    operation: &'static Operation,
    gunzip: bool,
    output: &mut Output<'_>,
    reporter: &mut Reporter,
) -> Result<(), ExportError> {
    let failed = |error| ExportError::io(operation, "the export cannot be written", error);
    let total = response.headers().get(CONTENT_LENGTH);
    reporter.begin(total.and_then(|total| total.to_str().ok()?.parse().ok()));
    let received = Arc::new(AtomicU64::new(0));
    let source = source(response.into_inner(), gunzip, &received).await;
    let mut source = source.map_err(|error| unreadable(operation, error))?;
    loop {
        let read = source.fill_buf().await;
        let chunk = read.map_err(|error| unreadable(operation, error))?;
        if chunk.is_empty() {
            break;
        }
        let length = chunk.len();
        output.write(chunk).await.map_err(failed)?;
        source.consume(length);
        reporter.wrote(received.load(Ordering::Relaxed), length);
    }
    // The end of a gzip file holds no data.
    reporter.wrote(received.load(Ordering::Relaxed), 0);
    output.flush().await.map_err(failed)
}

async fn source(
    stream: ByteStream,
    gunzip: bool,
    received: &Arc<AtomicU64>,
) -> io::Result<Pin<Box<dyn AsyncBufRead + Send>>> {
    let received = Arc::clone(received);
    let mut packed = StreamReader::new(Counted { stream, received });
    if !gunzip {
        return Ok(Box::pin(packed));
    }
    let start = start(&mut packed).await?;
    let is_packed = MAGIC.starts_with(&start);
    let whole = Cursor::new(start).chain(packed);
    // A proxy may have unpacked it: neither headers nor names show that.
    if !is_packed {
        return Ok(Box::pin(whole));
    }
    let mut unpacked = GzipDecoder::new(whole);
    // A file may consist of several members; nothing else may follow.
    unpacked.multiple_members(true);
    Ok(Box::pin(BufReader::with_capacity(UNPACKED, unpacked)))
}

/// Reads as many bytes as show whether the data is gzip, or fewer at its end.
async fn start(data: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    while start.len() < MAGIC.len() {
        let chunk = data.fill_buf().await?;
        if chunk.is_empty() {
            break;
        }
        let length = chunk.len().min(MAGIC.len() - start.len());
        start.extend_from_slice(&chunk[..length]);
        data.consume(length);
    }
    Ok(start)
}

/// Either the error of the stream, or that of unpacking.
fn unreadable(operation: &'static Operation, error: io::Error) -> ExportError {
    match error.downcast::<Error>() {
        Ok(error) => error.into(),
        Err(error) => ExportError::gzip(operation, error),
    }
}

/// A download that counts what it received.
struct Counted {
    stream: ByteStream,
    received: Arc<AtomicU64>,
}

impl Stream for Counted {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(Pin::new(&mut self.stream).poll_next(context));
        if let Some(Ok(chunk)) = &chunk {
            let length = chunk.len() as u64;
            self.received.fetch_add(length, Ordering::Relaxed);
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(io::Error::other)))
    }
}
