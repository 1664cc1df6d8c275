//! What it costs to read a list to its end: with `stream()`, and with a loop written by hand for reqwest and serde_json.
//!
//! `cargo bench --bench list` prints contacts a second of both and their proportion, and what memory the process has used at
//! most after 10,000 contacts and after 1,000,000.
#![recursion_limit = "256"]

#[path = "decode/by_hand/mod.rs"]
#[allow(unused_imports, reason = "this benchmark reads contacts only")]
mod by_hand;
#[path = "decode/payloads.rs"]
#[allow(dead_code, reason = "this benchmark reads contacts only")]
mod payloads;

use std::time::{Duration, Instant};
use std::{fs, thread};

use futures_util::TryStreamExt;
use intercom_client::Intercom;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PER_PAGE: u64 = 150;
const TOKEN: &str = "a-token";

/// Serves `total` contacts in pages, whatever is asked for; the cursor is the number of contacts before the page.
fn serve(total: u64) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    let mut page = payloads::contacts(PER_PAGE);
    page["pages"]["next"] = "@next".into();
    let page = page.to_string();
    let (before, after) = page.split_once("\"@next\"").unwrap();
    let parts = (before.to_owned(), after.to_owned());
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve_connection(socket, parts.clone(), total));
            }
        });
    });
    url
}

async fn serve_connection(
    mut socket: TcpStream,
    (before, after): (String, String),
    total: u64,
) -> Option<()> {
    socket.set_nodelay(true).ok()?;
    let mut received = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            if socket.read_buf(&mut received).await.ok()? == 0 {
                return None;
            }
        };
        let head = String::from_utf8(received.drain(..end + 4).collect()).ok()?;
        let cursor = head.split_once("starting_after=").map(|(_, rest)| rest);
        let cursor = cursor.and_then(|rest| rest.split([' ', '&']).next()?.parse().ok());
        let done = cursor.unwrap_or(0) + PER_PAGE;
        let next = if done < total {
            format!("{{\"page\":2,\"starting_after\":\"{done}\"}}")
        } else {
            "null".to_owned()
        };
        let length = before.len() + next.len() + after.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        for part in [&head, &before, &next, &after] {
            socket.write_all(part.as_bytes()).await.ok()?;
        }
    }
}

async fn with_stream(url: &str) -> u64 {
    let intercom = Intercom::builder(TOKEN).base_url(url).build().unwrap();
    let list = intercom.v2_14().contacts().list().per_page(PER_PAGE as i64);
    let count = list.stream().try_fold(0, |count, contact| async move {
        drop(std::hint::black_box(contact));
        Ok(count + 1)
    });
    count.await.unwrap()
}

async fn by_hand(url: &str) -> u64 {
    let http = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let (mut count, mut cursor) = (0, None);
    loop {
        let mut query = vec![("per_page", PER_PAGE.to_string())];
        query.extend(cursor.map(|cursor: String| ("starting_after", cursor)));
        let request = http
            .get(format!("{url}/contacts"))
            .bearer_auth(TOKEN)
            .header("intercom-version", "2.14")
            .query(&query);
        let response = request.send().await.unwrap().error_for_status().unwrap();
        let body = response.bytes().await.unwrap();
        let page: by_hand::ContactList = serde_json::from_slice(&body).unwrap();
        for contact in page.data {
            drop(std::hint::black_box(contact));
            count += 1;
        }
        let next = page.pages.and_then(|pages| pages.next);
        cursor = next.and_then(|next| next.starting_after);
        if cursor.is_none() {
            return count;
        }
    }
}

/// The most memory that the process has used, in MiB, if the system reports it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Contacts a second.
async fn rate(count: impl Future<Output = u64>) -> f64 {
    let start = Instant::now();
    let count = count.await;
    count as f64 / start.elapsed().as_secs_f64()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let few = serve(10_000);
    assert_eq!(with_stream(&few).await, 10_050);
    println!("10,000 contacts: {:?} MiB at most", peak());

    // Turns, so that what else the machine does slows both alike.
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..15 {
        let (stream, hand) = (rate(with_stream(&few)).await, rate(by_hand(&few)).await);
        ours.push(stream);
        theirs.push(hand);
        ratios.push(hand / stream);
    }
    println!(
        "stream(): {:.0} contacts a second; by hand: {:.0}; {:.2} x its time (at most 1.15)",
        median(ours),
        median(theirs),
        median(ratios)
    );

    let many = serve(1_000_000);
    assert_eq!(with_stream(&many).await, 1_000_050);
    println!("1,000,000 contacts: {:?} MiB at most", peak());
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
