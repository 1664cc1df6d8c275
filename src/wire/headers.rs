//! What the headers of a response say about when to send the next request.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

static LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The state of a rate limit when a response was sent.
///
/// Intercom divides an app's limit into windows of ten seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests a window allows.
    pub limit: Option<u64>,
    /// How many of them are left in the current window.
    pub remaining: Option<u64>,
    /// When the next window begins.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// None if the headers report nothing.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let limit = number(headers, &LIMIT);
        let remaining = number(headers, &REMAINING);
        let reset = number(headers, &RESET)
            .and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        (limit.is_some() || remaining.is_some() || reset.is_some()).then_some(Self {
            limit,
            remaining,
            reset,
        })
    }
}

/// The wait that `Retry-After` asks for, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    match value.parse() {
        // With a fraction, or more than can be counted.
        Ok(seconds) if is_number(value) => {
            Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
        }
        _ => Some(until(httpdate::parse_http_date(value).ok()?, headers)),
    }
}

/// A longer time to the next window is ignored: windows have ten seconds.
pub(crate) const MAX_WINDOW: Duration = Duration::from_secs(60);

/// The time to the next window.
pub(crate) fn until_reset(headers: &HeaderMap) -> Option<Duration> {
    let reset = RateLimit::from_headers(headers)?.reset?;
    let wait = until(reset, headers);
    (wait <= MAX_WINDOW).then_some(wait)
}

/// By the server's clock if it sends the time, since ours may be off.
fn until(time: SystemTime, headers: &HeaderMap) -> Duration {
    let now = date(headers).unwrap_or_else(SystemTime::now);
    time.duration_since(now).unwrap_or_default()
}

/// The server's clock when it sent a response, in whole seconds.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// Whether a text is of digits, with or without a fraction.
fn is_number(text: &str) -> bool {
    for byte in text.bytes() {
        if !matches!(byte, b'0'..=b'9' | b'.') {
            return false;
        }
    }
    true
}

/// Whether a text has no space, and no character that a header cannot carry.
pub(crate) fn is_visible(text: &str) -> bool {
    for byte in text.bytes() {
        if !byte.is_ascii_graphic() {
            return false;
        }
    }
    true
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).parse().unwrap(), (*value).parse().unwrap()))
            .collect()
    }

    #[test]
    fn a_wait_is_read_as_seconds_and_as_a_date() {
        let seconds = headers(&[("retry-after", " 7")]);
        assert_eq!(retry_after(&seconds), Some(Duration::from_secs(7)));
        let fraction = headers(&[("retry-after", "1.5")]);
        assert_eq!(retry_after(&fraction), Some(Duration::from_millis(1500)));
        let date = headers(&[
            ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"),
        ]);
        assert_eq!(retry_after(&date), Some(Duration::from_secs(30)));
        assert_eq!(retry_after(&headers(&[("retry-after", "soon")])), None);
    }

    #[test]
    fn a_time_that_has_passed_is_no_wait() {
        let past = headers(&[("x-ratelimit-reset", "1")]);
        assert_eq!(until_reset(&past), Some(Duration::ZERO));
    }

    #[test]
    fn absent_and_absurd_headers_are_no_rate_limit() {
        assert_eq!(RateLimit::from_headers(&headers(&[])), None);
        let absurd = headers(&[("x-ratelimit-reset", "18446744073709551615")]);
        assert_eq!(until_reset(&absurd), None);
        assert_eq!(
            RateLimit::from_headers(&headers(&[("x-ratelimit-limit", "-1")])),
            None
        );
    }
}
