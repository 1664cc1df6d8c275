//! Exports from the creation of the job to the file, over real sockets on this machine.

#[path = "../support/mod.rs"]
mod support;

mod broken;
mod bulk;
mod endings;
mod files;
mod lenient;
mod refused;
mod stopped;
mod whole;

use std::path::Path;
use std::time::Duration;

use async_compression::tokio::write::GzipEncoder;
use intercom_client::chrono::{DateTime, Utc};
use intercom_client::exports::{ContentExport, ExportError, ExportErrorKind};
use intercom_client::{Error, Intercom, RetryPolicy, v2_14};
use serde_json::json;
use support::calls::soon;
use support::{Reply, Server};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

const TOKEN: &str = "dG9rOmV4cG9ydC10ZXN0cw==";
const JOB: &str = "job-7f3a";
/// Some rows of an export, all made up.
const ROWS: &str = "user_id,email\n1,ada@example.com\n2,grace@example.com\n";

fn api(server: &Server) -> v2_14::Api {
    intercom(server).v2_14()
}

fn intercom(server: &Server) -> Intercom {
    let policy = RetryPolicy::new().base_delay(Duration::from_millis(1));
    let builder = Intercom::builder(TOKEN).base_url(&server.url).retry(policy);
    builder.build().unwrap()
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// A content export that waits as little as it can.
fn export(server: &Server) -> ContentExport {
    let (from, to) = (instant(1_700_000_000), instant(1_700_086_400));
    let export = api(server).data_export().export(from, to);
    export.poll_every(Duration::from_millis(1))
}

fn resume(server: &Server) -> ContentExport {
    let export = api(server).data_export().resume(JOB);
    export.poll_every(Duration::from_millis(1))
}

/// What the API says of the job.
fn job(status: &str) -> Reply {
    job_until(status, "")
}

fn job_until(status: &str, expires_at: &str) -> Reply {
    let body = json!({
        "job_identifier": JOB,
        "status": status,
        "download_url": "",
        "download_expires_at": expires_at,
    });
    Reply::json(200, body.to_string())
}

fn file(content: impl AsRef<[u8]>) -> Reply {
    let headers = [("content-type", "application/octet-stream")];
    Reply::new(200, &headers, content)
}

/// A file of which only the beginning comes.
fn broken(content: &str) -> Reply {
    let length = (content.len() + 1000).to_string();
    Reply::raw(200, &[("content-length", &length)], content)
}

fn missing() -> Reply {
    let body = json!({ "type": "error.list", "errors": [{ "code": "not_found" }] });
    Reply::json(404, body.to_string())
}

async fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzipEncoder::new(Vec::new());
    encoder.write_all(content.as_ref()).await.unwrap();
    encoder.shutdown().await.unwrap();
    encoder.into_inner()
}

/// The names in a directory.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn lines(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.line).collect()
}

/// The error of an export to a file, after which the directory is as it was.
async fn failure(export: ContentExport) -> ExportError {
    let directory = TempDir::new().unwrap();
    let error = soon(export.to_file(directory.path().join("sent.csv"))).await;
    assert_eq!(names(directory.path()), [""; 0]);
    let error = error.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(!text.contains(JOB) && !text.contains(TOKEN), "{text}");
    error
}

/// The error of the call that made an export fail.
fn call(error: &ExportError) -> &Error {
    assert_eq!(error.kind(), ExportErrorKind::Call);
    error.call_error().unwrap()
}
