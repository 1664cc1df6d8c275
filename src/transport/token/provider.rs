//! Sources of tokens that have to be awaited.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{BoxError, Token};

/// An asynchronous source of access tokens, such as a vault.
///
/// It is called before each attempt of each request, so it should cache the token while that is valid.
/// If you do not need a type of your own, use a closure or a [`SharedToken`](crate::SharedToken); see
/// [`TokenSource`](crate::TokenSource).
///
/// ```
/// use std::io::Error;
/// use intercom_client::{Intercom, Token, TokenProvider};
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     type Error = Error;
///
///     async fn token(&self) -> Result<Token, Error> {
///         let token = tokio::fs::read_to_string("/run/secrets/intercom").await?;
///         Ok(token.into())
///     }
/// }
///
/// let intercom = Intercom::builder(Vault).build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// The error of the source: any error, or a `Box<dyn Error + Send + Sync>`.
    type Error: Into<Box<dyn StdError + Send + Sync>>;

    /// Returns the token to use now.
    ///
    /// # Errors
    /// Any error of the source. It becomes the [source](std::error::Error::source) of an error of kind
    /// [`ErrorKind::Token`](crate::ErrorKind::Token).
    fn token(&self) -> impl Future<Output = Result<Token, Self::Error>> + Send;
}

impl<P: TokenProvider> TokenProvider for Arc<P> {
    type Error = P::Error;

    fn token(&self) -> impl Future<Output = Result<Token, Self::Error>> + Send {
        P::token(self)
    }
}

type Waiting<'p> = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + 'p>>;

/// A provider of any type.
pub(super) trait DynProvider: Send + Sync {
    fn waiting(&self) -> Waiting<'_>;
}

impl<P: TokenProvider> DynProvider for P {
    fn waiting(&self) -> Waiting<'_> {
        Box::pin(async { self.token().await.map_err(Into::into) })
    }
}
