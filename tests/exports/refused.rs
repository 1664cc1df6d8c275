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
        ("taken/..", "is a directory"),
        ("new/..", "invalid filename"),
    ] {
        let export = export(&server).to_file(directory.path().join(target));
        let error = soon(export).await.unwrap_err();
        assert_eq!(error.kind(), ExportErrorKind::Io);
        assert!(error.to_string().contains(problem), "{error}");
        assert!(!format!("{error:?}").contains("nowhere"), "{error:?}");
        assert_eq!(error.job_id(), None);
        assert!(!error.may_have_acted());
    }
    assert!(server.seen().is_empty());
    assert_eq!(names(directory.path()), ["taken"]);
}

/// A rename would put a file in its place.
#[cfg(unix)]
#[tokio::test]
async fn what_is_no_regular_file_is_refused_before_anything_is_sent() {
    let server = Server::start([]).await;
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name);
    let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(path("pipe"))
        .status();
    assert!(pipe.unwrap().success());
    for (link, goal) in [
        ("to-pipe", path("pipe")),
        ("to-directory", directory.path().to_owned()),
        ("to-nowhere", path("nowhere/sent.csv")),
        ("to-itself", path("to-itself")),
    ] {
        std::os::unix::fs::symlink(goal, path(link)).unwrap();
    }
    let before = names(directory.path());
    let no_file = "no regular file";
    for (target, problem) in [
        (path("socket"), no_file),
        (path("pipe"), no_file),
        (path("to-pipe"), no_file),
        ("/dev/null".into(), no_file),
        (path("to-directory"), "is a directory"),
        (path("to-nowhere"), "entity not found"),
        (path("to-itself"), ""),
        (path("new/"), "invalid filename"),
        (path("new/."), "invalid filename"),
    ] {
        let error = soon(export(&server).to_file(&target)).await.unwrap_err();
        assert_eq!(error.kind(), ExportErrorKind::Io, "{target:?}");
        assert!(error.to_string().contains(problem), "{target:?}: {error}");
        assert!(!error.may_have_acted());
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.is::<std::io::Error>());
    }
    assert!(server.seen().is_empty());
    assert_eq!(names(directory.path()), before);
}

#[tokio::test]
async fn the_creation_of_a_job_is_not_retried() {
    for reply in [Reply::json(500, "{}"), Reply::hang_up()] {
        let server = Server::start([reply, job("pending")]).await;
        let error = failure(export(&server)).await;
        assert!(matches!(
            call(&error).kind(),
            ErrorKind::Server | ErrorKind::Transport
        ));
        assert_eq!(error.job_id(), None);
        assert_eq!(error.job_state(), None);
        assert!(error.may_have_acted());
        server.only();
    }
}

#[tokio::test]
async fn a_job_too_many_is_typed() {
    let body = r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}"#;
    let server = Server::start([Reply::json(429, body)]).await;
    let error = failure(export(&server)).await;
    assert!(call(&error).is_quota_exceeded() && !error.may_have_acted());
    server.only();
}

#[tokio::test]
async fn a_response_without_a_job_is_an_error() {
    for body in [
        r#"{"status":"pending"}"#,
        r#"{"job_identifier":null,"status":"pending"}"#,
        r#"{"job_identifier":"","status":"pending"}"#,
        r#"{"job_identifier":0,"status":"pending"}"#,
        r#"{"job_identifier":{"id":[]},"status":"pending"}"#,
    ] {
        let server = Server::start([Reply::json(200, body)]).await;
        let error = failure(export(&server)).await;
        assert_eq!(call(&error).kind(), ErrorKind::UnexpectedResponse, "{body}");
        assert!(error.to_string().contains("job_identifier"), "{error}");
        // A job may be there, of which nobody knows the id.
        assert!(error.may_have_acted() && error.job_id().is_none());
        server.only();
    }
}

#[tokio::test]
async fn a_response_without_anything_is_an_error() {
    let server = Server::start([Reply::json(200, "")]).await;
    let error = failure(export(&server)).await;
    assert_eq!(call(&error).kind(), ErrorKind::EmptyResponse);
    assert!(error.may_have_acted());
}

#[tokio::test]
async fn a_job_id_that_would_lead_to_another_path_is_refused() {
    let server = Server::start([]).await;
    for id in ["", ".", "..", "%2e%2e"] {
        let export = api(&server).data_export().resume(id);
        let error = soon(export.to_writer(&mut Vec::new())).await.unwrap_err();
        assert_eq!(call(&error).kind(), ErrorKind::InvalidRequest);
        assert!(!error.may_have_acted());
    }
    assert!(lines(&server).is_empty());
}
