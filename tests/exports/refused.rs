//! What is wrong with an export before its job is created.

use intercom_client::ErrorKind;
use intercom_client::exports::ExportErrorKind;
use tempfile::TempDir;

use crate::support::{Reply, Server};
use crate::{api, call, export, failure, instant, job, lines, names, soon};

#[tokio::test]
async fn a_range_that_ends_before_it_begins_is_refused() {
    let server = Server::start([]).await;
    let export = api(&server).data_export().export(instant(2), instant(1));
    let error = failure(export).await;
    assert_eq!(call(&error).kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("range"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_file_that_cannot_be_made_costs_no_job() {
    let server = Server::start([]).await;
    let directory = TempDir::new().unwrap();
    std::fs::create_dir(directory.path().join("taken")).unwrap();
    for (target, problem) in [
        ("nowhere/sent.csv", "entity not found"),
        ("taken", "is a directory"),
        ("taken/..", "invalid filename"),
    ] {
        let export = export(&server).to_file(directory.path().join(target));
        let error = soon(export).await.unwrap_err();
        assert_eq!(error.kind(), ExportErrorKind::Io);
        assert!(error.to_string().contains(problem), "{error}");
        assert!(!format!("{error:?}").contains("nowhere"), "{error:?}");
        assert_eq!(error.job_id(), None);
    }
    assert!(server.seen().is_empty());
    assert_eq!(names(directory.path()), ["taken"]);
}

#[tokio::test]
async fn a_job_that_could_not_be_created_is_not_tried_again() {
    for reply in [Reply::json(500, "{}"), Reply::hang_up()] {
        let server = Server::start([reply, job("pending")]).await;
        let error = failure(export(&server)).await;
        assert!(matches!(
            call(&error).kind(),
            ErrorKind::Server | ErrorKind::Transport
        ));
        assert_eq!(error.job_id(), None);
        assert_eq!(error.job_state(), None);
        server.only();
    }
}

#[tokio::test]
async fn a_job_too_many_is_typed() {
    let body = r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}"#;
    let server = Server::start([Reply::json(429, body)]).await;
    assert!(call(&failure(export(&server)).await).is_quota_exceeded());
    server.only();
}

#[tokio::test]
async fn an_answer_without_a_job_is_an_error() {
    let server = Server::start([Reply::json(200, r#"{"status":"pending"}"#)]).await;
    let error = failure(export(&server)).await;
    assert!(call(&error).is_decode(), "{error}");
    assert!(error.to_string().contains("job_identifier"), "{error}");
}

#[tokio::test]
async fn a_job_id_that_would_lead_to_another_path_is_refused() {
    let server = Server::start([]).await;
    for id in ["", ".", "..", "%2e%2e"] {
        let export = api(&server).data_export().resume(id);
        let error = soon(export.to_writer(&mut Vec::new())).await.unwrap_err();
        assert_eq!(call(&error).kind(), ErrorKind::InvalidRequest);
    }
    assert!(lines(&server).is_empty());
}
