//! What a client accepts as its token.

use std::future::Future;

use super::{BoxError, Credentials, SharedToken, Token, TokenProvider};

/// What [`Intercom::builder`](crate::Intercom::builder) and [`Intercom::with_token`](crate::Intercom::with_token) accept as
/// the access token.
///
/// It may be text or a [`Token`]:
///
/// ```
/// # use intercom_client::{Intercom, Token};
/// let intercom = Intercom::builder("access_token").build()?;
/// let intercom = Intercom::builder(String::from("access_token")).build()?;
/// let intercom = Intercom::builder(Token::from("access_token")).build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
///
/// All others are read before each attempt of each request. It may be a [`SharedToken`], which is set from elsewhere:
///
/// ```
/// # use intercom_client::{Intercom, SharedToken};
/// let token = SharedToken::new("access_token");
/// let intercom = Intercom::builder(token.clone()).build()?;
/// token.set("another_token");
/// # Ok::<(), intercom_client::Error>(())
/// ```
///
/// It may be a closure that returns text or a [`Token`], and does not block for longer than it takes to read a lock:
///
/// ```
/// # use intercom_client::Intercom;
/// # use std::sync::{Arc, RwLock};
/// let current = Arc::new(RwLock::new(String::from("access_token")));
/// let reader = Arc::clone(&current);
/// let intercom = Intercom::builder(move || reader.read().unwrap().clone()).build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
///
/// It may be a closure that returns a future of a `Result`. The future owns what it uses, so clone that for each future:
///
/// ```
/// # use intercom_client::Intercom;
/// # use std::io::Error;
/// # use std::sync::Arc;
/// # struct Vault;
/// # impl Vault { async fn secret(&self, _: &str) -> Result<String, Error> { Ok(String::from("access_token")) } }
/// let intercom = Intercom::builder(async || tokio::fs::read_to_string("/run/secrets/intercom").await).build()?;
///
/// let vault = Arc::new(Vault);
/// let intercom = Intercom::builder(move || {
///     let vault = Arc::clone(&vault);
///     async move { vault.secret("intercom").await }
/// })
/// .build()?;
/// # Ok::<(), intercom_client::Error>(())
/// ```
///
/// And it may be a type of your own that is a [`TokenProvider`].
///
/// `M` is inferred: it distinguishes these forms. A function that passes a source on is `fn f<M>(token: impl TokenSource<M>)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no source of access tokens",
    label = "no source of access tokens",
    note = "it may be a text, a `Token`, a `SharedToken`, a `TokenProvider`, a closure that returns a text or a `Token`, or a \
            closure that returns a `Send` future of a `Result` of one"
)]
pub trait TokenSource<M> {
    #[doc(hidden)]
    fn into_credentials(self) -> Credentials;
}

/// Markers of the forms of sources, which distinguish their implementations.
pub mod form {
    /// A value that becomes a token.
    #[derive(Debug)]
    pub struct Text;
    /// A token that can be replaced.
    #[derive(Debug)]
    pub struct Shared;
    /// A closure that returns a token.
    #[derive(Debug)]
    pub struct Closure;
    /// A closure that returns a future of a token.
    #[derive(Debug)]
    pub struct AsyncClosure;
    /// A type of the caller's own.
    #[derive(Debug)]
    pub struct Provider;
}

impl<T: Into<Token>> TokenSource<form::Text> for T {
    fn into_credentials(self) -> Credentials {
        self.into().into()
    }
}

impl TokenSource<form::Shared> for SharedToken {
    fn into_credentials(self) -> Credentials {
        Credentials::ready(move || Ok(self.get()))
    }
}

impl<F, T> TokenSource<form::Closure> for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Into<Token>,
{
    fn into_credentials(self) -> Credentials {
        Credentials::ready(move || Ok(self().into()))
    }
}

impl<F, R, T, E> TokenSource<form::AsyncClosure> for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<Token> + 'static,
    E: Into<BoxError> + 'static,
{
    fn into_credentials(self) -> Credentials {
        Credentials::provider(Asked(self))
    }
}

impl<P: TokenProvider> TokenSource<form::Provider> for P {
    fn into_credentials(self) -> Credentials {
        Credentials::provider(self)
    }
}

/// A closure as a provider.
struct Asked<F>(F);

impl<F, R, T, E> TokenProvider for Asked<F>
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<Token> + 'static,
    E: Into<BoxError> + 'static,
{
    type Error = BoxError;

    fn token(&self) -> impl Future<Output = Result<Token, BoxError>> + Send {
        let token = (self.0)();
        async { token.await.map(Into::into).map_err(Into::into) }
    }
}
