//! TLS with ring, against a server with TLS on this machine.
#![cfg(feature = "rustls-ring")]

use std::sync::Arc;

use intercom_client::{Error, ErrorKind, Intercom, IntercomBuilder, Method, RetryPolicy, reqwest};
use rcgen::{CertifiedKey, KeyPair};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::Acceptor;
use rustls::{ClientConfig, NamedGroup, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::LazyConfigAcceptor;

/// What the process of a client is given.
const URL: &str = "RING_TEST_URL";
const INSTALLS: &str = "RING_TEST_INSTALLS_A_PROVIDER";

/// A server with a certificate of its own for `127.0.0.1`.
struct Server {
    url: String,
    certificate: CertifiedKey<KeyPair>,
    /// What each client offered that came, and how far it came.
    visits: mpsc::UnboundedReceiver<Visit>,
}

#[derive(Debug, Default)]
struct Visit {
    protocols: Vec<Vec<u8>>,
    /// aws-lc can exchange keys with ML-KEM, and ring cannot.
    has_ml_kem: bool,
    is_served: bool,
}

impl Server {
    async fn start() -> Self {
        let certificate = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let (seen, visits) = mpsc::unbounded_channel();
        let config = Arc::new(config);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let visit = serve(socket, Arc::clone(&config)).await;
                let _ = seen.send(visit);
            }
        });
        Self {
            url,
            certificate,
            visits,
        }
    }

    /// Of the first client that came, once it is gone.
    async fn visit(mut self) -> Visit {
        self.visits.recv().await.unwrap()
    }
}

/// Ends when the client has closed the connection.
async fn serve(socket: TcpStream, config: Arc<ServerConfig>) -> Visit {
    let mut visit = Visit::default();
    let start = LazyConfigAcceptor::new(Acceptor::default(), socket);
    let start = start.await.unwrap();
    let hello = start.client_hello();
    visit.protocols = hello.alpn().into_iter().flatten().map(Vec::from).collect();
    let groups = hello.named_groups().unwrap_or_default();
    visit.has_ml_kem = groups.contains(&NamedGroup::X25519MLKEM768);
    if let Ok(mut stream) = start.into_stream(config).await {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await.unwrap());
        }
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        stream.write_all(response).await.unwrap();
        stream.shutdown().await.unwrap();
        visit.is_served = true;
    }
    visit
}

fn client(url: &str) -> IntercomBuilder {
    Intercom::builder("token")
        .base_url(url)
        .retry(RetryPolicy::never())
}

async fn ask(builder: IntercomBuilder) -> Result<(), Error> {
    let intercom = builder.build()?;
    let response = intercom.request(Method::GET, "/me").send().await?;
    assert_eq!(response.raw_body(), b"{}".as_slice());
    Ok(())
}

/// What runs in a process of its own, whose environment says which certificates the platform trusts.
#[tokio::test]
#[ignore = "other tests run it"]
async fn the_client_of_another_process() {
    let installs = std::env::var_os(INSTALLS).is_some();
    if installs {
        aws_lc_rs::default_provider().install_default().unwrap();
    }
    ask(client(&std::env::var(URL).unwrap())).await.unwrap();
    assert_eq!(CryptoProvider::get_default().is_some(), installs);
}

/// What the server saw of a client that trusts its certificate.
#[cfg(target_os = "linux")]
async fn trusting(installs: bool) -> Visit {
    let server = Server::start().await;
    let directory = tempfile::tempdir().unwrap();
    let trusted = directory.path().join("trusted.pem");
    std::fs::write(&trusted, server.certificate.cert.pem()).unwrap();
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", "the_client_of_another_process"])
        .env("NO_PROXY", "127.0.0.1")
        .env("SSL_CERT_FILE", trusted)
        .env(URL, &server.url);
    if installs {
        command.env(INSTALLS, "1");
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
    server.visit().await
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_server_that_the_platform_trusts_is_reached_without_a_provider_of_the_process() {
    let visit = trusting(false).await;
    assert!(visit.is_served, "{visit:?}");
    // What `rustls` brings, and the platform's library, come before ring.
    if cfg!(not(any(feature = "rustls", feature = "native-tls"))) {
        assert!(!visit.has_ml_kem, "{visit:?}");
        assert_eq!(visit.protocols, [b"h2".as_slice(), b"http/1.1"]);
    }
    if cfg!(all(feature = "rustls", not(feature = "native-tls"))) {
        assert!(visit.has_ml_kem, "{visit:?}");
    }
}

#[tokio::test]
#[cfg(all(target_os = "linux", not(feature = "native-tls")))]
async fn a_provider_that_the_application_installs_comes_first() {
    let visit = trusting(true).await;
    assert!(visit.is_served && visit.has_ml_kem, "{visit:?}");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = Server::start().await;
    let error = ask(client(&server.url)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
    assert!(!server.visit().await.is_served);
}

#[tokio::test]
async fn a_builder_with_preconfigured_tls_keeps_it() {
    let server = Server::start().await;
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let builder = reqwest::Client::builder().no_proxy();
    let builder = builder.tls_backend_preconfigured(config);
    let given = client(&server.url).http_client_builder(builder);
    ask(given).await.unwrap();
    let visit = server.visit().await;
    assert!(visit.is_served && visit.has_ml_kem, "{visit:?}");
}

/// Its certificates and versions of TLS would be lost if ring were set up on it.
#[test]
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn a_builder_without_tls_and_a_provider_is_an_error_that_says_so() {
    let builder = reqwest::Client::builder().tls_certs_only([]);
    let given = Intercom::builder("token").http_client_builder(builder);
    let error = given.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("no rustls provider"), "{error}");
}
