//! Why no response came: what the HTTP client's errors say.

use std::error::Error as StdError;

use super::kind::ErrorKind;

/// Returns the kind and the message of an error for which `is_connect` holds.
///
/// The types of the causes are private to the HTTP client, so their texts are compared.
pub(super) fn kind(error: &reqwest::Error) -> (ErrorKind, &'static str) {
    let is_https = error.url().is_some_and(|url| url.scheme() == "https");
    if error.is_timeout() {
        (
            ErrorKind::ConnectTimeout,
            "timed out: could not connect to the server",
        )
    } else if says(error, "dns error") {
        (ErrorKind::Dns, "no address of the server was found")
    } else if is_https
        && !says(error, "tcp connect error")
        && !says(error, "tunnel error")
        && !says(error, "SOCKS error")
    {
        (ErrorKind::Tls, "could not establish TLS with the server")
    } else {
        (ErrorKind::Connect, "could not connect to the server")
    }
}

/// The texts of `h2` for a request that the server did not process.
const NOT_PROCESSED: &[&str] = &[
    "stream error received: refused stream before processing any application logic",
    "connection error received: not a result of an error",
];

/// Whether the server reports that it did not process the request. If a connection goes away for another reason, the request
/// may have failed halfway.
pub(super) fn is_not_processed(error: &reqwest::Error) -> bool {
    for words in NOT_PROCESSED {
        if says(error, words) {
            return true;
        }
    }
    false
}

fn says(error: &reqwest::Error, what: &str) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.to_string().starts_with(what) {
            return true;
        }
        cause = error.source();
    }
    false
}
