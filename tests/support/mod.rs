//! A server on this machine that sends what a test gives it, byte for byte, and fails as the test wants.

#![allow(dead_code, reason = "each test uses its own share")]

pub mod calls;
pub mod text;
pub mod window;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone)]
pub struct Reply {
    head: String,
    body: Vec<u8>,
    /// Sent after it, each part after a pause.
    parts: Vec<&'static [u8]>,
    pause: Duration,
    end: End,
}

/// What becomes of the connection after a reply.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Close,
    /// Closed in a way that the client takes for a fault.
    Reset,
    /// Kept, and nothing more is said.
    Stall,
    /// Kept for the next request.
    Keep,
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
        let mut head = format!("HTTP/1.1 {status} Whatever\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Self {
            head,
            body: body.as_ref().to_vec(),
            parts: Vec::new(),
            pause: Duration::ZERO,
            end: End::Close,
        }
    }

    /// Something that is no HTTP.
    pub fn garbage() -> Self {
        Self {
            body: b"220 mail.example ESMTP\r\n\r\n".to_vec(),
            ..Self::hang_up()
        }
    }

    /// No response at all: the connection is closed.
    pub fn hang_up() -> Self {
        Self {
            head: String::new(),
            body: Vec::new(),
            parts: Vec::new(),
            pause: Duration::ZERO,
            end: End::Close,
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
        self.end = End::Stall;
        self
    }

    /// Resets the connection after what there is to send.
    pub fn then_reset(mut self) -> Self {
        self.end = End::Reset;
        self
    }

    /// Leaves the connection to further requests.
    pub fn then_keep(mut self) -> Self {
        self.end = End::Keep;
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone().into_bytes();
        if !bytes.is_empty() {
            let connection = match self.end {
                End::Keep => "keep-alive",
                End::Close | End::Reset | End::Stall => "close",
            };
            bytes.extend_from_slice(format!("connection: {connection}\r\n\r\n").as_bytes());
        }
        bytes.extend_from_slice(&self.body);
        bytes
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

/// Returns the reply to a request.
type Script = Arc<dyn Fn(Seen) -> Reply + Send + Sync>;

pub struct Server {
    pub url: String,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Sends the first reply to the first request, and so on; after the last one it hangs up.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let replies = Arc::new(Mutex::new(replies.into_iter().collect::<VecDeque<_>>()));
        let log = Arc::clone(&seen);
        let queue = Arc::clone(&replies);
        let script = move |request| {
            log.lock().unwrap().push(request);
            let reply = queue.lock().unwrap().pop_front();
            reply.unwrap_or_else(Reply::hang_up)
        };
        Self {
            replies,
            seen,
            ..Self::with(script).await
        }
    }

    /// Sends what `script` returns for each request. What was received is for the script to remember.
    pub async fn with(script: impl Fn(Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            replies: Arc::default(),
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let script: Script = Arc::new(script);
        let connections = Arc::clone(&server.connections);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(socket, Arc::clone(&script)));
            }
        });
        server
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

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

async fn serve(mut socket: TcpStream, script: Script) {
    let _ = socket.set_nodelay(true);
    let mut received = Vec::new();
    while let Some(request) = read_request(&mut socket, &mut received).await {
        let reply = script(request);
        let _ = socket.write_all(&reply.bytes()).await;
        for part in reply.parts {
            tokio::time::sleep(reply.pause).await;
            let _ = socket.write_all(part).await;
        }
        match reply.end {
            End::Keep => {}
            End::Close => return,
            End::Reset => {
                let _ = socket.set_zero_linger();
                return;
            }
            End::Stall => {
                // Until the client gives up.
                let _ = socket.read(&mut [0; 1]).await;
                return;
            }
        }
    }
}

/// The next request on a connection; `received` keeps what came after it.
async fn read_request(socket: &mut TcpStream, received: &mut Vec<u8>) -> Option<Seen> {
    let head = loop {
        if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(received).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(received[..head].to_vec()).unwrap();
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
    let end = head + 4 + length;
    while received.len() < end {
        if socket.read_buf(received).await.ok()? == 0 {
            return None;
        }
    }
    let rest = received.split_off(end);
    seen.body = String::from_utf8(received.split_off(head + 4)).unwrap();
    *received = rest;
    Some(seen)
}
