//! A server on this machine that answers as it is told to, byte for byte.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one connection.
#[derive(Clone)]
pub struct Reply {
    bytes: Vec<u8>,
    /// Sent after it, each part after a pause.
    parts: Vec<&'static [u8]>,
    pause: Duration,
    stall: bool,
}

impl Reply {
    /// A complete response.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let length = body.as_ref().len().to_string();
        let mut headers = headers.to_vec();
        headers.push(("content-length", &length));
        Self::raw(status, &headers, body)
    }

    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(
            status,
            &[("content-type", "application/json; charset=utf-8")],
            body,
        )
    }

    pub fn html(status: u16) -> Self {
        let page = "<!DOCTYPE html><p>ada@example.com, we are down</p>";
        Self::new(status, &[("content-type", "text/html")], page)
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &[("location", location)], "")
    }

    /// A response whose headers are sent as they are, whether they fit the body or not.
    pub fn raw(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let mut text = format!("HTTP/1.1 {status} Whatever\r\nconnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(body.as_ref());
        Self {
            bytes,
            parts: Vec::new(),
            pause: Duration::ZERO,
            stall: false,
        }
    }

    /// No response at all: the connection is closed.
    pub fn hang_up() -> Self {
        Self {
            bytes: Vec::new(),
            parts: Vec::new(),
            pause: Duration::ZERO,
            stall: false,
        }
    }

    /// No response at all: the connection is kept.
    pub fn silence() -> Self {
        Self::hang_up().then_stall()
    }

    /// Sends more, one part after each pause.
    pub fn then_slowly(mut self, parts: &[&'static str], pause: Duration) -> Self {
        self.parts = parts.iter().map(|part| part.as_bytes()).collect();
        self.pause = pause;
        self
    }

    /// Keeps the connection open after what there is to send.
    pub fn then_stall(mut self) -> Self {
        self.stall = true;
        self
    }
}

/// A request that the server received.
#[derive(Clone, Debug)]
pub struct Seen {
    pub line: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} was sent twice");
        value
    }
}

pub struct Server {
    pub url: String,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers the first connection with the first reply, and so on; further ones are closed.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(replies.into_iter().collect::<VecDeque<_>>()));
        let log = Arc::clone(&seen);
        let queue = Arc::clone(&replies);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let reply = queue.lock().unwrap().pop_front();
                let reply = reply.unwrap_or_else(Reply::hang_up);
                tokio::spawn(answer(socket, reply, Arc::clone(&log)));
            }
        });
        Self { url, replies, seen }
    }

    /// One more reply, for those that need the address of this server.
    pub fn push(&self, reply: Reply) {
        self.replies.lock().unwrap().push_back(reply);
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request that was received.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.into_iter().next().unwrap()
    }
}

async fn answer(mut socket: TcpStream, reply: Reply, log: Arc<Mutex<Vec<Seen>>>) {
    let Some(request) = read_request(&mut socket).await else {
        return;
    };
    log.lock().unwrap().push(request);
    let _ = socket.write_all(&reply.bytes).await;
    for part in reply.parts {
        tokio::time::sleep(reply.pause).await;
        let _ = socket.write_all(part).await;
    }
    if reply.stall {
        // Until the client gives up.
        let _ = socket.read(&mut [0; 1]).await;
    }
}

async fn read_request(socket: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.lines();
    let mut seen = Seen {
        line: lines.next()?.trim_end_matches(" HTTP/1.1").to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
        body: String::new(),
    };
    let length: usize = seen
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while bytes.len() < head + 4 + length {
        socket.read_buf(&mut bytes).await.ok()?;
    }
    seen.body = String::from_utf8(bytes.split_off(head + 4)).unwrap();
    Some(seen)
}
