//! A server that responds to every request with the same body, and with the headers that Intercom sends.
//!
//! It has one thread for all connections: wherever the system lets it run, it is as far from both ways of calling.

use std::io::Result;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Starts it; the URL is that of its root.
pub fn start(body: String) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    thread::spawn(move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_io().build().unwrap().block_on(async {
            let body: Arc<str> = body.into();
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                let body = Arc::clone(&body);
                tokio::spawn(async move { serve(socket, &body).await });
            }
        });
    });
    url
}

/// Until the client closes the connection.
async fn serve(mut socket: TcpStream, body: &str) -> Result<()> {
    socket.set_nodelay(true)?;
    let (reader, mut writer) = socket.split();
    let mut reader = BufReader::new(reader);
    while skip_request(&mut reader).await? {
        let response = format!("{}{body}", head(body.len()));
        writer.write_all(response.as_bytes()).await?;
    }
    Ok(())
}

/// Reads a request; false if there is none.
async fn skip_request(reader: &mut (impl AsyncBufRead + Unpin)) -> Result<bool> {
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(false);
        }
        let lower = line.trim_end().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        if let Some(value) = lower.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
    tokio::io::copy(&mut reader.take(length), &mut tokio::io::sink()).await?;
    Ok(true)
}

/// With a rate limit that nobody reaches.
fn head(length: usize) -> String {
    let now = SystemTime::now();
    let date = httpdate::fmt_http_date(now);
    let seconds = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let reset = (seconds.as_secs() / 10 + 1) * 10;
    format!(
        "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-type: application/json; charset=utf-8\r\n\
         content-length: {length}\r\nx-ratelimit-limit: 1000000\r\nx-ratelimit-remaining: 999000\r\n\
         x-ratelimit-reset: {reset}\r\nintercom-version: 2.14\r\nx-request-id: 000a1b2c3d4e5f6g7h8i\r\n\
         x-frame-options: SAMEORIGIN\r\nx-content-type-options: nosniff\r\nx-xss-protection: 1; mode=block\r\n\
         strict-transport-security: max-age=31556952; includeSubDomains; preload\r\n\
         cache-control: max-age=0, private, must-revalidate\r\nvary: Accept,Accept-Encoding\r\n\
         etag: W/\"1f0c2d4a5b6c7d8e9f00112233445566\"\r\nx-intercom-version: 00000000000000000000\r\n\
         x-runtime: 0.042000\r\nserver: nginx\r\n\r\n"
    )
}
