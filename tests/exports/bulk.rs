//! An export of any size takes the same memory.

use std::time::{Duration, Instant};

use intercom_client::Intercom;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{JOB, TOKEN, gzip};

const MIB: u64 = 1 << 20;

/// A server whose jobs are complete at once, and whose file is `part` so many times.
async fn serve(part: Vec<u8>, times: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let part = part.clone();
            tokio::spawn(async move {
                let _ = respond(&mut socket, &part, times).await;
            });
        }
    });
    url
}

async fn respond(socket: &mut TcpStream, part: &[u8], times: u64) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if socket.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let is_file = request.starts_with(b"GET /download/");
    let job = json!({ "job_identifier": JOB, "status": "completed" }).to_string();
    let (kind, length) = if is_file {
        ("application/octet-stream", part.len() as u64 * times)
    } else {
        ("application/json", job.len() as u64)
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await?;
    if !is_file {
        return socket.write_all(job.as_bytes()).await;
    }
    for _ in 0..times {
        socket.write_all(part).await?;
    }
    Ok(())
}

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1);
    kib.unwrap().parse().unwrap()
}

/// Exports so many MiB to a file, and returns the peak after it.
async fn run(mebibytes: u64, gunzip: bool) -> u64 {
    let plain: Vec<u8> = (0..MIB)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let part = if gunzip { gzip(&plain).await } else { plain };
    let url = serve(part, mebibytes).await;
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("all.csv");
    let intercom = Intercom::builder(TOKEN).base_url(url).build().unwrap();
    let began = Instant::now();
    let export = intercom.v2_14().data_export().resume(JOB);
    let export = export.timeout(Duration::MAX).gunzip(gunzip);
    let exported = export.to_file(&target).await.unwrap();
    assert_eq!(exported.written, mebibytes * MIB);
    assert_eq!(std::fs::metadata(&target).unwrap().len(), exported.written);
    let peak = peak();
    println!(
        "{mebibytes} MiB, gunzip {gunzip}: {:.1?}, peak RSS {:.1} MiB",
        began.elapsed(),
        peak as f64 / 1024.0
    );
    peak
}

/// `cargo test --test exports -- --ignored --nocapture --test-threads 1`
#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "writes 2 GiB"]
async fn a_gibibyte_takes_as_little_memory_as_a_part_of_it() {
    for gunzip in [false, true] {
        let (small, large) = (run(64, gunzip).await, run(1024, gunzip).await);
        assert!(large < small + 8 * 1024, "{small} KiB, then {large} KiB");
    }
}
