//! The credentials of a client.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::HeaderValue;

/// The error that a [`TokenProvider`] may fail with; any error type turns into it with `?`.
pub type TokenError = Box<dyn std::error::Error + Send + Sync>;

/// What [`TokenProvider::token`] returns.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<String, TokenError>> + Send + 'a>>;

/// A source of access tokens, for those that expire or are rotated.
///
/// It is asked before each attempt of each request, so it should keep the token it has for as
/// long as that is valid. A closure that returns a future is a provider too:
///
/// ```
/// use intercom_client::Intercom;
///
/// let intercom = Intercom::builder(|| async { std::fs::read_to_string("/run/secrets/intercom") })
///     .build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// The token to use now, without `Bearer`.
    ///
    /// # Errors
    /// Whatever kept the token from being had; it becomes the source of an
    /// [`ErrorKind::Token`](crate::ErrorKind::Token).
    fn token(&self) -> TokenFuture<'_>;
}

impl<F, R, E> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<String, E>> + Send + 'static,
    E: Into<TokenError>,
{
    fn token(&self) -> TokenFuture<'_> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// An access token, or where to get one; made from a string or from a [`TokenProvider`].
///
/// Its `Debug` does not show the token.
#[derive(Clone)]
pub struct Token(Source);

#[derive(Clone)]
enum Source {
    /// The header that it is sent in, or why it cannot be.
    Fixed(Result<HeaderValue, &'static str>),
    Provider(Arc<dyn TokenProvider>),
}

impl Token {
    /// Why a fixed token cannot be used, in words that do not quote it.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        match &self.0 {
            Source::Fixed(header) => header.as_ref().err().copied(),
            Source::Provider(_) => None,
        }
    }

    /// The value of `Authorization`, where it need not be asked for.
    pub(crate) fn fixed(&self) -> Option<HeaderValue> {
        match &self.0 {
            Source::Fixed(header) => header.clone().ok(),
            Source::Provider(_) => None,
        }
    }

    /// The value of `Authorization`, marked so that nothing prints it.
    pub(crate) async fn authorization(&self) -> Result<HeaderValue, TokenFailure> {
        match &self.0 {
            Source::Fixed(header) => header.clone(),
            Source::Provider(provider) => match provider.token().await {
                // Files and secret stores like to end a token with a line break.
                Ok(token) => bearer(token.trim()),
                Err(cause) => {
                    return Err(TokenFailure {
                        problem: "the provider failed",
                        cause: Some(cause),
                    });
                }
            },
        }
        .map_err(|problem| TokenFailure {
            problem,
            cause: None,
        })
    }
}

/// Why there is no token to send.
pub(crate) struct TokenFailure {
    /// It does not quote the token.
    pub(crate) problem: &'static str,
    /// What the provider failed with.
    pub(crate) cause: Option<TokenError>,
}

fn bearer(token: &str) -> Result<HeaderValue, &'static str> {
    if let Some(problem) = problem(token) {
        return Err(problem);
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| ILLEGAL)?;
    value.set_sensitive(true);
    Ok(value)
}

const ILLEGAL: &str = "the access token holds a space, or a character that a header cannot carry";

fn problem(token: &str) -> Option<&'static str> {
    if token.trim().is_empty() {
        Some("the access token is empty")
    } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some(ILLEGAL)
    } else {
        None
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Source::Fixed(_) => "Token([redacted])",
            Source::Provider(_) => "Token(provider)",
        })
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self(Source::Fixed(bearer(token)))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self(Source::Fixed(bearer(&token)))
    }
}

impl From<&String> for Token {
    fn from(token: &String) -> Self {
        Self(Source::Fixed(bearer(token)))
    }
}

impl<P: TokenProvider> From<P> for Token {
    fn from(provider: P) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }
}

impl From<Arc<dyn TokenProvider>> for Token {
    fn from(provider: Arc<dyn TokenProvider>) -> Self {
        Self(Source::Provider(provider))
    }
}
