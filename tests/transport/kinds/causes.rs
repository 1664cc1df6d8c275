//! What makes a call fail, one way each.

mod waits;

use std::time::Duration;

use intercom_client::{Error, Intercom, IntercomBuilder, TokenSource};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

pub(super) use self::waits::*;
use super::row::Making;
use crate::faults::http;
use crate::http2::server::{self as http2, Act};
use crate::support::{Reply, Server};
use crate::{TOKEN, quick};

/// For what is meant to be waited for in vain, and for what is not.
const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(30);

/// Where nothing is sent, so there need not be a server.
const NOWHERE: &str = "http://127.0.0.1:9";

/// What the provider of tokens says, which may be anything.
pub(super) const VAULT: &str = "vault: ada may not read it";

const ERRORS: &str =
    r#"{"type":"error.list","errors":[{"code":"the_code","message":"Ada is unknown"}]}"#;

pub(super) fn no_token() -> Making {
    Box::pin(async { Intercom::builder("").build().unwrap_err() })
}

pub(super) fn token_with_scheme() -> Making {
    Box::pin(async {
        let alone = Intercom::builder("Bearer ").build().unwrap_err();
        let error = Intercom::builder("bearer dG9r").build().unwrap_err();
        assert_eq!(alone.to_string(), error.to_string());
        error
    })
}

pub(super) fn no_id() -> Making {
    Box::pin(async {
        let api = patient(NOWHERE).build().unwrap().v2_14();
        api.contacts().get("").send().await.unwrap_err()
    })
}

pub(super) fn provider_fails() -> Making {
    with_token(|| async { Err::<String, _>(std::io::Error::other(VAULT)) })
}

fn with_token<M>(token: impl TokenSource<M> + 'static) -> Making {
    Box::pin(async { get(builder(token, NOWHERE).response_timeout(SHORT)).await })
}

pub(super) fn no_address() -> Making {
    Box::pin(async {
        // Too long for a name, so no network is needed to find that it has no address.
        let url = format!("http://{}.invalid", "a".repeat(64));
        get(patient(&url).allow_http(true)).await
    })
}

pub(super) fn nobody_listens() -> Making {
    Box::pin(async {
        // A port that is taken, so that no other test listens there.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        get(patient(&url)).await
    })
}

/// A server that speaks plain HTTP where TLS is expected.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(super) fn no_tls() -> Making {
    Box::pin(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let _ = socket.read(&mut [0; 9]).await;
                let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                // Not closed before the client has read it.
                let _ = tokio::io::copy(&mut socket, &mut tokio::io::sink()).await;
            }
        });
        get(patient(&url)).await
    })
}

pub(super) fn body_breaks() -> Making {
    fails(cut())
}

pub(super) fn hangs_up() -> Making {
    fails(Reply::hang_up())
}

pub(super) fn hangs_up_on_a_write() -> Making {
    Box::pin(async {
        let server = Server::start([]).await;
        create(patient(&server.url)).await
    })
}

pub(super) fn garbage() -> Making {
    fails(Reply::garbage())
}

/// Over HTTP/2.
pub(super) fn refused_stream() -> Making {
    Box::pin(async { get(over_http2(Act::Reset(7)).await).await })
}

/// The same; the connection goes away as well.
pub(super) fn goes_away() -> Making {
    Box::pin(async { create(over_http2(Act::GoAwayBefore(0)).await).await })
}

async fn over_http2(act: Act) -> IntercomBuilder {
    let url = http2::Server::new(move |_| act).start().await;
    patient(&url).http_client_builder(http().http2_prior_knowledge())
}

pub(super) fn redirect() -> Making {
    let goal = ("location", "https://files.example/c1?sig=1");
    fails(Reply::new(302, &[goal, ID], ""))
}

pub(super) fn redirect_of_a_write() -> Making {
    Box::pin(async {
        let goal = ("location", "https://files.example/c1?sig=1");
        let server = Server::start([Reply::new(303, &[goal, ID], "")]).await;
        create(patient(&server.url)).await
    })
}

pub(super) fn status<const STATUS: u16>() -> Making {
    fails(Reply::new(STATUS, &[JSON, ID], ERRORS))
}

pub(super) fn long_wait() -> Making {
    fails(Reply::new(429, &[("retry-after", "86400")], ""))
}

pub(super) fn quota() -> Making {
    Box::pin(async {
        let server = Server::start(vec![Reply::new(429, &[JSON, ID], ERRORS); 3]).await;
        let api = patient(&server.url).build().unwrap().v2_14();
        let create = api
            .data_export()
            .create()
            .created_at_after(chrono::DateTime::UNIX_EPOCH)
            .created_at_before(chrono::DateTime::UNIX_EPOCH);
        create.send().await.unwrap_err()
    })
}

pub(super) fn web_page<const STATUS: u16>() -> Making {
    let page = "<!DOCTYPE html><p>ada@example.com, we are down</p>";
    fails(Reply::new(
        STATUS,
        &[("content-type", "text/html"), ID],
        page,
    ))
}

pub(super) fn no_json() -> Making {
    fails(Reply::new(200, &[JSON, ID], "{\"id\": \"c"))
}

pub(super) fn no_contact() -> Making {
    fails(Reply::new(
        200,
        &[JSON, ID],
        "{\"message\": \"temporarily unavailable\"}",
    ))
}

pub(super) fn no_body() -> Making {
    fails(Reply::new(200, &[JSON, ID], ""))
}

pub(super) fn too_large() -> Making {
    Box::pin(async {
        let server = Server::start([Reply::new(200, &[JSON, ID], "{\"id\": \"5\"}")]).await;
        let intercom = patient(&server.url).max_response_size(10).build().unwrap();
        intercom
            .v2_14()
            .contacts()
            .get("5")
            .send()
            .await
            .unwrap_err()
    })
}

pub(super) fn scroll_expired() -> Making {
    Box::pin(async {
        let list = r#"{"type":"error.list","errors":[{"code":"not_found","message":"scroll parameter not found"}]}"#;
        let server = Server::start([Reply::new(404, &[JSON, ID], list)]).await;
        let api = patient(&server.url).build().unwrap().v2_14();
        api.companies().scroll().send().await.unwrap_err()
    })
}

pub(super) fn scroll_exists() -> Making {
    Box::pin(async {
        let list = r#"{"type":"error.list","errors":[{"code":"scroll_exists"}]}"#;
        let server = Server::start([Reply::new(400, &[JSON, ID], list)]).await;
        let api = patient(&server.url).build().unwrap().v2_14();
        api.companies().scroll().send().await.unwrap_err()
    })
}

pub(super) fn no_mock() -> Making {
    Box::pin(async {
        let unmatched = r#"{"message":"Request did not match any route or mock"}"#;
        let server = Server::start([Reply::new(404, &[JSON, ID], unmatched)]).await;
        get(patient(&server.url)).await
    })
}

pub(super) fn circle() -> Making {
    Box::pin(async {
        let page = r#"{"type":"list","data":[],"pages":{"next":{"starting_after":"2"}}}"#;
        let server = Server::start(vec![Reply::new(200, &[JSON, ID], page); 2]).await;
        let api = patient(&server.url).build().unwrap().v2_14();
        let mut stream = api.contacts().list().stream();
        stream.try_next().await.unwrap_err()
    })
}

const JSON: (&str, &str) = ("content-type", "application/json");
const ID: (&str, &str) = ("x-request-id", "req-1");

/// A body that is shorter than its headers say.
fn cut() -> Reply {
    Reply::raw(200, &[JSON, ID, ("content-length", "999")], "{\"ty")
}

fn patient(url: &str) -> IntercomBuilder {
    builder(TOKEN, url)
}

/// A client that gives up on nothing that is there.
fn builder<M>(token: impl TokenSource<M>, url: &str) -> IntercomBuilder {
    Intercom::builder(token)
        .base_url(url)
        .http_client_builder(http())
        .retry(quick())
        .connect_timeout(LONG)
        .response_timeout(LONG)
        .read_timeout(LONG)
}

fn fails(reply: Reply) -> Making {
    Box::pin(async {
        let server = Server::start(vec![reply; 3]).await;
        get(patient(&server.url)).await
    })
}

async fn get(builder: IntercomBuilder) -> Error {
    let api = builder.build().unwrap().v2_14();
    let call = api.contacts().get("c1").send();
    call.await.unwrap_err()
}

async fn create(builder: IntercomBuilder) -> Error {
    let api = builder.build().unwrap().v2_14();
    let create = api.contacts().create();
    let create = create.email("ada@example.com");
    create.send().await.unwrap_err()
}
