//! Bodies that are read as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::{FusedStream, Stream};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::Error;
use crate::wire::endpoint::Endpoint;
use crate::wire::timeout::{Elapsed, Phase, Timeouts};
use crate::wire::{CallStats, RawResponse};

/// The body of a download, as a stream of chunks.
///
/// Each chunk has to arrive within the read timeout, counted from when it is asked for. A truncated body ends with an
/// error.
///
/// ```no_run
/// # async fn run(intercom: intercom_client::Intercom) -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::Write;
/// use intercom_client::Method;
///
/// let request = intercom.request(Method::GET, "/download/content/data/abc");
/// let mut stream = request.send_stream().await?.into_inner();
/// let mut file = std::fs::File::create("export.zip")?;
/// while let Some(chunk) = stream.next().await {
///     file.write_all(&chunk?)?;
/// }
/// # Ok(()) }
/// ```
pub struct ByteStream {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>,
    endpoint: Endpoint,
    timeouts: Timeouts,
    /// The response that it is the body of.
    head: RawResponse,
    /// When its call was made.
    started: Instant,
    /// The timer, once it was needed; it runs while a chunk is awaited.
    timer: Option<Pin<Box<Sleep>>>,
    armed: Option<Elapsed>,
    ended: bool,
}

impl ByteStream {
    /// Creates the body of the response to a call that was made at `started`.
    pub(crate) fn new(
        response: reqwest::Response,
        head: RawResponse,
        endpoint: Endpoint,
        timeouts: Timeouts,
        started: Instant,
    ) -> Self {
        Self {
            body: Box::pin(response.bytes_stream()),
            endpoint,
            timeouts,
            head,
            started,
            timer: None,
            armed: None,
            ended: false,
        }
    }

    /// Returns the next chunk, or `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next chunk, or `Ok(None)` after the last one.
    ///
    /// # Errors
    /// [`ErrorKind::Body`](crate::ErrorKind::Body) if the body is truncated, and
    /// [`ErrorKind::ReadTimeout`](crate::ErrorKind::ReadTimeout) if the chunk does not arrive in time.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        self.next().await.transpose()
    }

    /// Reads the rest of the body into memory.
    ///
    /// # Errors
    /// Those of [`try_next`](Self::try_next). The chunks that were read until then are lost.
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let mut body = BytesMut::new();
        while let Some(chunk) = self.try_next().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    /// Ready once a timeout is exceeded, with that timeout.
    fn poll_late(&mut self, context: &mut Context<'_>) -> Poll<Elapsed> {
        let late = match self.armed {
            Some(late) => late,
            None => {
                let Some((end, late)) = self.timeouts.deadline_of(Phase::Chunk) else {
                    return Poll::Pending;
                };
                match &mut self.timer {
                    Some(timer) => timer.as_mut().reset(end),
                    None => self.timer = Some(Box::pin(sleep_until(end))),
                }
                *self.armed.insert(late)
            }
        };
        if let Some(timer) = &mut self.timer {
            ready!(timer.as_mut().poll(context));
        }
        Poll::Ready(late)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let item = match self.body.as_mut().poll_next(context) {
            Poll::Ready(Some(Ok(chunk))) if !self.timeouts.are_over() => {
                self.armed = None;
                return Poll::Ready(Some(Ok(chunk)));
            }
            Poll::Ready(Some(Err(error))) => Some(Error::broken_body(
                &self.endpoint,
                error,
                Some(self.head.clone()),
            )),
            Poll::Ready(None) => None,
            // A chunk that is too late is dropped; the timer is due at once.
            Poll::Ready(Some(Ok(_))) | Poll::Pending => {
                let late = ready!(self.poll_late(context));
                Some(Error::timeout(
                    &self.endpoint,
                    late,
                    Some(self.head.clone()),
                ))
            }
        };
        self.ended = true;
        let stats = CallStats {
            attempts: self.head.stats.attempts,
            elapsed: self.started.elapsed(),
        };
        Poll::Ready(item.map(|error| Err(error.with_stats(stats))))
    }
}

impl FusedStream for ByteStream {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
