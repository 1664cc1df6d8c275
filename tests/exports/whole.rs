//! Exports that come to their end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use intercom_client::exports::{JobState, Progress};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::Server;
use crate::{JOB, ROWS, api, export, file, gzip, instant, job, lines, names, resume, soon};

#[tokio::test]
async fn a_content_export_is_created_waited_for_and_written_to_a_file() {
    let packed = gzip(ROWS).await;
    let states = ["pending", "pending", "in_progress", "completed"];
    let replies = states.into_iter().map(job).chain([file(&packed)]);
    let server = Server::start(replies).await;
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("sent.csv.gz");
    // In a task of its own, as servers run it.
    let running = tokio::spawn(export(&server).to_file(target.clone()));
    let exported = soon(running).await.unwrap().unwrap();
    assert_eq!(exported.job_id, JOB);
    assert_eq!(exported.written, packed.len() as u64);
    assert_eq!(std::fs::read(&target).unwrap(), packed);
    assert_eq!(names(directory.path()), ["sent.csv.gz"]);

    let poll = format!("GET /export/content/data/{JOB}");
    let download = format!("GET /download/content/data/{JOB}");
    assert_eq!(
        lines(&server),
        ["POST /export/content/data", &poll, &poll, &poll, &download]
    );
    let seen = server.seen();
    let body: Value = serde_json::from_str(&seen[0].body).unwrap();
    let range = json!({ "created_at_after": 1_700_000_000, "created_at_before": 1_700_086_400 });
    assert_eq!(body, range);
    assert_eq!(seen[4].header("accept"), Some("application/octet-stream"));
    for request in &seen {
        assert_eq!(request.header("intercom-version"), Some("2.14"));
    }
}

#[tokio::test]
async fn a_reporting_export_is_created_waited_for_and_unpacked() {
    let packed = gzip(ROWS).await;
    let states = ["pending", "pending", "complete"];
    let replies = states.into_iter().map(job).chain([file(&packed)]);
    let server = Server::start(replies).await;
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("report.csv");
    let attributes = ["conversation_id", "conversation_started_at"];
    let exported = api(&server)
        .reporting_data_export()
        .export(
            "ab/12",
            "c&1",
            "conversation",
            attributes,
            instant(1_717_490_000),
            instant(1_717_510_000),
        )
        .poll_every(Duration::from_millis(1))
        .gunzip(true)
        .to_file(&target);
    let exported = soon(exported).await.unwrap();
    assert_eq!(exported.received, packed.len() as u64);
    assert_eq!(exported.written, ROWS.len() as u64);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), ROWS);

    let poll = format!("GET /export/reporting_data/{JOB}?app_id=ab%2F12&client_id=c%261");
    let download = format!("GET /download/reporting_data/{JOB}?app_id=ab%2F12");
    assert_eq!(
        lines(&server),
        [
            "POST /export/reporting_data/enqueue",
            &poll,
            &poll,
            &download
        ]
    );
    let body: Value = serde_json::from_str(&server.seen()[0].body).unwrap();
    assert_eq!(
        body,
        json!({ "dataset_id": "conversation", "attribute_ids": attributes,
            "start_time": 1_717_490_000, "end_time": 1_717_510_000 })
    );
}

#[tokio::test]
async fn a_job_is_resumed_by_its_id_into_a_writer() {
    let server = Server::start([job("pending"), job("completed"), file(ROWS)]).await;
    let mut written = Vec::new();
    let exported = soon(resume(&server).to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
    assert_eq!(exported.job_id, JOB);
    let poll = format!("GET /export/content/data/{JOB}");
    let download = format!("GET /download/content/data/{JOB}");
    assert_eq!(lines(&server), [poll.clone(), poll, download]);
}

#[tokio::test]
async fn a_reporting_job_is_resumed_by_its_id() {
    let server = Server::start([job("complete"), file(ROWS)]).await;
    let export = api(&server).reporting_data_export().resume("a", "c", JOB);
    let mut written = Vec::new();
    let exported = export.to_writer(&mut written);
    soon(exported).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
}

#[tokio::test]
async fn ids_of_exports_are_given_as_all_ids_are() {
    let server = Server::start([job("complete"), file(ROWS)]).await;
    let export = api(&server).data_export().resume(81_u64);
    soon(export.to_writer(&mut Vec::new())).await.unwrap();
    let download = "GET /download/content/data/81";
    assert_eq!(lines(&server), ["GET /export/content/data/81", download]);

    let server = Server::start([job("complete"), file(ROWS)]).await;
    let (app, job_id): (u32, Box<str>) = (7, JOB.into());
    let export = api(&server)
        .reporting_data_export()
        .resume(app, "c", &job_id);
    soon(export.to_writer(&mut Vec::new())).await.unwrap();
    assert!(server.seen()[0].line.contains("app_id=7&client_id=c"));
}

#[tokio::test]
async fn gzip_files_one_behind_the_other_are_unpacked_as_one() {
    let packed = [gzip(&ROWS[..20]).await, gzip(&ROWS[20..]).await].concat();
    let server = Server::start([job("completed"), file(packed)]).await;
    let mut written = Vec::new();
    let export = resume(&server).gunzip(true);
    soon(export.to_writer(&mut written)).await.unwrap();
    assert_eq!(written, ROWS.as_bytes());
}

#[tokio::test]
async fn progress_reports_the_job_and_the_bytes() {
    let packed = gzip(ROWS).await;
    let length = packed.len() as u64;
    let replies = [
        job("pending"),
        job("in_progress"),
        job("completed"),
        file(packed),
    ];
    let server = Server::start(replies).await;
    let reported: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let log = Arc::clone(&reported);
    let export = export(&server).gunzip(true);
    let export = export.on_progress(move |progress| log.lock().unwrap().push(progress.clone()));
    soon(export.to_writer(&mut Vec::new())).await.unwrap();

    let reported = reported.lock().unwrap();
    assert!(reported.iter().all(|progress| progress.job_id == JOB));
    let mut states: Vec<_> = reported.iter().map(|progress| &progress.state).collect();
    states.dedup();
    assert_eq!(
        states,
        [
            &JobState::Pending,
            &JobState::InProgress,
            &JobState::Completed
        ]
    );
    assert_eq!(
        (reported[0].received, reported[0].total, reported[0].written),
        (0, None, 0)
    );
    let last = reported.last().unwrap();
    assert_eq!((last.received, last.total), (length, Some(length)));
    assert_eq!(last.written, ROWS.len() as u64);
}

/// The versions that are enabled, each by the handle that exports hang off.
macro_rules! resumed_in {
    ($server:ident, $($feature:literal $version:ident),*) => {{
        let mut sent = Vec::new();
        $(
            #[cfg(feature = $feature)]
            {
                let api = crate::intercom(&$server).$version();
                let mut written = Vec::new();
                let export = api.data_export().resume(JOB);
                soon(export.to_writer(&mut written)).await.unwrap();
                assert_eq!(written, ROWS.as_bytes());
                sent.push(stringify!($version).replacen('v', "", 1).replace('_', "."));
            }
        )*
        sent
    }};
}

#[tokio::test]
async fn every_version_has_content_exports() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&seen);
    let server = Server::with(move |request| {
        if !request.line.contains("/download/") {
            return job("completed");
        }
        let version = request.header("intercom-version").unwrap();
        log.lock().unwrap().push(version.to_owned());
        file(ROWS)
    })
    .await;
    let sent = resumed_in!(
        server, "v2_7" v2_7, "v2_8" v2_8, "v2_9" v2_9, "v2_10" v2_10, "v2_11" v2_11,
        "v2_12" v2_12, "v2_13" v2_13, "v2_14" v2_14, "v2_15" v2_15
    );
    assert_eq!(*seen.lock().unwrap(), sent);
    assert!(sent.contains(&"2.14".to_owned()));
}

#[tokio::test]
async fn all_of_a_gzip_file_is_received_though_its_end_holds_no_data() {
    let packed = gzip("").await;
    let server = Server::start([job("completed"), file(&packed)]).await;
    let mut written = Vec::new();
    let exported = resume(&server).gunzip(true).to_writer(&mut written);
    let exported = soon(exported).await.unwrap();
    assert_eq!(exported.received, packed.len() as u64);
    assert_eq!((exported.written, written.len()), (0, 0));
}
