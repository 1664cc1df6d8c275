//! The future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Error;

/// The future of a call, which `.await` makes of a request.
///
/// A request is not a [`Future`] itself. For functions and macros that take one, such as `tokio::spawn` and `join!`, call
/// `into_future()`. Nothing is sent before the future is polled.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "admins", feature = "tags"))]
/// # async fn example(api: intercom_client::v2_14::Api) -> Result<(), Box<dyn std::error::Error>> {
/// use std::future::IntoFuture;
///
/// let tags = tokio::spawn(api.tags().list().into_future());
/// let me = api.admins().me().await?;
/// println!("{:?} has {} tags", me.name, tags.await??.data.len());
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct CallFuture<T>(Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>);

impl<T> CallFuture<T> {
    #[allow(dead_code, reason = "a build may be without operations")]
    #[inline]
    pub(crate) fn new(call: impl Future<Output = Result<T, Error>> + Send + 'static) -> Self {
        Self(Box::pin(call))
    }
}

impl<T> Future for CallFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
