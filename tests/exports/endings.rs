//! Jobs that end without a file, or never.

use std::time::Duration;

use intercom_client::ErrorKind;
use intercom_client::exports::{ExportErrorKind, JobState};

use crate::support::{Reply, Server};
use crate::{
    JOB, ROWS, api, call, export, failure, file, job, job_until, lines, missing, resume, soon,
};

#[tokio::test]
async fn a_job_that_ends_without_a_file_is_a_typed_error() {
    for (status, state, word) in [
        ("failed", JobState::Failed, "failed"),
        ("canceled", JobState::Canceled, "cancelled"),
        ("no_data", JobState::NoData, "no data"),
        ("expired", JobState::Expired, "not kept"),
    ] {
        for replies in [vec![job(status)], vec![job("pending"), job(status)]] {
            let requests = replies.len();
            let server = Server::start(replies).await;
            let error = failure(export(&server)).await;
            assert_eq!(error.kind(), ExportErrorKind::NoFile);
            assert_eq!(error.job_state(), Some(&state));
            assert_eq!(error.job_id(), Some(JOB));
            assert!(error.to_string().contains(word), "{error}");
            assert!(error.call_error().is_none() && error.may_have_acted());
            assert_eq!(server.seen().len(), requests);
        }
    }
}

#[tokio::test]
async fn a_reporting_job_that_fails_is_a_typed_error() {
    let server = Server::start([job("failed")]).await;
    let export = api(&server).reporting_data_export().resume("a", "c", JOB);
    let error = soon(export.to_writer(&mut Vec::new())).await.unwrap_err();
    assert_eq!(error.job_state(), Some(&JobState::Failed));
    let operation = error.operation();
    assert_eq!(operation, Some("reporting_data_export.get"));
}

#[tokio::test]
async fn a_state_that_is_not_known_is_waited_out() {
    let server = Server::start([job("warming_up"), job("completed"), file(ROWS)]).await;
    let mut written = Vec::new();
    soon(resume(&server).to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
}

#[tokio::test]
async fn a_job_that_never_ends_meets_the_deadline() {
    for (status, shown) in [("pending", true), ("see ada@example.com", false)] {
        let server = Server::with(move |_| job(status)).await;
        let export = export(&server).timeout(Duration::from_millis(300));
        let error = failure(export).await;
        assert_eq!(error.kind(), ExportErrorKind::Timeout);
        assert!(error.is_timeout());
        assert_eq!(error.job_id(), Some(JOB));
        assert_eq!(error.job_state().unwrap(), status);
        let text = format!("{error} {error:?}");
        assert_eq!(text.contains(status), shown, "{text}");
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_meets_the_deadline_in_every_stage() {
    let begun = Reply::raw(200, &[("content-length", "9")], "user").then_stall();
    for replies in [
        vec![job("pending"), Reply::silence()],
        vec![job("completed"), Reply::silence()],
        vec![job("completed"), begun],
    ] {
        let server = Server::start(replies).await;
        let export = export(&server).timeout(Duration::from_millis(300));
        let error = failure(export).await;
        assert_eq!(error.kind(), ExportErrorKind::Timeout);
        assert_eq!(error.job_id(), Some(JOB));
    }
}

#[tokio::test]
async fn a_job_that_does_not_exist_is_not_found() {
    let server = Server::start([missing()]).await;
    let error = failure(resume(&server)).await;
    assert!(call(&error).is_not_found() && !error.may_have_acted());
    assert_eq!(error.job_id(), Some(JOB));
    assert_eq!(error.job_state(), None);
    server.only();
}

#[tokio::test]
async fn a_job_that_cannot_be_asked_for_can_be_resumed() {
    let mut replies = vec![job("pending")];
    replies.resize(20, Reply::json(500, "{}"));
    let server = Server::start(replies).await;
    let error = failure(export(&server)).await;
    assert_eq!(call(&error).kind(), ErrorKind::Server);
    assert!(call(&error).attempts() > 1);
    assert_eq!(error.job_id(), Some(JOB));
    assert_eq!(error.job_state(), Some(&JobState::Pending));
    let created = lines(&server);
    let created = created.iter().filter(|line| line.starts_with("POST"));
    assert_eq!(created.count(), 1);
}

#[tokio::test]
async fn once_there_is_a_job_something_was_done_whatever_fails_then() {
    let refused = || Reply::json(403, "{}");
    for replies in [
        vec![job("pending"), refused()],
        vec![job("pending"), missing()],
        vec![job("completed"), refused()],
    ] {
        let server = Server::start(replies).await;
        let error = failure(export(&server)).await;
        assert!(error.may_have_acted(), "{error}");
        assert!(call(&error).may_have_acted(), "{error}");
    }
    // A job that was rejected itself left none behind.
    let server = Server::start([refused()]).await;
    let error = failure(export(&server)).await;
    assert!(!error.may_have_acted() && !call(&error).may_have_acted());
}

#[tokio::test]
async fn a_file_that_is_not_kept_any_more_has_expired() {
    let past = ["1700000000", "2023-11-14T22:13:20Z"];
    let known = past.map(|at| (job_until("completed", at), missing()));
    let gone = (job("completed"), Reply::json(410, "{}"));
    for (completed, download) in known.into_iter().chain([gone]) {
        let server = Server::start([completed, download]).await;
        let error = failure(resume(&server)).await;
        assert_eq!(error.kind(), ExportErrorKind::NoFile);
        assert_eq!(error.job_state(), Some(&JobState::Expired));
        // What the API responded is kept, as the source too.
        let status = error.call_error().and_then(intercom_client::Error::status);
        assert!(matches!(status.unwrap().as_u16(), 404 | 410));
        assert!(
            std::error::Error::source(&error)
                .is_some_and(|source| source.is::<intercom_client::Error>())
        );
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_file_that_is_late_is_asked_for_again_a_few_times() {
    let server = Server::start([job("completed"), missing(), file(ROWS)]).await;
    let mut written = Vec::new();
    soon(resume(&server).to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());

    let mut replies = vec![job("completed")];
    replies.resize(20, missing());
    let server = Server::start(replies).await;
    assert!(call(&failure(resume(&server)).await).is_not_found());
    assert_eq!(server.seen().len(), 5);
}
