//! A token that can be set while clients use it.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::Token;

/// An access token that can be replaced while clients use it.
///
/// Clones share the token: give one to a client and keep one to set it. The next attempt of each request
/// uses the new token. `Debug` does not show the token.
///
/// ```
/// use intercom_client::{Intercom, SharedToken};
///
/// let token = SharedToken::new("the old one");
/// let intercom = Intercom::builder(token.clone()).build()?;
/// token.set("the new one");
/// # Ok::<(), intercom_client::Error>(())
/// ```
#[derive(Clone)]
pub struct SharedToken(Arc<RwLock<Token>>);

impl SharedToken {
    /// Creates a token that can be replaced. It may be empty; calls then fail with
    /// [`ErrorKind::Token`](crate::ErrorKind::Token) until another is set.
    pub fn new(token: impl Into<Token>) -> Self {
        Self(Arc::new(RwLock::new(token.into())))
    }

    /// Replaces the token for all clones.
    pub fn set(&self, token: impl Into<Token>) {
        let token = token.into();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    pub(super) fn get(&self) -> Token {
        let token = self.0.read().unwrap_or_else(PoisonError::into_inner);
        token.clone()
    }
}

impl fmt::Debug for SharedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedToken([redacted])")
    }
}
