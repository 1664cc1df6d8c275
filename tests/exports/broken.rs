//! Downloads that are truncated, files that are not what they should be, and writers that fail.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use intercom_client::ErrorKind;
use intercom_client::exports::ExportErrorKind;
use tempfile::TempDir;
use tokio::io::AsyncWrite;

use crate::support::{Reply, Server};
use crate::{JOB, ROWS, broken, call, failure, file, gzip, job, names, resume, soon};

#[tokio::test]
async fn a_truncated_download_is_begun_anew() {
    let longer = ROWS.repeat(2);
    let replies = [
        job("completed"),
        broken(&longer),
        broken("user_id"),
        file(ROWS),
    ];
    let server = Server::start(replies).await;
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("sent.csv");
    let written: Arc<Mutex<Vec<u64>>> = Arc::default();
    let log = Arc::clone(&written);
    let export = resume(&server);
    let export = export.on_progress(move |progress| log.lock().unwrap().push(progress.written));
    let exported = soon(export.to_file(&target)).await.unwrap();
    assert_eq!(exported.written, ROWS.len() as u64);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), ROWS);
    assert_eq!(names(directory.path()), ["sent.csv"]);
    let written = written.lock().unwrap();
    let restarts = written.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert_eq!(restarts, 2, "{written:?}");
}

#[tokio::test]
async fn a_download_that_is_truncated_while_it_is_unpacked_is_begun_anew() {
    let packed = gzip(ROWS.repeat(1000)).await;
    let half = &packed[..packed.len() / 2];
    let length = packed.len().to_string();
    let half = Reply::raw(200, &[("content-length", &length)], half);
    let server = Server::start([job("completed"), half, file(packed)]).await;
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("sent.csv");
    let export = resume(&server).gunzip(true);
    soon(export.to_file(&target)).await.unwrap();
    assert_eq!(std::fs::read_to_string(&target).unwrap(), ROWS.repeat(1000));
}

#[tokio::test]
async fn a_download_that_is_truncated_every_time_is_an_error() {
    let mut replies = vec![job("completed")];
    replies.resize(20, broken(ROWS));
    let server = Server::start(replies).await;
    let error = failure(resume(&server)).await;
    assert_eq!(call(&error).kind(), ErrorKind::Body);
    assert_eq!(error.job_id(), Some(JOB));
    assert_eq!(error.operation(), Some("data_export.download"));
    assert_eq!(server.seen().len(), 5);
}

#[tokio::test]
async fn a_writer_that_was_written_to_is_not_written_to_again() {
    let server = Server::start([job("completed"), broken("user_id"), file(ROWS)]).await;
    let mut written = Vec::new();
    let error = soon(resume(&server).to_writer(&mut written)).await;
    assert_eq!(call(&error.unwrap_err()).kind(), ErrorKind::Body);
    assert_eq!(written, b"user_id");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_writer_that_is_still_empty_gets_another_download() {
    let server = Server::start([job("completed"), broken(""), file(ROWS)]).await;
    let mut written = Vec::new();
    soon(resume(&server).to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
}

#[tokio::test]
async fn what_begins_as_gzip_and_is_not_gzip_to_its_end_is_not_a_file() {
    let whole = gzip(ROWS).await;
    let mut damaged = whole.clone();
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 1;
    for (data, word) in [
        (Vec::new(), "too early"),
        (whole[..whole.len() - 1].to_vec(), "too early"),
        (whole[..whole.len() / 2].to_vec(), "too early"),
        ([&whole[..], &whole[..5]].concat(), "too early"),
        ([&whole[..], b"garbage after the end"].concat(), "follows"),
        ([&whole[..], &[0]].concat(), "follows"),
        (damaged, "damaged"),
        (whole[..1].to_vec(), "too early"),
        ([&[0x1f, 0x8b], ROWS.as_bytes()].concat(), "not gzip"),
    ] {
        let server = Server::start([job("completed"), file(&data), file(&whole)]).await;
        let error = failure(resume(&server).gunzip(true)).await;
        assert_eq!(error.kind(), ExportErrorKind::Gzip, "{error}");
        assert!(error.call_error().is_none());
        assert!(error.to_string().contains(word), "{error}");
        assert_eq!(error.job_id(), Some(JOB));
        assert_eq!(server.seen().len(), 2);
    }
}

/// As a proxy or the HTTP client does with a file that is labelled as packed.
#[tokio::test]
async fn data_that_is_unpacked_already_is_written_as_it_is() {
    let slowly = Reply::raw(200, &[], "u").then_slowly(&["s", "er_id"], Duration::from_millis(20));
    // The first byte is that of gzip, and the second comes later.
    let misleading = Reply::raw(200, &[], "\x1f").then_slowly(&["x"], Duration::from_millis(20));
    for (reply, content) in [
        (misleading, "\x1fx"),
        (file(ROWS), ROWS),
        (slowly, "user_id"),
        (file("\x1f"), ""),
        (file("a"), "a"),
    ] {
        let server = Server::start([job("completed"), reply]).await;
        let mut written = Vec::new();
        let outcome = soon(resume(&server).gunzip(true).to_writer(&mut written)).await;
        // A single byte may be that of gzip.
        assert_eq!(outcome.is_ok(), !content.is_empty(), "{outcome:?}");
        assert_eq!(written, content.as_bytes());
    }
}

#[tokio::test]
async fn headers_do_not_say_whether_data_is_packed() {
    let packed = gzip(ROWS).await;
    let labels = [
        ("content-type", "text/csv"),
        ("content-type", "application/gzip"),
        ("content-disposition", "attachment; filename=sent.csv"),
        // An HTTP client that unpacks does so with this one; others hand it out.
        ("content-encoding", "gzip"),
    ];
    for label in labels {
        let reply = Reply::new(200, &[label], &packed);
        let server = Server::start([job("completed"), reply]).await;
        let mut written = Vec::new();
        let outcome = soon(resume(&server).gunzip(true).to_writer(&mut written)).await;
        assert!(outcome.is_ok(), "{label:?}: {outcome:?}");
        assert_eq!(written, ROWS.as_bytes(), "{label:?}");
        let download = &server.seen()[1];
        assert_eq!(download.header("accept-encoding"), Some("identity"));
    }
}

#[tokio::test]
async fn a_web_page_is_not_a_file() {
    let server = Server::start([job("completed"), Reply::html(200)]).await;
    let error = failure(resume(&server)).await;
    assert_eq!(call(&error).kind(), ErrorKind::WebPage);
}

/// A writer with room for so many bytes.
struct Small(usize);

impl AsyncWrite for Small {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.0 == 0 {
            let full = io::Error::new(io::ErrorKind::StorageFull, "no room for ada");
            return Poll::Ready(Err(full));
        }
        let written = data.len().min(self.0);
        self.0 -= written;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        panic!("a writer is the caller's to shut down");
    }
}

#[tokio::test]
async fn a_writer_that_fails_is_the_error() {
    for room in [0, 10] {
        let server = Server::start([job("completed"), file(ROWS), file(ROWS)]).await;
        let error = soon(resume(&server).to_writer(&mut Small(room))).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ExportErrorKind::Io);
        assert_eq!(error.job_id(), Some(JOB));
        let text = format!("{error} {error:?}");
        assert!(
            text.contains("no storage space") && !text.contains("ada"),
            "{text}"
        );
        let source = std::error::Error::source(&error).unwrap();
        let source: &io::Error = source.downcast_ref().unwrap();
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
        assert_eq!(server.seen().len(), 2);
    }
    let server = Server::start([job("completed"), file(ROWS)]).await;
    let mut enough = Small(ROWS.len());
    soon(resume(&server).to_writer(&mut enough)).await.unwrap();
}

/// Its errors come with the flush: the file writes in the background.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_device_is_the_error() {
    let server = Server::start([job("completed"), file(ROWS)]).await;
    let full = std::fs::File::options().write(true).open("/dev/full");
    let mut full = tokio::fs::File::from_std(full.unwrap());
    let error = soon(resume(&server).to_writer(&mut full))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ExportErrorKind::Io);
    assert!(error.to_string().contains("no storage space"), "{error}");
}

/// `mount -t tmpfs -o size=64k tmpfs DIR`, then `SMALL_DIR=DIR cargo test --test exports -- --ignored full_disk`
#[tokio::test]
#[ignore = "needs the root of a file system of less than a MiB as SMALL_DIR"]
async fn a_full_disk_is_the_error_and_is_as_full_as_before() {
    let directory = std::path::PathBuf::from(std::env::var_os("SMALL_DIR").unwrap());
    let large = ROWS.repeat((1 << 20) / ROWS.len() + 1);
    let server = Server::start([job("completed"), file(&large)]).await;
    let error = soon(resume(&server).to_file(directory.join("sent.csv"))).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ExportErrorKind::Io);
    assert_eq!(error.job_id(), Some(JOB));
    assert_eq!(names(&directory), [""; 0]);
}
