//! The access tokens of a client, and their sources.

mod provider;
mod shared;
mod source;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use self::provider::DynProvider;
pub use self::provider::TokenProvider;
pub use self::shared::SharedToken;
pub use self::source::TokenSource;
use crate::wire::headers::is_visible;

/// An access token, made from text: as the Developer Hub shows it, without `Bearer` before it.
///
/// White space around it is dropped, since files and secret stores often end a token with a line break. Calls fail if the text
/// cannot be sent in a header. `Debug` does not show the token.
///
/// ```
/// use intercom_client::Token;
///
/// let token = Token::from("access_token\n");
/// assert_eq!(format!("{token:?}"), "Token([redacted])");
/// ```
// The header that it is sent in, or why it cannot be.
#[derive(Clone)]
pub struct Token(Result<HeaderValue, &'static str>);

/// What is sent before it.
const SCHEME: &str = "Bearer";

const EMPTY: &str = "the access token is empty";
const SCHEMED: &str = "the access token begins with `Bearer`, which is sent before it anyway";
const ILLEGAL: &str = "the access token holds a space, or a character that a header cannot carry";

impl Token {
    fn new(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self(Err(EMPTY));
        }
        let first = text.split_ascii_whitespace().next();
        if first.is_some_and(|first| first.eq_ignore_ascii_case(SCHEME)) {
            return Self(Err(SCHEMED));
        }
        if !is_visible(text) {
            return Self(Err(ILLEGAL));
        }
        let Ok(mut value) = HeaderValue::try_from(format!("{SCHEME} {text}")) else {
            return Self(Err(ILLEGAL));
        };
        // So that `Debug` of the headers does not show it.
        value.set_sensitive(true);
        Self(Ok(value))
    }

    /// Why it cannot be used; the text does not quote it.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        self.0.as_ref().err().copied()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self::new(token)
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self::new(&token)
    }
}

impl From<&String> for Token {
    fn from(token: &String) -> Self {
        Self::new(token)
    }
}

type BoxError = Box<dyn StdError + Send + Sync>;

/// The credentials of a client: a token, or its source.
///
/// Not to be named outside of this crate.
#[derive(Clone)]
pub struct Credentials(Source);

#[derive(Clone)]
enum Source {
    Fixed(Token),
    /// Available without waiting.
    Ready(Arc<dyn Fn() -> Result<Token, BoxError> + Send + Sync>),
    Provider(Arc<dyn DynProvider>),
}

impl Credentials {
    fn ready(token: impl Fn() -> Result<Token, BoxError> + Send + Sync + 'static) -> Self {
        Self(Source::Ready(Arc::new(token)))
    }

    fn provider(provider: impl TokenProvider) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }

    /// Why a fixed token cannot be used; the text does not quote it.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        match &self.0 {
            Source::Fixed(token) => token.problem(),
            Source::Ready(_) | Source::Provider(_) => None,
        }
    }

    /// The value of `Authorization`, if it never changes.
    pub(crate) fn fixed(&self) -> Option<HeaderValue> {
        match &self.0 {
            Source::Fixed(token) => token.0.clone().ok(),
            Source::Ready(_) | Source::Provider(_) => None,
        }
    }

    /// The value of `Authorization`, if it is available without waiting.
    pub(crate) fn now(&self) -> Option<Result<HeaderValue, TokenFailure>> {
        match &self.0 {
            Source::Fixed(token) => Some(header(Ok(token.clone()))),
            Source::Ready(token) => Some(header(token())),
            Source::Provider(_) => None,
        }
    }

    /// The value of `Authorization`, marked as sensitive.
    pub(crate) async fn authorization(&self) -> Result<HeaderValue, TokenFailure> {
        header(match &self.0 {
            Source::Fixed(token) => Ok(token.clone()),
            Source::Ready(token) => token(),
            Source::Provider(provider) => provider.waiting().await,
        })
    }
}

impl From<Token> for Credentials {
    fn from(token: Token) -> Self {
        Self(Source::Fixed(token))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Fixed(token) => token.fmt(f),
            Source::Ready(_) | Source::Provider(_) => f.write_str("Token(provider)"),
        }
    }
}

/// Why there is no token to send.
pub(crate) struct TokenFailure {
    /// The text does not quote the token.
    pub(crate) problem: &'static str,
    /// The error of the provider.
    pub(crate) cause: Option<BoxError>,
}

fn header(token: Result<Token, BoxError>) -> Result<HeaderValue, TokenFailure> {
    let (problem, cause) = match token {
        Ok(Token(Ok(header))) => return Ok(header),
        Ok(Token(Err(problem))) => (problem, None),
        Err(cause) => ("the provider failed", Some(cause)),
    };
    Err(TokenFailure { problem, cause })
}
