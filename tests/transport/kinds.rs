//! One kind of error for each way to fail, and all that an error reports.

mod causes;
mod row;

use std::collections::BTreeSet;
use std::error::Error as _;
use std::time::Duration;

use intercom_client::ErrorKind::*;

use self::row::{Row, assert_reported, predicates, row};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    row(Configuration, causes::no_token, "cannot build the client: the access token is empty", 0, &[]),
    row(Configuration, causes::token_with_scheme, "cannot build the client: the access token begins with `Bearer`, which is sent before it anyway", 0, &[]),
    row(InvalidRequest, causes::no_id, "contacts.get (GET /contacts/{contact_id}): contact_id is empty", 0, &[]),
    row(Token, causes::provider_fails, "contacts.get (GET /contacts/{contact_id}): no access token: the provider failed", 1, &[]).caused(),
    row(TokenTimeout, causes::provider_hangs, "contacts.get (GET /contacts/{contact_id}): timed out: no access token within 200ms", 1, &["is_timeout"]),
    row(Dns, causes::no_address, "contacts.get (GET /contacts/{contact_id}): no address of the server was found", 3, &["is_connect", "is_retryable"]).caused(),
    row(Connect, causes::nobody_listens, "contacts.get (GET /contacts/{contact_id}): could not connect to the server", 3, &["is_connect", "is_retryable"]).caused(),
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    row(Tls, causes::no_tls, "contacts.get (GET /contacts/{contact_id}): could not establish TLS with the server", 3, &["is_connect", "is_retryable"]).caused(),
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    row(ConnectTimeout, causes::tls_stalls, "contacts.get (GET /contacts/{contact_id}): timed out: could not connect to the server", 3, &["is_connect", "is_retryable", "is_timeout"]).caused(),
    row(ResponseTimeout, causes::says_nothing, "contacts.get (GET /contacts/{contact_id}): timed out: no response within 200ms", 3, &["is_retryable", "is_timeout", "may_have_acted"]),
    row(ResponseTimeout, causes::says_nothing_to_a_write, "contacts.create (POST /contacts): timed out: no response within 200ms", 1, &["is_timeout", "may_have_acted"]),
    row(ReadTimeout, causes::body_stalls, "contacts.get (GET /contacts/{contact_id}): timed out: no more of the body within 200ms", 3, &["is_retryable", "is_timeout", "may_have_acted"]).of(200, "{\"ty"),
    row(CallTimeout, causes::deadline, "contacts.get (GET /contacts/{contact_id}): timed out: the call took longer than 200ms, waiting for a response", 1, &["is_timeout", "may_have_acted"]),
    row(CallTimeout, causes::deadline_in_body, "contacts.get (GET /contacts/{contact_id}): timed out: the call took longer than 2s, reading the body", 1, &["is_timeout", "may_have_acted"]).of(200, "{\"ty"),
    // Nothing was sent, and the text says so.
    row(CallTimeout, causes::deadline_at_token, "contacts.get (GET /contacts/{contact_id}): timed out: the call took longer than 200ms, waiting for an access token", 1, &["is_timeout"]),
    row(CallTimeout, causes::deadline_at_turn, "contacts.get (GET /contacts/{contact_id}): timed out: the call took longer than 200ms, waiting for the rate limit", 1, &["is_timeout"]),
    row(NotProcessed, causes::refused_stream, "contacts.get (GET /contacts/{contact_id}): the server did not process the request", 3, &["is_retryable"]).caused(),
    row(NotProcessed, causes::goes_away, "contacts.create (POST /contacts): the server did not process the request", 3, &["is_retryable"]).caused(),
    row(Transport, causes::hangs_up, "contacts.get (GET /contacts/{contact_id}): no response: the connection broke, or what came is no HTTP", 3, &["is_retryable", "may_have_acted"]).caused(),
    row(Transport, causes::garbage, "contacts.get (GET /contacts/{contact_id}): no response: the connection broke, or what came is no HTTP", 3, &["is_retryable", "may_have_acted"]).caused(),
    row(Transport, causes::hangs_up_on_a_write, "contacts.create (POST /contacts): no response: the connection broke, or what came is no HTTP", 1, &["may_have_acted"]).caused(),
    row(Redirect, causes::redirect, "contacts.get (GET /contacts/{contact_id}): 302 Found to files.example: the redirect is not followed", 1, &[]).of(302, ""),
    row(Redirect, causes::redirect_of_a_write, "contacts.create (POST /contacts): 303 See Other to files.example: the redirect is not followed", 1, &["may_have_acted"]).of(303, ""),
    row(Rejected, causes::status::<401>, "contacts.get (GET /contacts/{contact_id}): 401 Unauthorized by 127.0.0.1, code the_code", 1, &["is_unauthorized"]).of(401, "the_code"),
    row(Rejected, causes::status::<400>, "contacts.get (GET /contacts/{contact_id}): 400 Bad Request, code the_code", 1, &["is_validation"]).of(400, "the_code"),
    row(Rejected, causes::status::<422>, "contacts.get (GET /contacts/{contact_id}): 422 Unprocessable Entity, code the_code", 1, &["is_validation"]).of(422, "the_code"),
    row(Rejected, causes::status::<410>, "contacts.get (GET /contacts/{contact_id}): 410 Gone, code the_code", 1, &["is_gone"]).of(410, "the_code"),
    row(Rejected, causes::status::<403>, "contacts.get (GET /contacts/{contact_id}): 403 Forbidden, code the_code", 1, &["is_forbidden"]).of(403, "the_code"),
    row(Rejected, causes::status::<404>, "contacts.get (GET /contacts/{contact_id}): 404 Not Found, code the_code", 1, &["is_not_found"]).of(404, "the_code"),
    row(Rejected, causes::status::<408>, "contacts.get (GET /contacts/{contact_id}): 408 Request Timeout, code the_code", 3, &["is_retryable", "may_have_acted"]).of(408, "the_code"),
    row(Rejected, causes::status::<409>, "contacts.get (GET /contacts/{contact_id}): 409 Conflict, code the_code", 1, &["is_conflict"]).of(409, "the_code"),
    row(RateLimited, causes::status::<429>, "contacts.get (GET /contacts/{contact_id}): 429 Too Many Requests, code the_code", 3, &["is_rate_limited", "is_retryable"]).of(429, "the_code"),
    row(QuotaExceeded, causes::quota, "data_export.create (POST /export/content/data): 429 Too Many Requests, the quota of pending jobs is used up, code the_code", 1, &["is_quota_exceeded"]).of(429, "the_code"),
    row(Server, causes::status::<500>, "contacts.get (GET /contacts/{contact_id}): 500 Internal Server Error, code the_code", 3, &["is_retryable", "is_server_error", "may_have_acted"]).of(500, "the_code"),
    row(WebPage, causes::web_page::<200>, "contacts.get (GET /contacts/{contact_id}): 200 OK, a web page in place of a response of the API", 1, &["may_have_acted"]).of(200, "<!DOCTYPE"),
    row(WebPage, causes::web_page::<502>, "contacts.get (GET /contacts/{contact_id}): 502 Bad Gateway, a web page in place of a response of the API", 3, &["is_retryable", "is_server_error", "may_have_acted"]).of(502, "<!DOCTYPE"),
    // No such page is Intercom's "no such contact".
    row(WebPage, causes::web_page::<404>, "contacts.get (GET /contacts/{contact_id}): 404 Not Found, a web page in place of a response of the API", 1, &[]).of(404, "<!DOCTYPE"),
    row(Decode, causes::no_json, "contacts.get (GET /contacts/{contact_id}): 200 OK: the JSON ends too early at id (line 1, column 9)", 1, &["is_decode", "may_have_acted"]).of(200, "{\"id\": \"c").caused(),
    row(UnexpectedResponse, causes::no_contact, "contacts.get (GET /contacts/{contact_id}): 200 OK: the response has no `id`", 1, &["may_have_acted"]).of(200, "temporarily"),
    row(EmptyResponse, causes::no_body, "contacts.get (GET /contacts/{contact_id}): 200 OK: the response has no body", 1, &["may_have_acted"]).of(200, ""),
    row(TooLarge, causes::too_large, "contacts.get (GET /contacts/{contact_id}): 200 OK: the body is longer than the limit of this client", 1, &["may_have_acted"]).of(200, ""),
    row(Body, causes::body_breaks, "contacts.get (GET /contacts/{contact_id}): the response is truncated", 3, &["is_retryable", "may_have_acted"]).of(200, "{\"ty").caused(),
    row(ScrollExists, causes::scroll_exists, "companies.scroll (GET /companies/scroll): 400 Bad Request, code scroll_exists", 1, &[]).of(400, "scroll_exists"),
    row(ScrollExpired, causes::scroll_expired, "companies.scroll (GET /companies/scroll): 404 Not Found, the scroll is over or has expired, code not_found", 1, &[]).of(404, "not_found"),
    row(Pagination, causes::circle, "contacts.list (GET /contacts): a page leads back to an earlier one", 1, &["may_have_acted"]).of(200, "starting_after"),
    row(NoMock, causes::no_mock, "contacts.get (GET /contacts/{contact_id}): no mock of the server matches the request", 1, &[]).of(404, "did not match"),
];

#[tokio::test]
async fn every_way_to_fail_has_its_kind_and_reports_all_there_is() {
    futures_util::future::join_all(TABLE.iter().map(assert_reported)).await;
}

/// The texts after `before` and up to `after`, one a line at most.
fn names(source: &str, before: &str, after: &str) -> BTreeSet<String> {
    let lines = source.lines().map(str::trim);
    let names = lines.filter_map(|line| line.strip_prefix(before)?.split_once(after));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn no_kind_is_missing_in_the_table() {
    let source = include_str!("../../src/error/kind.rs");
    let (_, variants) = source.split_once("pub enum ErrorKind {").unwrap();
    let is_name = |name: &String| name.chars().all(char::is_alphanumeric);
    let all: BTreeSet<_> = names(variants, "", ",")
        .into_iter()
        .filter(is_name)
        .collect();
    let here = TABLE.iter().map(|row| format!("{:?}", row.kind));
    assert_eq!(here.collect::<BTreeSet<_>>(), all);
}

#[tokio::test]
async fn no_predicate_is_missing_in_the_table() {
    let source = include_str!("../../src/error/retryable.rs");
    let all = names(source, "pub fn ", "(&self) -> bool");
    let error = causes::no_token().await;
    let here = predicates(&error).map(|(name, _)| name.to_owned());
    assert_eq!(BTreeSet::from(here), all);
    // Each of them holds for something.
    let used: BTreeSet<_> = TABLE.iter().flat_map(|row| row.is).copied().collect();
    assert_eq!(used, predicates(&error).map(|(name, _)| name).into());
}

#[tokio::test]
async fn what_a_provider_fails_with_is_the_cause_and_not_in_the_text() {
    let error = causes::provider_fails().await;
    assert_eq!(error.source().unwrap().to_string(), causes::VAULT);
    assert!(!format!("{error} {error:?}").contains(causes::VAULT));
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_in_the_error() {
    let error = causes::long_wait().await;
    assert_eq!(error.kind(), RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_400)));
    assert_eq!(
        error.to_string(),
        "contacts.get (GET /contacts/{contact_id}): 429 Too Many Requests, and the server asks to wait 86400s, \
         longer than the retry policy allows"
    );
}
