//! Spans and events of calls for `tracing` (feature `tracing`), with OpenTelemetry's names if it has some.
//!
//! They hold no header, no body, and no id but that of the request.

use std::time::Duration;

use crate::error::Error;
use crate::transport::Settings;
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;

/// The span of a call.
#[derive(Clone)]
pub(crate) struct Span(#[cfg(feature = "tracing")] tracing::Span);

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self, reason = "there is nothing to record")]
impl Span {
    pub(crate) fn new(_: &Endpoint, _: Option<&str>, _: &Settings) -> Self {
        Self()
    }

    pub(crate) fn around<F>(self, call: F) -> F {
        call
    }

    pub(crate) fn retrying(&self, _: &Error, _: Duration) {}

    pub(crate) fn waited(&self, _: Duration) {}

    pub(crate) fn record_response(&self, _: &RawResponse) {}

    pub(crate) fn failed(&self, _: &Error) {}

    pub(crate) fn left_out(&self, _: &Endpoint, _: &[String]) {}
}

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(endpoint: &Endpoint, version: Option<&str>, settings: &Settings) -> Self {
        use tracing::field::{self, Empty};

        let address = || settings.base_url.address();
        // Its fields are computed only if somebody records them.
        Self(tracing::info_span!(
            "intercom",
            otel.name = name(endpoint),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = method(endpoint),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = endpoint.template(),
            server.address = address().map(|(host, _)| host.trim_matches(['[', ']'])),
            server.port = address().and_then(|(_, port)| port),
            "error.type" = Empty,
            intercom.operation = endpoint.name(),
            intercom.version = version,
            intercom.region = settings.region.map(field::display),
            intercom.attempts = Empty,
            intercom.request_id = Empty,
        ))
    }

    /// Runs the call inside of its span, which records its error.
    pub(crate) fn around<T>(
        self,
        call: impl Future<Output = Result<T, Error>> + Send,
    ) -> impl Future<Output = Result<T, Error>> + Send {
        use tracing::Instrument;

        let span = self.0.clone();
        async move { call.await.inspect_err(|error| self.failed(error)) }.instrument(span)
    }

    /// Records that the request is retried after a delay.
    pub(crate) fn retrying(&self, error: &Error, delay: Duration) {
        tracing::info!(
            parent: &self.0,
            http.request.resend_count = error.attempts(),
            http.response.status_code = error.status().map(|status| status.as_u16()),
            "error.type" = type_of(error),
            delay_ms = millis(delay),
            "retrying the request after a delay",
        );
    }

    /// Records that the request waited for the rate limit.
    pub(crate) fn waited(&self, wait: Duration) {
        tracing::debug!(parent: &self.0, wait_ms = millis(wait), "waited for the rate limit");
    }

    /// Records the response that the call succeeded with.
    pub(crate) fn record_response(&self, parts: &RawResponse) {
        self.0
            .record("http.response.status_code", parts.status.as_u16());
        self.0.record("intercom.request_id", parts.request_id());
        self.attempts(parts.stats.attempts);
    }

    pub(crate) fn failed(&self, error: &Error) {
        self.0.record("otel.status_code", "ERROR");
        self.0.record("error.type", type_of(error));
        let status = error.status().map(|status| status.as_u16());
        self.0.record("http.response.status_code", status);
        self.0.record("intercom.request_id", error.request_id());
        self.attempts(error.attempts());
    }

    /// Records the paths of values in the response that could not be read, and no values.
    pub(crate) fn left_out(&self, endpoint: &Endpoint, paths: &[String]) {
        tracing::warn!(
            parent: &self.0,
            intercom.operation = endpoint.name(),
            intercom.unread = paths.len(),
            intercom.unread.paths = paths.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", "),
            "left out of the response what could not be read",
        );
    }

    fn attempts(&self, attempts: u32) {
        self.0.record("intercom.attempts", attempts);
        if let Some(again @ 1..) = attempts.checked_sub(1) {
            self.0.record("http.request.resend_count", again);
        }
    }
}

/// Returns the method and the path template, of which there are as many as operations.
#[cfg(feature = "tracing")]
fn name(endpoint: &Endpoint) -> String {
    match (endpoint.template(), method(endpoint)) {
        (Some(template), method) => format!("{method} {template}"),
        (None, OTHER) => "HTTP".to_owned(),
        (None, method) => method.to_owned(),
    }
}

/// Gives methods that a caller made up one name, so that their number is limited.
#[cfg(feature = "tracing")]
fn method(endpoint: &Endpoint) -> &str {
    match endpoint.method() {
        known @ ("CONNECT" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT"
        | "TRACE") => known,
        _ => OTHER,
    }
}

#[cfg(feature = "tracing")]
const OTHER: &str = "_OTHER";

/// Returns the status if it reports the error, else the kind.
#[cfg(feature = "tracing")]
fn type_of(error: &Error) -> String {
    match error.status() {
        Some(status) if status.as_u16() >= 400 => status.as_str().to_owned(),
        _ => format!("{:?}", error.kind()),
    }
}

#[cfg(feature = "tracing")]
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
