//! Ids and states of jobs in forms that nobody promised.

use intercom_client::exports::{ExportErrorKind, JobState};

use crate::support::{Reply, Server};
use crate::{ROWS, export, failure, file, job, lines, resume, soon};

#[tokio::test]
async fn the_id_of_a_job_is_read_from_every_form_that_has_it() {
    for (body, id) in [
        (r#"{"job_identifier":4711,"status":"pending"}"#, "4711"),
        (
            r#"{"job_identifier":18446744073709551616,"status":"pending"}"#,
            "18446744073709551616",
        ),
        (r#"{"job_identifier":" j1 ","status":null}"#, "j1"),
        (r#"{"jobIdentifier":"j1","Status":"PENDING"}"#, "j1"),
        (r#"{"id":7,"job_identifier":"j1","status":"pending"}"#, "j1"),
        (
            r#"{"status":"pending","job_identifier":null,"job_id":"j1"}"#,
            "j1",
        ),
        (
            r#"{"id":7,"status":"pending","download_expires_at":{"x":1}}"#,
            "7",
        ),
    ] {
        let created = Reply::json(200, body);
        let server = Server::start([created, job("completed"), file(ROWS)]).await;
        let exported = soon(export(&server).to_writer(&mut Vec::new())).await;
        assert_eq!(exported.unwrap().job_id, id, "{body}");
        let expected = [
            "POST /export/content/data",
            &format!("GET /export/content/data/{id}"),
            &format!("GET /download/content/data/{id}"),
        ];
        assert_eq!(lines(&server), expected, "{body}");
    }
}

#[tokio::test]
async fn a_state_is_read_however_it_is_written() {
    for body in [
        r#"{"status":"complete"}"#,
        r#"{"status":"COMPLETED"}"#,
        r#"{"status":" Complete "}"#,
        r#"{"Status":"completed"}"#,
        r#"{"state":"completed"}"#,
        r#"{"status":null,"state":"Completed"}"#,
        r#"{"job_identifier":1,"status":"completed","download_expires_at":0,"download_url":7}"#,
    ] {
        let server = Server::start([Reply::json(200, body), file(ROWS)]).await;
        let mut written = Vec::new();
        soon(resume(&server).to_writer(&mut written)).await.unwrap();
        assert_eq!(written, ROWS.as_bytes(), "{body}");
    }
    for (status, state) in [
        ("FAILED", JobState::Failed),
        ("Cancelled", JobState::Canceled),
        ("NoData", JobState::NoData),
        ("no-data", JobState::NoData),
        ("EXPIRED", JobState::Expired),
    ] {
        let server = Server::start([job(status)]).await;
        let error = failure(resume(&server)).await;
        assert_eq!(error.kind(), ExportErrorKind::NoFile, "{status}");
        assert_eq!(error.job_state(), Some(&state));
    }
}

#[tokio::test]
async fn a_state_that_says_nothing_is_waited_out() {
    for body in [
        "{}",
        r#"{"status":null}"#,
        r#"{"status":""}"#,
        r#"{"status":3}"#,
        r#"{"status":{"name":"pending"}}"#,
        r#"{"status":["pending"]}"#,
        r#"{"status":true}"#,
        r#"{"status":"inProgress"}"#,
        r#"{"status":"IN PROGRESS"}"#,
    ] {
        let odd = Reply::json(200, body);
        let server = Server::start([odd, job("completed"), file(ROWS)]).await;
        let outcome = soon(resume(&server).to_writer(&mut Vec::new())).await;
        assert!(outcome.is_ok(), "{body}: {outcome:?}");
    }
}
