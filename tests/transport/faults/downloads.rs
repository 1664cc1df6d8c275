//! Faults before the data, after which a download begins anew, and in the data, after which it does not.

use intercom_client::ErrorKind::{self, *};

use super::requests::{BODY, Request};
use super::run::{Fault::*, every, failing, reset_in_body, run};
use super::{Mode, Row, check, cut, status};
use crate::support::{Reply, Server};
use crate::{client, quick, soon};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    //  before the data
    Row("429, Retry-After",            Respond(|| status(429, &[("retry-after", "1")])), 3, 3, RateLimited, Some(429)),
    Row("404",                         Respond(|| status(404, &[])),                     1, 1, Rejected, Some(404)),
    Row("408",                         Respond(|| status(408, &[])),                     3, 3, Rejected, Some(408)),
    Row("409",                         Respond(|| status(409, &[])),                     1, 1, Rejected, Some(409)),
    Row("500",                         Respond(|| status(500, &[])),                     3, 3, Server, Some(500)),
    Row("503",                         Respond(|| status(503, &[])),                     3, 3, Server, Some(503)),
    Row("connection refused",          Refused,                                          0, 0, Connect, None),
    Row("close before headers",        Respond(Reply::hang_up),                          3, 3, Transport, None),
    Row("reset before headers",        Respond(|| Reply::hang_up().then_reset()),        3, 3, Transport, None),
    Row("reset, pooled connection",    Pooled(|| Reply::hang_up().then_reset()),         3, 3, Transport, None),
    Row("garbage for a status line",   Respond(Reply::garbage),                          3, 3, Transport, None),
    Row("stall before headers",        Respond(Reply::silence),                          3, 3, ResponseTimeout, None),
    Row("HTML, 200",                   Respond(|| Reply::html(200)),                     1, 1, WebPage, Some(200)),
    Row("HTML, 502",                   Respond(|| Reply::html(502)),                     3, 3, WebPage, Some(502)),
];

/// In the data: the error is the last item of the stream, which has no status.
#[rustfmt::skip]
const IN_THE_DATA: &[Row] = &[
    Row("stall in the body",           Respond(|| cut(200).then_stall()),                1, 1, ReadTimeout, Some(200)),
    Row("reset in the body",           Respond(reset_in_body),                           1, 1, Body, Some(200)),
    Row("content-length too large",    Respond(|| cut(200)),                             1, 1, Body, Some(200)),
    Row("chunked body cut",            Respond(super::run::cut_chunk),                   1, 1, Body, Some(200)),
];

/// Reads all of the data.
const DOWNLOADS: &[Request] = &[Request {
    name: "data_export.download",
    is_idempotent: true,
    send: |api| {
        let call = api.data_export().download("j1").send();
        Box::pin(async {
            let response = call.await?;
            let attempts = response.attempts();
            let data = response.into_inner().collect().await?;
            assert_eq!(data, BODY);
            Ok(attempts)
        })
    },
}];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_is_retried_until_its_data_begins_and_no_further() {
    check(TABLE, DOWNLOADS, Mode::Default).await;
    // Not even for those who want everything retried: half of the data is with the caller.
    check(IN_THE_DATA, DOWNLOADS, Mode::NonIdempotent).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_that_began_anew_is_complete() {
    let retried = TABLE.iter().filter(|row| row.2 > 1);
    let wrong = every(retried, |row| async {
        let outcome = run(&row.1, row.4, &DOWNLOADS[0], quick(), 1).await;
        let is_right = outcome.seen.len() == 2 && matches!(outcome.result, Ok(2));
        (!is_right).then(|| format!("{}: {outcome:?}", row.0))
    });
    let wrong = wrong.await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_came_of_the_data_is_handed_over_before_the_error() {
    let (server, seen) = failing(reset_in_body, 0, usize::MAX).await;
    let api = client(&server).v2_14();
    let call = api.data_export().download("j1").send();
    let mut stream = soon(call).await.unwrap().into_inner();
    let mut data = Vec::new();
    let error = loop {
        match soon(stream.next()).await.unwrap() {
            Ok(chunk) => data.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert_eq!(data, br#"{"type""#);
    assert_eq!(error.kind(), ErrorKind::Body);
    assert!(soon(stream.next()).await.is_none());
    assert_eq!(error.operation(), Some("data_export.download"));
    assert_eq!(error.attempts(), 1);
    assert!(!error.elapsed().is_zero());
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_retry_after_a_failure_of_the_storage_goes_by_way_of_the_api_and_without_the_token() {
    let storage = Server::start([status(503, &[]), Reply::new(200, &[], "data")]).await;
    let redirect = Reply::redirect(302, &format!("{}/file?sig=1", storage.url));
    let server = Server::start([redirect.clone(), redirect]).await;
    let api = client(&server).v2_14();
    let call = api.data_export().download("j1").send();
    let response = soon(call).await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(soon(response.into_inner().collect()).await.unwrap(), "data");
    // The link may hold for a short time only, so each attempt asks for it.
    let (asked, stored) = (server.seen(), storage.seen());
    assert_eq!((asked.len(), stored.len()), (2, 2));
    for request in asked {
        assert!(request.header("authorization").is_some());
    }
    for request in stored {
        assert_eq!(request.header("authorization"), None);
    }
}
