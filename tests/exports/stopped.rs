//! Exports that are cancelled or dropped.

use std::future::{pending, ready};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use intercom_client::ErrorKind;
use intercom_client::exports::{ExportErrorKind, JobState};
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::support::{Reply, Server};
use crate::{JOB, ROWS, call, export, failure, file, job, lines, names, resume, soon};

/// A reply of which the file's beginning comes, and no more.
fn begun() -> Reply {
    Reply::raw(200, &[("content-length", "100")], "user_id").then_stall()
}

/// There is a file on its way, and it is not under its own name.
fn is_partial(directory: &Path) -> bool {
    let names = names(directory);
    names.len() == 1 && names[0].starts_with("sent.csv.") && names[0].ends_with(".part")
}

#[tokio::test]
async fn an_export_that_is_dropped_in_a_request_leaves_no_file() {
    for (before, stalled) in [
        (vec![], "POST /export/content/data"),
        (vec![job("pending")], "GET /export/content/data"),
        (vec![job("completed")], "GET /download/content/data"),
    ] {
        let reached = Arc::new(Notify::new());
        let signal = Arc::clone(&reached);
        let server = Server::with(move |seen| {
            if seen.line.starts_with(stalled) {
                signal.notify_one();
                return Reply::silence();
            }
            before[0].clone()
        })
        .await;
        let directory = TempDir::new().unwrap();
        let target = directory.path().join("sent.csv");
        let mut running = Box::pin(export(&server).to_file(&target));
        soon(async {
            tokio::select! {
                ended = &mut running => panic!("{ended:?}"),
                () = reached.notified() => {}
            }
        })
        .await;
        assert!(is_partial(directory.path()), "{stalled}");
        drop(running);
        assert_eq!(names(directory.path()), [""; 0], "{stalled}");
    }
}

#[tokio::test]
async fn an_export_that_is_dropped_in_its_download_leaves_no_file() {
    let server = Server::start([job("completed"), begun()]).await;
    let directory = TempDir::new().unwrap();
    let reached = Arc::new(Notify::new());
    let signal = Arc::clone(&reached);
    let export = resume(&server).on_progress(move |progress| {
        if progress.written > 0 {
            signal.notify_one();
        }
    });
    let mut running = Box::pin(export.to_file(directory.path().join("sent.csv")));
    soon(async {
        tokio::select! {
            ended = &mut running => panic!("{ended:?}"),
            () = reached.notified() => {}
        }
    })
    .await;
    assert!(is_partial(directory.path()));
    drop(running);
    assert_eq!(names(directory.path()), [""; 0]);
}

#[tokio::test]
async fn an_export_that_is_dropped_between_its_requests_leaves_no_file() {
    let server = Server::with(|_| job("pending")).await;
    let directory = TempDir::new().unwrap();
    let reached = Arc::new(Notify::new());
    let signal = Arc::clone(&reached);
    let export = export(&server).poll_every(Duration::from_secs(3600));
    let export = export.on_progress(move |_| signal.notify_one());
    let mut running = Box::pin(export.to_file(directory.path().join("sent.csv")));
    soon(async {
        tokio::select! {
            ended = &mut running => panic!("{ended:?}"),
            () = reached.notified() => {}
        }
    })
    .await;
    assert!(is_partial(directory.path()));
    drop(running);
    assert_eq!(names(directory.path()), [""; 0]);
}

#[test]
fn an_export_that_is_dropped_at_once_leaves_no_file() {
    let directory = TempDir::new().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let server = Server::start([]).await;
        for _ in 0..100 {
            let running = resume(&server).to_file(directory.path().join("sent.csv"));
            // Polled once, which is enough for the file to be made in another thread.
            tokio::select! {
                biased;
                ended = running => panic!("{ended:?}"),
                () = ready(()) => {}
            }
        }
    });
    // Waits for the other threads.
    drop(runtime);
    assert_eq!(names(directory.path()), [""; 0]);
}

#[tokio::test]
async fn a_job_is_cancelled_when_asked() {
    let reached = Arc::new(Notify::new());
    let signal = Arc::clone(&reached);
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let server = Server::with(move |request| {
        let mut log = log.lock().unwrap();
        log.push(request.line.clone());
        if log.len() == 3 {
            signal.notify_one();
        }
        if request.line.contains("/cancel/") {
            job("canceled")
        } else {
            job("pending")
        }
    })
    .await;
    let signal = async move { reached.notified().await };
    let error = failure(export(&server).cancel_when(signal)).await;
    assert_eq!(error.kind(), ExportErrorKind::Canceled);
    assert_eq!(error.job_state(), Some(&JobState::Canceled));
    assert_eq!(error.job_id(), Some(JOB));
    assert!(error.to_string().contains("as asked"), "{error}");
    let seen = seen.lock().unwrap();
    let cancel = format!("POST /export/cancel/{JOB}");
    assert_eq!(seen.last(), Some(&cancel));
    assert_eq!(seen.iter().filter(|line| **line == cancel).count(), 1);
}

#[tokio::test]
async fn a_job_that_is_being_created_is_cancelled_once_it_is_known() {
    let server = Server::start([job("pending"), job("canceled")]).await;
    let error = failure(export(&server).cancel_when(ready(()))).await;
    assert_eq!(error.job_state(), Some(&JobState::Canceled));
    let cancel = format!("POST /export/cancel/{JOB}");
    assert_eq!(lines(&server), ["POST /export/content/data", &cancel]);
}

#[tokio::test]
async fn a_signal_is_heard_while_the_job_is_created() {
    let is_listening = Arc::new(Notify::new());
    let creating = Arc::new(Notify::new());
    let (listening, reached) = (Arc::clone(&is_listening), Arc::clone(&creating));
    let is_asked = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&is_asked);
    let server = Server::with(move |seen| {
        asked.store(true, Ordering::SeqCst);
        reached.notify_one();
        if seen.line.contains("/cancel/") {
            job("canceled")
        } else {
            job("pending")
        }
    })
    .await;
    // Like that of Ctrl-C, which is caught only once it is waited for.
    let signal = async move {
        listening.notify_one();
        creating.notified().await;
    };
    let mut running = Box::pin(failure(export(&server).cancel_when(signal)));
    tokio::select! {
        biased;
        error = &mut running => panic!("{error}"),
        () = is_listening.notified() => assert!(!is_asked.load(Ordering::SeqCst)),
    }
    let error = running.await;
    assert_eq!(error.job_state(), Some(&JobState::Canceled));
}

#[tokio::test]
async fn a_cancellation_that_fails_is_the_error() {
    let server = Server::start([job("pending"), Reply::json(500, "{}")]).await;
    let error = failure(export(&server).cancel_when(ready(()))).await;
    assert_eq!(call(&error).kind(), ErrorKind::Server);
    assert_eq!(error.operation(), Some("data_export.cancel"));
    assert_eq!(error.job_id(), Some(JOB));
}

#[tokio::test]
async fn a_download_is_stopped_when_asked_and_its_job_is_left() {
    let server = Server::start([job("completed"), begun()]).await;
    let reached = Arc::new(Notify::new());
    let signal = Arc::clone(&reached);
    let export = resume(&server).on_progress(move |progress| {
        if progress.written > 0 {
            signal.notify_one();
        }
    });
    let export = export.cancel_when(async move { reached.notified().await });
    let error = failure(export).await;
    assert_eq!(error.kind(), ExportErrorKind::Canceled);
    assert_eq!(error.job_state(), Some(&JobState::Completed));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_export_that_nobody_cancels_ends_as_any_other() {
    let server = Server::start([job("pending"), job("completed"), file(ROWS)]).await;
    let mut written = Vec::new();
    let export = export(&server).cancel_when(pending::<()>());
    soon(export.to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
}
