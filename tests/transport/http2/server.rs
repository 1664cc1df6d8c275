//! A server of HTTP/2 that does to each stream what a test asks for, frame by frame.
//!
//! It does not read the headers of a request: the requests of a test differ by their bodies.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

use super::frame::{self, Frame};

/// What becomes of a stream once its request is complete.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// A whole response: status, media type, body.
    Respond(u16, &'static str, &'static str),
    /// The same with one more header.
    With(u16, (&'static str, &'static str), &'static str),
    /// The stream is reset with this code before there is a response.
    Reset(u32),
    /// The same after the beginning of a response.
    ResetInBody(u32),
    /// `GOAWAY` with this code, by which the stream was not processed; then the connection is closed.
    GoAwayBefore(u32),
    /// `GOAWAY` by which the stream is processed, and then the connection is closed all the same.
    GoAwayAfter,
    /// The same after the beginning of a response.
    GoAwayInBody,
    /// `GOAWAY` by which the stream is processed, the response, and the end of the connection.
    GoAwayAndRespond(&'static str),
    /// The connection is closed, whatever else runs over it.
    Close,
    /// The same after the beginning of a response.
    CloseInBody,
    /// Nothing.
    Silence,
    /// The beginning of a response, and then nothing.
    SilenceInBody,
    /// Fewer bytes than the headers say.
    TooShort,
    /// Something that is no HTTP/2.
    Garbage,
}

/// A request that the server received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) body: String,
}

type Script = Arc<dyn Fn(&Received) -> Act + Send + Sync>;

/// Serves connections, of which each was made what HTTP/2 runs over.
#[derive(Clone)]
pub(crate) struct Server {
    script: Script,
    seen: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn new(script: impl Fn(&Received) -> Act + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            seen: Arc::default(),
            connections: Arc::default(),
        }
    }

    pub(crate) fn seen(&self) -> Vec<Received> {
        self.seen.lock().unwrap().clone()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Without TLS, for clients that know that it speaks HTTP/2; the URL.
    pub(crate) async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                server.serve(socket);
            }
        });
        url
    }

    pub(crate) fn serve(&self, io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        self.connections.fetch_add(1, Ordering::Relaxed);
        let connection = Connection {
            io,
            server: self.clone(),
        };
        tokio::spawn(connection.run());
    }
}

struct Connection<S> {
    io: S,
    server: Server,
}

const NO_ERROR: u32 = 0;
const JSON: &str = "application/json";
const BEGUN: &str = "{\"ty";

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// To the end of the connection; what it fails with is of no interest.
    async fn run(mut self) -> std::io::Result<()> {
        self.io.read_exact(&mut [0; frame::PREFACE]).await?;
        self.write(frame::settings()).await?;
        let mut bodies: HashMap<u32, Vec<u8>> = HashMap::new();
        loop {
            let Frame {
                kind,
                flags,
                stream,
                payload,
            } = Frame::read(&mut self.io).await?;
            match kind {
                frame::HEADERS => drop(bodies.insert(stream, Vec::new())),
                frame::DATA => bodies.entry(stream).or_default().extend(payload),
                frame::SETTINGS if flags & frame::ACK == 0 => {
                    self.write(frame::settings_ack()).await?;
                }
                frame::PING if flags & frame::ACK == 0 => {
                    self.write(frame::pong(&payload)).await?;
                }
                _ => {}
            }
            let is_request = matches!(kind, frame::HEADERS | frame::DATA);
            if is_request && flags & frame::END_STREAM != 0 {
                let body = bodies.remove(&stream).unwrap_or_default();
                let received = Received {
                    body: String::from_utf8(body).unwrap(),
                };
                self.server.seen.lock().unwrap().push(received.clone());
                let act = (self.server.script)(&received);
                if self.act(stream, act).await? {
                    return self.io.shutdown().await;
                }
            }
        }
    }

    /// Whether the connection is to be closed.
    async fn act(&mut self, stream: u32, act: Act) -> std::io::Result<bool> {
        let begun = [
            frame::headers(stream, 200, &[("content-type", JSON)]),
            frame::data(stream, BEGUN, false),
        ];
        let begun = begun.concat();
        let response = |status, header, body| {
            let head = frame::headers(stream, status, &[header]);
            [head, frame::data(stream, body, true)].concat()
        };
        let (frames, is_end) = match act {
            Act::Respond(status, kind, body) => {
                (response(status, ("content-type", kind), body), false)
            }
            Act::With(status, header, body) => (response(status, header, body), false),
            Act::Reset(code) => (frame::reset(stream, code), false),
            Act::ResetInBody(code) => ([begun, frame::reset(stream, code)].concat(), false),
            // Those of a client have odd numbers.
            Act::GoAwayBefore(code) => (frame::go_away(stream.saturating_sub(2), code), true),
            Act::GoAwayAfter => (frame::go_away(stream, NO_ERROR), true),
            Act::GoAwayInBody => ([begun, frame::go_away(stream, NO_ERROR)].concat(), true),
            Act::GoAwayAndRespond(body) => {
                let response = response(200, ("content-type", JSON), body);
                ([frame::go_away(stream, NO_ERROR), response].concat(), true)
            }
            Act::Close => (Vec::new(), true),
            Act::CloseInBody => (begun, true),
            Act::Silence => (Vec::new(), false),
            Act::SilenceInBody => (begun, false),
            Act::TooShort => (response(200, ("content-length", "999"), BEGUN), false),
            Act::Garbage => (b"220 mail.example ESMTP\r\n\r\n".to_vec(), true),
        };
        self.write(frames).await?;
        Ok(is_end)
    }

    async fn write(&mut self, frames: Vec<u8>) -> std::io::Result<()> {
        self.io.write_all(&frames).await?;
        self.io.flush().await
    }
}
