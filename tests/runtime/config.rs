//! What a client can be built from.

use std::error::Error as _;

use intercom_client::{
    ByteStream, CallOptions, Error, ErrorKind, Intercom, Method, Region, Response, reqwest,
};

use crate::support::{Reply, Server};
use crate::{TOKEN, client, get};

#[test]
fn each_region_has_its_host() {
    for (region, url) in [
        (Region::Us, "https://api.intercom.io"),
        (Region::Eu, "https://api.eu.intercom.io"),
        (Region::Au, "https://api.au.intercom.io"),
    ] {
        let intercom = Intercom::builder(TOKEN).region(region).build().unwrap();
        assert_eq!(intercom.base_url(), url);
        assert_eq!(intercom.region(), Some(region));
        let text = region.to_string();
        assert_eq!(text.to_uppercase().parse(), Ok(region));
    }
    let error = "mars".parse::<Region>().unwrap_err();
    assert!(error.to_string().contains("us, eu and au"), "{error}");
    let error = Error::from(error);
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("us, eu and au"), "{error}");
    assert_eq!(Intercom::new(TOKEN).unwrap().region(), Some(Region::Us));
}

#[test]
fn a_base_url_takes_the_place_of_a_region() {
    let intercom = Intercom::builder(TOKEN)
        .region(Region::Eu)
        .base_url("https://proxy.example/intercom/")
        .build()
        .unwrap();
    assert_eq!(intercom.base_url(), "https://proxy.example/intercom");
    assert_eq!(intercom.region(), None);
}

#[test]
fn what_cannot_work_is_refused_at_once_and_not_quoted() {
    let build = |token: &str| Intercom::builder(token.to_owned());
    for (builder, about) in [
        (build(""), "token"),
        (build(" "), "token"),
        (build("hunter2\r\nx: y"), "token"),
        (build("hunter2 ü"), "token"),
        (
            build(TOKEN).base_url("https://a:hunter2@example.com"),
            "URL",
        ),
        (build(TOKEN).base_url("http://example.com/hunter2"), "URL"),
        (build(TOKEN).base_url("hunter2"), "URL"),
        (build(TOKEN).user_agent("hunter2\n"), "user agent"),
        (build(TOKEN).api_version("hunter2\n"), "version"),
        (build(TOKEN).api_version(""), "version"),
    ] {
        assert!(!format!("{builder:?}").contains("hunter2"));
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = format!("{error} {error:?}");
        assert!(text.contains(about), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn an_http_client_that_cannot_be_built_is_an_error() {
    let broken = reqwest::Client::builder().user_agent("a\nb");
    let error = Intercom::builder(TOKEN)
        .http_client_builder(broken)
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn plain_http_elsewhere_has_to_be_allowed() {
    let url = "http://gateway.internal:8080";
    assert!(Intercom::builder(TOKEN).base_url(url).build().is_err());
    let allowed = Intercom::builder(TOKEN)
        .base_url(url)
        .allow_http(true)
        .build();
    assert_eq!(allowed.unwrap().base_url(), url);
}

#[tokio::test]
async fn the_builder_of_an_http_client_keeps_what_is_not_ours() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let mut headers = intercom_client::HeaderMap::new();
    headers.insert("x-from", "builder".parse().unwrap());
    let http = reqwest::Client::builder()
        .default_headers(headers)
        .no_proxy();
    let intercom = Intercom::builder(TOKEN)
        .base_url(&server.url)
        .http_client_builder(http)
        .build()
        .unwrap();
    intercom.request(Method::GET, "/me").send().await.unwrap();
    assert_eq!(server.only().header("x-from"), Some("builder"));
}

#[tokio::test]
async fn the_user_agent_defaults_to_that_of_a_ready_http_client() {
    let server = Server::start(vec![Reply::json(200, "{}"); 2]).await;
    let http = reqwest::Client::builder().user_agent("own").no_proxy();
    let http = http.build().unwrap();
    let builder = || {
        Intercom::builder(TOKEN)
            .base_url(&server.url)
            .http_client(http.clone())
    };
    for builder in [builder(), builder().user_agent("set")] {
        let intercom = builder.build().unwrap();
        intercom.request(Method::GET, "/me").send().await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("user-agent"), Some("own"));
    assert_eq!(seen[1].header("user-agent"), Some("set"));
}

#[tokio::test]
async fn nothing_prints_the_token_or_the_query() {
    let server = Server::start([]).await;
    let intercom = client(&server);
    let options = CallOptions::new().header("x-secret", "hunter2");
    let text = format!(
        "{intercom:?} {:?} {:?} {:?} {:?}",
        Intercom::builder(TOKEN),
        get(&server).options(options.clone()),
        options,
        intercom_client::Token::from(TOKEN),
    );
    for secret in [TOKEN, "hunter2", "ada@", "5ba682d2"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn what_users_hold_can_cross_threads_and_leave_functions() {
    fn shared<T: Send + Sync + 'static>() {}
    fn stream<T: Send + Unpin + 'static>() {}
    fn future<T: Send + 'static>(_: T) {}
    shared::<Intercom>();
    shared::<Error>();
    shared::<Response<String>>();
    stream::<ByteStream>();
    let intercom = Intercom::new(TOKEN).unwrap();
    future(intercom.request(Method::GET, "/me").send());
    future(intercom.request(Method::GET, "/me").send_stream());
}
