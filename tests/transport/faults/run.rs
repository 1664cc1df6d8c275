//! A request, a server that fails in one way, and what became of both.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt, stream};
use intercom_client::{Error, ErrorKind, Intercom, RetryPolicy, reqwest};
use tokio::net::TcpSocket;

use super::requests::{BODY, Request};
use crate::hints::{http_date, unix};
use crate::support::{Reply, Seen, Server};
use crate::{TOKEN, soon};

/// What a request meets.
pub(super) enum Fault {
    Respond(fn() -> Reply),
    /// The same on a connection that was used before.
    Pooled(fn() -> Reply),
    /// Nobody listens.
    Refused,
    Redirects,
}

#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) seen: Vec<Seen>,
    pub(super) result: Result<u32, Error>,
    /// How many connections were made to the host that a redirect names.
    pub(super) elsewhere: usize,
}

/// For what is meant to be waited for in vain, and for what is not.
const SHORT: Duration = Duration::from_secs(3);
const LONG: Duration = Duration::from_secs(30);

/// Sends a request to a server that fails `faults` times and succeeds from then on.
///
/// The wait of `kind` is short, the others are long.
pub(super) async fn run(
    fault: &Fault,
    kind: ErrorKind,
    request: &Request,
    policy: RetryPolicy,
    faults: usize,
) -> Outcome {
    let limit = |of: ErrorKind| if kind == of { SHORT } else { LONG };
    let client = |url: &str| {
        Intercom::builder(TOKEN)
            .base_url(url)
            .http_client(shared())
            .retry(policy.clone())
            .response_timeout(limit(ErrorKind::ResponseTimeout))
            .read_timeout(limit(ErrorKind::ReadTimeout))
            .build()
            .unwrap()
    };
    match *fault {
        Fault::Refused => {
            // A port that is taken, so that no other test listens there.
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
            let url = format!("http://{}", socket.local_addr().unwrap());
            Outcome {
                result: soon((request.send)(&client(&url).v2_14())).await,
                seen: Vec::new(),
                elsewhere: 0,
            }
        }
        Fault::Respond(reply) => {
            let (server, seen) = failing(reply, 0, faults).await;
            let result = soon((request.send)(&client(&server.url).v2_14())).await;
            outcome(&seen, result, 0)
        }
        Fault::Redirects => {
            let other = Server::start([]).await;
            let url = other.url.clone();
            let reply = move || Reply::redirect(302, &url);
            let (server, seen) = failing(reply, 0, faults).await;
            let result = soon((request.send)(&client(&server.url).v2_14())).await;
            outcome(&seen, result, other.connections())
        }
        Fault::Pooled(reply) => {
            // The connection may not be back in the pool when it is needed: then this showed nothing.
            for _ in 0..100 {
                let (server, seen) = failing(reply, 1, faults).await;
                let api = client(&server.url).v2_14();
                soon(api.contacts().get("c1").send()).await.unwrap();
                let result = soon((request.send)(&api)).await;
                seen.lock().unwrap().remove(0);
                let outcome = outcome(&seen, result, 0);
                if server.connections() == outcome.seen.len() {
                    return outcome;
                }
            }
            panic!("no connection is used again");
        }
    }
}

/// Without the machine's certificates: to read them for each client would take longer than the calls. And without its
/// proxy, which has nothing to do with them.
pub(crate) fn http() -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder().no_proxy();
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// One for all: hundreds are in use at once, and to build as many would leave the servers no time.
fn shared() -> reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    let build = || http().redirect(reqwest::redirect::Policy::none()).build();
    HTTP.get_or_init(|| build().unwrap()).clone()
}

fn outcome(seen: &Mutex<Vec<Seen>>, result: Result<u32, Error>, elsewhere: usize) -> Outcome {
    Outcome {
        seen: seen.lock().unwrap().clone(),
        result,
        elsewhere,
    }
}

/// A server that first responds to `before` requests, then fails `faults` times, and what it sees.
pub(super) async fn failing(
    reply: impl Fn() -> Reply + Send + Sync + 'static,
    before: usize,
    faults: usize,
) -> (Server, Arc<Mutex<Vec<Seen>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let server = Server::with(move |request| {
        let mut log = log.lock().unwrap();
        log.push(request);
        match log.len().checked_sub(before + 1) {
            Some(number) if number < faults => reply(),
            _ => Reply::json(200, BODY).then_keep(),
        }
    });
    (server.await, seen)
}

/// What is wrong about any of the cases, which run side by side.
pub(crate) async fn every<C, F: Future<Output = Option<String>>>(
    cases: impl Iterator<Item = C>,
    check: impl Fn(C) -> F,
) -> Vec<String> {
    let wrong = stream::iter(cases).map(check).buffer_unordered(200);
    wrong.filter_map(std::future::ready).collect().await
}

/// The rate limit is exhausted, and the next window begins within the second.
pub(super) fn exhausted() -> Reply {
    window("0", Duration::from_secs(1))
}

/// Requests are left.
pub(super) fn left() -> Reply {
    window("5", Duration::from_secs(10))
}

fn window(remaining: &str, to_reset: Duration) -> Reply {
    let now = SystemTime::now();
    let headers = [
        ("date", &*http_date(now)),
        ("x-ratelimit-limit", "166"),
        ("x-ratelimit-remaining", remaining),
        ("x-ratelimit-reset", &unix(now + to_reset)),
    ];
    Reply::new(429, &headers, "{}")
}

pub(super) fn cut_chunk() -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("transfer-encoding", "chunked"),
    ];
    Reply::raw(200, &headers, "400\r\n{\"type\":\"list\"")
}

pub(super) fn reset_in_body() -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("content-length", "999"),
    ];
    let reply = Reply::raw(200, &headers, "{");
    // After a while, so that the headers are read and not lost with the connection.
    let pause = Duration::from_millis(100);
    reply.then_slowly(&["\"type\""], pause).then_reset()
}
