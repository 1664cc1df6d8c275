//! What ends retries early, and which policy it is that applies.

use std::time::Duration;

use intercom_client::{CallOptions, Error, ErrorKind, IntercomBuilder, RetryPolicy};

use crate::support::{Reply, Server};
use crate::{builder, quick, soon};

/// A failure after which the next attempt may be made at once, and one after which it would be in half a minute.
fn failures() -> [Reply; 3] {
    let after = |seconds| Reply::new(503, &[("retry-after", seconds)], "{}");
    [after("0"), after("30"), after("0")]
}

async fn call(builder: IntercomBuilder, options: CallOptions) -> Result<u32, Error> {
    let builder = builder.http_client_builder(crate::faults::http());
    let builder = builder.response_timeout(Duration::from_secs(60));
    let api = builder.build().unwrap().v2_14().with_options(options);
    let response = soon(api.admins().me().send()).await?;
    Ok(response.attempts())
}

fn assert_over(server: &Server, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert!(!error.is_timeout());
    assert_eq!(error.attempts(), 2);
    assert_eq!(server.seen().len(), 2);
    // Nothing is left to wait for, so nothing is waited for.
    assert!(error.elapsed() < Duration::from_secs(20), "{error}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    let text = error.to_string();
    assert!(
        text.ends_with(", and a retry would come too late"),
        "{text}"
    );
}

#[tokio::test]
async fn the_time_of_the_policy_ends_retries_with_the_last_error() {
    let server = Server::start(failures()).await;
    let policy = quick().max_elapsed(Duration::from_secs(20));
    let error = call(builder(&server).retry(policy), CallOptions::new());
    assert_over(&server, &error.await.unwrap_err());
}

#[tokio::test]
async fn a_deadline_ends_retries_with_the_last_error_where_the_next_would_be_too_late() {
    let server = Server::start(failures()).await;
    let options = CallOptions::new().timeout(Duration::from_secs(20));
    let error = call(builder(&server), options).await.unwrap_err();
    assert_over(&server, &error);
}

#[tokio::test]
async fn a_deadline_that_passes_during_an_attempt_is_the_error() {
    let server = Server::start([Reply::json(503, "{}"), Reply::silence()]).await;
    let options = CallOptions::new().timeout(Duration::from_secs(2));
    let error = call(builder(&server), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CallTimeout);
    assert_eq!(error.attempts(), 2);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_limit_that_is_far_enough_changes_nothing() {
    let server = Server::start([Reply::json(503, "{}"), Reply::json(503, "{}")]).await;
    let policy = quick().max_elapsed(Duration::MAX);
    let options = CallOptions::new().timeout(Duration::MAX).retry(policy);
    let error = call(builder(&server), options).await.unwrap_err();
    assert_eq!(server.seen().len(), 3);
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn the_policy_of_a_call_is_in_place_of_that_of_the_client() {
    for (client, options, expected) in [
        (quick(), None, 3),
        (quick(), Some(RetryPolicy::never()), 1),
        (RetryPolicy::never(), Some(quick()), 3),
        (RetryPolicy::never(), Some(quick().max_attempts(5)), 5),
        (quick(), Some(quick().max_attempts(0)), 1),
    ] {
        let server = Server::start(vec![Reply::json(503, "{}"); 9]).await;
        let options =
            options.map_or_else(CallOptions::new, |policy| CallOptions::new().retry(policy));
        let error = call(builder(&server).retry(client), options).await;
        assert_eq!(error.unwrap_err().attempts(), expected);
        assert_eq!(server.seen().len(), expected as usize);
    }
}

#[tokio::test]
async fn a_longer_wait_than_the_policy_allows_is_left_to_the_caller() {
    let busy = Reply::new(429, &[("retry-after", "2")], "");
    let server = Server::start(vec![busy; 3]).await;
    let policy = quick().max_delay(Duration::from_secs(1));
    let error = call(builder(&server).retry(policy), CallOptions::new()).await;
    let error = error.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    server.only();
}

#[tokio::test]
async fn the_statuses_of_the_policy_are_those_and_no_others() {
    for (statuses, reply, expected) in [
        (&[500][..], 503, 1),
        (&[500], 429, 1),
        (&[500], 500, 3),
        (&[409], 409, 3),
        (&[], 429, 1),
    ] {
        let server = Server::start(vec![Reply::json(reply, "{}"); 9]).await;
        let statuses = statuses.iter().map(|status| http(*status));
        let error = call(
            builder(&server).retry(quick().statuses(statuses)),
            CallOptions::new(),
        );
        assert_eq!(error.await.unwrap_err().attempts(), expected, "{reply}");
        assert_eq!(server.seen().len(), expected as usize, "{reply}");
    }
}

fn http(status: u16) -> intercom_client::StatusCode {
    intercom_client::StatusCode::from_u16(status).unwrap()
}
