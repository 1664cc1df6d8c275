//! A client in a program without TLS.
#![cfg(not(any(
    feature = "rustls",
    feature = "rustls-ring",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]

use intercom_client::{ErrorKind, Intercom, reqwest};

#[test]
fn an_https_url_without_tls_is_an_error_that_names_the_features() {
    let own = Intercom::builder("token");
    let given = Intercom::builder("token").http_client_builder(reqwest::Client::builder());
    let elsewhere = Intercom::builder("token").base_url("https://proxy.example/intercom");
    for builder in [own, given, elsewhere] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = error.to_string();
        for feature in [
            "`rustls`",
            "`rustls-ring`",
            "`rustls-no-provider`",
            "`native-tls`",
        ] {
            assert!(text.contains(feature), "{text}");
        }
    }
}

#[test]
fn what_needs_no_tls_or_may_have_its_own_is_built() {
    let plain = Intercom::builder("token").base_url("http://127.0.0.1:1");
    let allowed = Intercom::builder("token")
        .base_url("http://proxy.example")
        .allow_http(true);
    let ready = Intercom::builder("token").http_client(reqwest::Client::new());
    for builder in [plain, allowed, ready] {
        builder.build().unwrap();
    }
}
