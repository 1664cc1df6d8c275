//! A client whose application has installed no rustls provider.
#![cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]

use intercom_client::{ErrorKind, Intercom};

#[test]
fn a_missing_provider_is_an_error_that_says_so() {
    let error = Intercom::new("token").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("no rustls provider"), "{error}");
}
