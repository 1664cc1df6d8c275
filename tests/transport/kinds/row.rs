//! A way to fail, and that the error reports all there is; the conformance crate has more of them.

#![allow(dead_code, reason = "each crate uses its own share")]

use std::collections::BTreeSet;
use std::error::Error as _;
use std::pin::Pin;
use std::time::Duration;

use intercom_client::{Error, ErrorKind};

use crate::{TOKEN, soon};

pub type Making = Pin<Box<dyn Future<Output = Error>>>;

/// A way to fail, and what the error says of it.
pub struct Row {
    pub kind: ErrorKind,
    make: fn() -> Making,
    /// Its text, without the number of attempts and the time that they took.
    says: &'static str,
    attempts: u32,
    status: Option<u16>,
    /// Part of the body of the response, where there is one.
    body: Option<&'static str>,
    /// Whether another error is the cause.
    has_cause: bool,
    /// The predicates that hold.
    pub is: &'static [&'static str],
}

/// A row without a response.
pub const fn row(
    kind: ErrorKind,
    make: fn() -> Making,
    says: &'static str,
    attempts: u32,
    is: &'static [&'static str],
) -> Row {
    Row {
        kind,
        make,
        says,
        attempts,
        status: None,
        body: None,
        has_cause: false,
        is,
    }
}

impl Row {
    pub const fn caused(mut self) -> Self {
        self.has_cause = true;
        self
    }

    pub const fn of(mut self, status: u16, body: &'static str) -> Self {
        self.status = Some(status);
        self.body = Some(body);
        self
    }
}

/// Every predicate of an error, by name.
pub fn predicates(error: &Error) -> [(&'static str, bool); 14] {
    [
        ("is_not_found", error.is_not_found()),
        ("is_gone", error.is_gone()),
        ("is_validation", error.is_validation()),
        ("is_unauthorized", error.is_unauthorized()),
        ("is_forbidden", error.is_forbidden()),
        ("is_conflict", error.is_conflict()),
        ("is_rate_limited", error.is_rate_limited()),
        ("is_quota_exceeded", error.is_quota_exceeded()),
        ("is_server_error", error.is_server_error()),
        ("is_timeout", error.is_timeout()),
        ("is_connect", error.is_connect()),
        ("is_decode", error.is_decode()),
        ("is_retryable", error.is_retryable()),
        ("may_have_acted", error.may_have_acted()),
    ]
}

pub async fn assert_reported(row: &Row) {
    let error = soon((row.make)()).await;
    let about = row.says;
    assert_eq!(error.kind(), row.kind, "{about}: {error:?}");

    let text = error.to_string();
    let rest = text.strip_prefix(about);
    let rest = rest.unwrap_or_else(|| panic!("{text:?} is not {about:?}"));
    let rest = match error.request_id() {
        Some(id) => rest.strip_prefix(&format!(", request {id}")),
        None => Some(rest),
    };
    let rest = rest.unwrap_or_else(|| panic!("{text:?} does not name the request"));
    match row.attempts {
        0 | 1 => assert_eq!(rest, "", "{about}"),
        many => assert!(
            rest.starts_with(&format!(", {many} attempts in ")),
            "{text}"
        ),
    }

    // As the text has it: the operation, and the method in parentheses.
    let target = about.split_once(" (");
    assert_eq!(error.operation(), target.map(|(operation, _)| operation));
    let method = target.and_then(|(_, rest)| rest.split_once(' '));
    assert_eq!(error.method(), method.map(|(method, _)| method), "{about}");

    assert_eq!(error.attempts(), row.attempts, "{about}");
    assert_eq!(
        error.elapsed() > Duration::ZERO,
        row.attempts > 0,
        "{about}"
    );

    let status = error.status().map(|status| status.as_u16());
    assert_eq!(status, row.status, "{about}");
    let has_response = row.status.is_some();
    assert_eq!(error.headers().is_some(), has_response, "{about}");
    assert_eq!(
        error.request_id(),
        has_response.then_some("req-1"),
        "{about}"
    );
    let body = error.body().map(|body| String::from_utf8_lossy(body));
    assert_eq!(body.is_some(), row.body.is_some(), "{about}");
    assert!(
        body.unwrap_or_default()
            .contains(row.body.unwrap_or_default()),
        "{about}"
    );
    let code = about.split_once(", code ").map(|(_, code)| code);
    assert_eq!(error.code(), code, "{about}");
    assert_eq!(error.retry_after(), None, "{about}");

    assert_eq!(error.source().is_some(), row.has_cause, "{about}");
    // For the caller of `body` and `errors` alone.
    for private in [TOKEN, "ada@example.com", "Ada is unknown", "sig=1"] {
        assert!(!crate::text(&error).contains(private), "{about}: {private}");
    }
    let is = predicates(&error);
    let is = is.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name);
    let expected: BTreeSet<_> = row.is.iter().copied().collect();
    assert_eq!(is.collect::<BTreeSet<_>>(), expected, "{about}");
}
