//! A way to fail that takes a server with TLS; the others are in the client's own tests.

#[path = "../../tests/transport/kinds/row.rs"]
mod row;

use std::sync::Arc;
use std::time::Duration;

use intercom_client::{Error, ErrorKind::Tls, Intercom, reqwest};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, crypto::aws_lc_rs};
use tokio::net::TcpListener;

use self::row::{Making, Row, assert_reported, row};
use crate::{TOKEN, quick};

#[rustfmt::skip]
const ROW: Row = row(Tls, untrusted, "contacts.get (GET /contacts/{contact_id}): could not establish TLS with the server", 3, &["is_connect", "is_retryable"]).caused();

/// A server whose certificate nobody vouches for.
fn untrusted() -> Making {
    Box::pin(async {
        let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.into()], key)
            .unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let _ = acceptor.accept(socket).await;
            }
        });
        get(&url).await
    })
}

/// From a client that gives up on nothing that is there.
async fn get(url: &str) -> Error {
    let long = Duration::from_secs(30);
    let builder = Intercom::builder(TOKEN)
        .base_url(url)
        // Neither the machine's certificates nor its proxy have to do with it.
        .http_client_builder(reqwest::Client::builder().no_proxy().tls_certs_only([]))
        .retry(quick())
        .connect_timeout(long)
        .response_timeout(long)
        .read_timeout(long);
    let api = builder.build().unwrap().v2_14();
    let call = api.contacts().get("c1").send();
    call.await.unwrap_err()
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_a_failure_of_tls() {
    assert_reported(&ROW).await;
}
