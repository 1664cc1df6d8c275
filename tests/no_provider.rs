//! A client whose application has installed no rustls provider.
#![cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "rustls-ring"))
))]

use std::sync::Arc;

use intercom_client::{ErrorKind, Intercom, reqwest};
use rustls::crypto::{CryptoProvider, aws_lc_rs};

#[test]
fn a_missing_provider_is_an_error_that_says_so() {
    let given = |builder| Intercom::builder("token").http_client_builder(builder);
    for builder in [
        Intercom::builder("token"),
        // reqwest would panic, wherever the requests go.
        Intercom::builder("token").base_url("http://127.0.0.1:1"),
        given(reqwest::Client::builder()),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("no rustls provider"), "{error}");
    }
}

#[test]
fn preconfigured_tls_needs_no_provider() {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let builder = reqwest::Client::builder().tls_backend_preconfigured(config);
    let intercom = Intercom::builder("token").http_client_builder(builder);
    intercom.build().unwrap();
    assert!(CryptoProvider::get_default().is_none());
}

#[test]
fn tls_that_reqwest_does_not_know_is_an_error() {
    let builder = reqwest::Client::builder().tls_backend_preconfigured("a text");
    let error = Intercom::builder("token")
        .http_client_builder(builder)
        .build();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Configuration);
}
