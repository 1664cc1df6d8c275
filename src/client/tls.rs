//! Builds the HTTP client, and checks for the TLS that it needs: reqwest would fail with the first request, or panic.

use crate::error::Error;
use crate::wire::base_url::BaseUrl;

const NO_TLS: &str = "the base URL is https, and TLS is not compiled in: enable one of the features `rustls`, \
    `rustls-ring`, `rustls-no-provider` and `native-tls`, or give a ready-made `http_client` that has it";
const NO_PROVIDER: &str = "no rustls provider: install one before the client is built, or give an \
    `http_client_builder` with preconfigured TLS";

/// Builds the HTTP client from the caller's builder or ours.
///
/// Other crates of a program may switch on TLS of reqwest, so our features alone do not prove that there is none.
pub(super) fn build(
    builder: reqwest::ClientBuilder,
    is_given: bool,
    base_url: &BaseUrl,
) -> Result<reqwest::Client, Error> {
    let has_feature = cfg!(any(
        feature = "rustls",
        feature = "rustls-ring",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ));
    if !has_feature && base_url.is_https() && !has_tls(&builder) {
        return Err(Error::configuration(NO_TLS));
    }
    let client = if has_provider() {
        builder.build()
    } else if is_given || cfg!(feature = "native-tls") {
        build_without_provider(builder)?
    } else {
        with_ring(builder)?.build()
    };
    client.map_err(Error::http_client)
}

/// Whether TLS of reqwest is switched on. Only the `Debug` of a builder shows that: it has settings of TLS then.
fn has_tls(builder: &reqwest::ClientBuilder) -> bool {
    format!("{builder:?}").contains("tls_sni: ")
}

/// Whether reqwest finds a provider: its own, or that of the process.
fn has_provider() -> bool {
    #[cfg(all(
        any(feature = "rustls-ring", feature = "rustls-no-provider"),
        not(feature = "rustls")
    ))]
    return rustls::crypto::CryptoProvider::get_default().is_some();
    #[cfg(not(all(
        any(feature = "rustls-ring", feature = "rustls-no-provider"),
        not(feature = "rustls")
    )))]
    true
}

/// Sets up TLS with ring and the platform's verifier, as reqwest does with its own provider. It installs no provider for
/// the process: that is up to the application.
///
/// reqwest ignores all other TLS settings of a builder that has TLS already, so this is only for builders of our own.
#[cfg(feature = "rustls-ring")]
fn with_ring(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(Error::tls)?;
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(not(feature = "rustls-ring"))]
fn with_ring(_: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Err(Error::configuration(NO_PROVIDER))
}

/// Native and preconfigured TLS need no provider, and there is no way to ask a builder for it beforehand: without one,
/// reqwest panics.
fn build_without_provider(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::Result<reqwest::Client>, Error> {
    let build = std::panic::AssertUnwindSafe(|| builder.build());
    std::panic::catch_unwind(build).map_err(|_| Error::configuration(NO_PROVIDER))
}
