//! The future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Response;
use crate::error::Error;

/// The future of a call: of a [`Response`], which `send()` returns, or of its value, which `.await` makes of a request.
///
/// A request is not a [`Future`] itself. For functions and macros that take one, such as `tokio::spawn` and `join!`, call
/// `into_future()`, or `send()` for the response. Nothing is sent before the future is polled.
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

impl<T: 'static> CallFuture<Response<T>> {
    /// Returns the future of the response's value.
    #[allow(dead_code, reason = "a build may be without operations")]
    pub(crate) fn into_value(self) -> CallFuture<T> {
        CallFuture::new(async { self.await.map(Response::into_inner) })
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
