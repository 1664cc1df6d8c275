//! TLS with a certificate of the test's own, and with ALPN, by which client and server agree on HTTP/2.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use intercom_client::reqwest::{Certificate, Client, ClientBuilder};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::Server;

struct Identity {
    certificate: CertificateDer<'static>,
    config: Arc<ServerConfig>,
}

/// One for all servers.
static IDENTITY: LazyLock<Identity> = LazyLock::new(|| {
    let names = ["127.0.0.1", "api.eu.intercom.io"].map(str::to_owned);
    let certified = rcgen::generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let certificate = CertificateDer::from(certified.cert);
    let mut config = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Identity {
        certificate,
        config: Arc::new(config),
    }
});

/// For clients that trust the server; what else may be built in has no ALPN.
pub(super) fn http() -> ClientBuilder {
    let certificate = Certificate::from_der(&IDENTITY.certificate).unwrap();
    let builder = Client::builder().no_proxy().tls_backend_rustls();
    builder.tls_certs_only([certificate])
}

/// The URL at which the server is to be found.
pub(super) async fn start(server: &Server) -> String {
    format!("https://{}", listen(server).await)
}

pub(super) async fn listen(server: &Server) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::clone(&IDENTITY.config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = server.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (acceptor, server) = (acceptor.clone(), server.clone());
            tokio::spawn(async move {
                let stream = acceptor.accept(socket).await.unwrap();
                let agreed = stream.get_ref().1.alpn_protocol();
                assert_eq!(agreed, Some(&b"h2"[..]), "the client speaks something else");
                server.serve(stream);
            });
        }
    });
    address
}
