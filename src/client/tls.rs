//! Whether the HTTP client has the TLS that it needs.

use crate::wire::base_url::BaseUrl;

const NO_TLS: &str = "the base URL is https, and TLS is not compiled in: enable one of the features `rustls`, \
    `rustls-no-provider` and `native-tls`, or give a ready-made `http_client` that has it";
#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
const NO_PROVIDER: &str = "no rustls provider: install one before the client is built";

/// What is wrong, if no client comes of a builder, or none that reaches the base URL.
///
/// Other crates of a program may switch on TLS of reqwest, so features alone do not tell that there is none.
pub(super) fn problem(
    builder: &reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Option<&'static str> {
    let has_feature = cfg!(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ));
    if !has_feature && base_url.is_https() && !has_tls(builder) {
        return Some(NO_TLS);
    }
    // reqwest panics where none is there and it has none of its own.
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Some(NO_PROVIDER);
    }
    None
}

/// Whether TLS of reqwest is switched on, which only the `Debug` of a builder tells: it has settings of TLS then.
fn has_tls(builder: &reqwest::ClientBuilder) -> bool {
    format!("{builder:?}").contains("tls_sni: ")
}
