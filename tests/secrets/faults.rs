//! Every way to fail that this machine can bring about by itself.

use std::io::Error as IoError;
use std::time::Duration;

use intercom_client::{CallOptions, Intercom, IntercomBuilder, RetryPolicy, TokenSource};
use reqwest::ClientBuilder;
use reqwest::dns::{Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Reply, Server};
use crate::{EMAIL, ID, SECRET, SIGNATURE, TOKEN};

/// A client whose calls fail in one way.
pub struct Fault {
    pub name: &'static str,
    pub intercom: Intercom,
    pub options: CallOptions,
    /// Responds until it is dropped.
    _server: Option<Server>,
}

const LIMIT: Duration = Duration::from_millis(500);

fn builder<M>(token: impl TokenSource<M>, url: &str) -> IntercomBuilder {
    let policy = RetryPolicy::new().max_attempts(2);
    Intercom::builder(token)
        .base_url(url)
        .retry(policy.base_delay(Duration::from_millis(1)))
        .connect_timeout(Duration::from_secs(10))
        .response_timeout(LIMIT)
        .read_timeout(LIMIT)
}

fn fault(name: &'static str, builder: IntercomBuilder, server: Option<Server>) -> Fault {
    crate::collect::ours(crate::collect::Sort::Debug, format!("{builder:?}"));
    Fault {
        name,
        intercom: builder.build().unwrap(),
        options: CallOptions::new().header("x-secret", SECRET),
        _server: server,
    }
}

/// Those of a server that sends the same reply to every request.
async fn of_replies() -> Vec<Fault> {
    let quoted = format!(
        r#"{{"type":"error.list","request_id":"r-1","errors":[{{"code":"parameter_invalid",
        "message":"{EMAIL} is taken by {ID}, said {TOKEN} and {SECRET}"}}]}}"#
    );
    let odd = format!(r#"{{"errors":[{{"code":"{EMAIL} {TOKEN}","field":"{EMAIL}"}}]}}"#);
    let json = [("content-type", "application/json")];
    let long = [
        ("content-type", "application/json"),
        ("content-length", "9999"),
    ];
    let goal = format!("http://127.0.0.1:1/{ID}?X-Amz-Signature={SIGNATURE}&email={EMAIL}");
    let typed = format!(r#"{{"type":"contact","id":["{EMAIL}","{TOKEN}"]}}"#);
    let keyed = format!(r#"{{"type":"contact","id":{{"{EMAIL}":"{TOKEN}"}}}}"#);
    let cut = format!(r#"{{"type":"contact","id":"{TOKEN}","email":"{EMAIL}"#);
    let mut faults = Vec::new();
    for (name, reply) in [
        ("429", Reply::json(429, &quoted)),
        ("400", Reply::json(400, &quoted)),
        ("401", Reply::json(401, &quoted)),
        ("404", Reply::json(404, &quoted)),
        ("409", Reply::json(409, &quoted)),
        ("an odd code", Reply::json(422, &odd)),
        ("500", Reply::json(500, &quoted)),
        ("503", Reply::json(503, &quoted)),
        ("a page", Reply::html(200)),
        ("a page of a proxy", Reply::html(502)),
        ("closed", Reply::hang_up()),
        ("reset", Reply::hang_up().then_reset()),
        (
            "reset in the body",
            Reply::raw(200, &long, &quoted).then_reset(),
        ),
        ("silence", Reply::silence()),
        (
            "a stall in the body",
            Reply::raw(200, &long, &quoted).then_stall(),
        ),
        ("cut", Reply::raw(200, &long, &quoted)),
        ("cut after an error", Reply::raw(500, &long, &quoted)),
        ("no HTTP", Reply::garbage()),
        ("of another type", Reply::json(200, &typed)),
        ("another key", Reply::json(200, &keyed)),
        ("half a document", Reply::json(200, &cut)),
        ("a text", Reply::json(200, format!("\"{TOKEN} {EMAIL}\""))),
        ("nothing", Reply::new(200, &json, "")),
        ("a redirect", Reply::redirect(302, &goal)),
    ] {
        let server = Server::with(move |_| reply.clone()).await;
        faults.push(fault(name, builder(TOKEN, &server.url), Some(server)));
    }
    faults
}

pub async fn all() -> Vec<Fault> {
    let mut faults = of_replies().await;
    let server = Server::with(|_| Reply::silence()).await;
    let url = server.url.clone();

    let mut late = fault("timeout", builder(TOKEN, &url), Some(server));
    late.options = late.options.timeout(LIMIT / 2);
    faults.push(late);
    for name in ["header", "version", "another header"] {
        let mut illegal = fault(name, builder(TOKEN, &url), None);
        illegal.options = match name {
            "header" => illegal.options.header("x-more", format!("{SECRET}\n")),
            "version" => illegal.options.api_version(format!("{SECRET}\n")),
            _ => illegal.options.header("authorization", TOKEN),
        };
        faults.push(illegal);
    }

    let fails = || async { Err::<String, _>(IoError::other(format!("no {TOKEN} for {EMAIL}"))) };
    let illegal = || async { Ok::<_, IoError>(format!("{TOKEN}\n{TOKEN}")) };
    let hangs = || std::future::pending::<Result<String, IoError>>();
    faults.push(fault("the provider fails", builder(fails, &url), None));
    faults.push(fault("no legal token", builder(illegal, &url), None));
    faults.push(fault("the provider hangs", builder(hangs, &url), None));

    let refused = builder(TOKEN, &closed_port().await);
    faults.push(fault("refused", refused, None));
    let http = ClientBuilder::new().no_proxy().dns_resolver(NoNames);
    let nameless = builder(TOKEN, "https://api.example").http_client_builder(http);
    faults.push(fault("no such name", nameless, None));
    let plain = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let http = ClientBuilder::new().no_proxy();
    let tls = builder(TOKEN, &plain.replace("http:", "https:")).http_client_builder(http);
    faults.push(fault("no TLS", tls, None));
    // Settings, and the headers of a 500 that is the whole response to the first request.
    let frames = b"\0\0\0\x04\0\0\0\0\0\0\0\x01\x01\x05\0\0\0\x01\x8e";
    let http = ClientBuilder::new().no_proxy().http2_prior_knowledge();
    let http2 = builder(TOKEN, &raw(frames).await).http_client_builder(http);
    faults.push(fault("HTTP/2", http2, None));
    faults
}

/// A server that says the same to everyone once they have said something, and then waits for them to go.
async fn raw(response: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut read = [0; 4096];
                let _ = socket.read(&mut read).await;
                let _ = socket.write_all(response).await;
                while socket.read(&mut read).await.is_ok_and(|length| length > 0) {}
            });
        }
    });
    url
}

async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such name".into()) })
    }
}
