//! Waits that end without what they are for.

use std::time::{Duration, SystemTime};

use intercom_client::{CallOptions, Error, Intercom};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use tokio::net::TcpListener;

use super::{LONG, NOWHERE, SHORT, builder, create, cut, get, patient, with_token};
use crate::hints::unix;
use crate::kinds::row::Making;
use crate::support::{Reply, Server};

pub(in crate::kinds) fn provider_hangs() -> Making {
    with_token(std::future::pending::<Result<String, std::io::Error>>)
}

/// The connection is taken, and then nothing comes.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(in crate::kinds) fn tls_stalls() -> Making {
    Box::pin(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        get(patient(&url).connect_timeout(SHORT)).await
    })
}

pub(in crate::kinds) fn says_nothing() -> Making {
    Box::pin(async {
        let server = Server::start(vec![Reply::silence(); 3]).await;
        get(patient(&server.url).response_timeout(SHORT)).await
    })
}

pub(in crate::kinds) fn says_nothing_to_a_write() -> Making {
    Box::pin(async {
        let server = Server::start(vec![Reply::silence(); 3]).await;
        create(patient(&server.url).response_timeout(SHORT)).await
    })
}

pub(in crate::kinds) fn body_stalls() -> Making {
    Box::pin(async {
        let server = Server::start(vec![cut().then_stall(); 3]).await;
        get(patient(&server.url).read_timeout(SHORT)).await
    })
}

pub(in crate::kinds) fn deadline() -> Making {
    with_deadline(Reply::silence(), SHORT)
}

pub(in crate::kinds) fn deadline_in_body() -> Making {
    // Long enough for the headers.
    with_deadline(cut().then_stall(), Duration::from_secs(2))
}

fn with_deadline(reply: Reply, deadline: Duration) -> Making {
    Box::pin(async move {
        let server = Server::start([reply]).await;
        get_within(deadline, &patient(&server.url).build().unwrap()).await
    })
}

pub(in crate::kinds) fn deadline_at_token() -> Making {
    Box::pin(async {
        let token = std::future::pending::<Result<String, std::io::Error>>;
        get_within(SHORT, &builder(token, NOWHERE).build().unwrap()).await
    })
}

pub(in crate::kinds) fn deadline_at_turn() -> Making {
    Box::pin(async {
        let reset = unix(SystemTime::now() + LONG);
        let exhausted = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", &reset),
        ];
        let server = Server::start([Reply::new(404, &exhausted, "")]).await;
        let intercom = patient(&server.url).build().unwrap();
        let first = intercom.v2_14().contacts().get("c1").send();
        first.await.unwrap_err();
        get_within(SHORT, &intercom).await
    })
}

async fn get_within(deadline: Duration, intercom: &Intercom) -> Error {
    let options = CallOptions::new().timeout(deadline);
    let api = intercom.v2_14().with_options(options);
    let call = api.contacts().get("c1").send();
    call.await.unwrap_err()
}
