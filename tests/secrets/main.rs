//! Nothing that a failure says, anywhere in the process, holds the token, and nothing that this crate says holds what
//! was sent or received. It is a test of its own because it listens to the whole process.

#[path = "../support/mod.rs"]
mod support;

mod collect;
mod faults;

use std::collections::HashSet;

use futures_util::future::join_all;
use intercom_client::{ByteStream, Error, ErrorKind, Intercom, Method, Response, Token};
use serde_json::json;

use self::collect::{Sort, Text, keep, leaks, listen, ours, take};
use self::faults::Fault;
use self::support::{Reply, Server};

const TOKEN: &str = "dG9rOnNlY3JldHMtdGVzdA==";
const ID: &str = "5ba682d2c0ffee";
const EMAIL: &str = "ada.lovelace@example.com";
const SECRET: &str = "hunter2-is-secret";
const SIGNATURE: &str = "51gn4tur3-0f-a-url";

/// Reads what is left of a download, and returns how that failed.
async fn read(response: Result<Response<ByteStream>, Error>) -> Option<Error> {
    let response = match response {
        Ok(response) => response,
        Err(error) => return Some(error),
    };
    ours(Sort::Debug, format!("{response:?} {response:#?}"));
    response.into_inner().collect().await.err()
}

/// Makes a call of each sort and returns how they failed.
async fn failures(fault: &Fault) -> Vec<Error> {
    let Fault {
        intercom, options, ..
    } = fault;
    let api = intercom.v2_14().with_options(options.clone());
    let path = format!("/contacts/{ID}?email={EMAIL}");
    let body = json!({ "email": EMAIL, "key": SECRET });
    let get = api.contacts().get(ID);
    let create = api.contacts().create();
    let create = create.email(EMAIL).name(SECRET);
    let export = api.data_export().download(ID);
    let request = |method| intercom.request(method, &path).options(options.clone());
    let by_hand = request(Method::GET);
    let post = request(Method::POST).json(&body);
    let stream = request(Method::GET).query(&[("key", SECRET)]);
    // Of builders of operations `Debug` is the caller's, who sees what was put in; of others it is ours.
    ours(Sort::Debug, format!("{api:?} {options:?} {intercom:#?}"));
    ours(Sort::Debug, format!("{by_hand:?} {post:?} {stream:#?}"));

    let (get, create, export, by_hand, post, stream) = tokio::join!(
        async { get.send().await.err() },
        async { create.send().await.err() },
        async { read(export.send().await).await },
        async { by_hand.send().await.err() },
        async { post.send().await.err() },
        async { read(stream.send_stream().await).await },
    );
    let failed = [get, create, export, by_hand, post, stream];
    failed.into_iter().flatten().collect()
}

/// Keeps all that an error says, and what a program says that breaks down over it.
async fn tell(error: Error) {
    ours(Sort::Error, format!("{error}"));
    ours(Sort::Error, format!("{error:?}"));
    ours(Sort::Error, format!("{error:#?}"));
    // What the caller's own code fails with is the caller's.
    let is_callers = matches!(error.kind(), ErrorKind::Token | ErrorKind::InvalidRequest);
    let mut cause = std::error::Error::source(&error).filter(|_| !is_callers);
    while let Some(error) = cause {
        ours(Sort::Error, format!("{error} {error:?} {error:#?}"));
        cause = error.source();
    }
    let failed = std::future::ready(Err::<(), _>(error));
    let outcome = tokio::spawn(async move { failed.await.unwrap() });
    let panic = outcome.await.unwrap_err();
    ours(Sort::Panic, format!("{panic} {panic:?}"));
}

/// Shows that a secret would be found, whoever says it and in whatever form.
async fn plant() {
    let sensitive = collect::forms(TOKEN);
    assert!(sensitive.contains(&"dG9rOnNlY3JldHMtdGVzdA%3D%3D".to_owned()));
    // What `Basic` makes of it, with a name before it.
    let basic = "dTpkRzlyT25ObFkzSmxkSE10ZEdWemRBPT0=";
    assert!(sensitive.iter().any(|form| basic.contains(form.as_str())));
    for form in sensitive {
        take();
        ours(Sort::Error, format!("an error about {form}"));
        ours(Sort::Debug, format!("{:?}", Some(&form)));
        log::trace!(target: "planted", "a record of {form}");
        #[cfg(feature = "tracing")]
        {
            tracing::trace!(target: "planted", text = form);
            let span =
                tracing::trace_span!(target: "planted", "span", text = tracing::field::Empty);
            span.record("text", tracing::field::display(&form));
        }
        let panic = tokio::spawn(async move { assert!(form.is_empty(), "a panic over {form}") });
        panic.await.unwrap_err();
        let texts = take();
        let found = leaks(&texts, &[TOKEN]).len();
        let traces = if cfg!(feature = "tracing") { 2 } else { 0 };
        assert_eq!(found, 4 + traces, "{texts:?}");
    }
    keep(Sort::Debug, "elsewhere", EMAIL.to_owned());
    assert!(leaks(take().iter().filter(|text| text.is_ours()), &[EMAIL]).is_empty());
}

/// What is shown of clients and responses where nothing fails.
async fn succeed() {
    let contact = format!(r#"{{"type":"contact","id":"{ID}"}}"#);
    let server = Server::with(move |_| Reply::json(200, &contact)).await;
    let intercom = Intercom::builder(TOKEN).base_url(&server.url);
    let intercom = intercom.build().unwrap();
    let get = intercom.v2_14().contacts().get(ID);
    let contact = get.send().await.unwrap();
    // The models show their fields.
    keep(Sort::Debug, "models", format!("{contact:?} {contact:#?}"));
    let request = intercom.request(Method::GET, "/me");
    let stream = request.send_stream().await.unwrap().into_inner();
    ours(Sort::Debug, format!("{stream:?}"));
    let token = (Token::from(TOKEN), Token::from(format!("{TOKEN}\n")));
    ours(Sort::Debug, format!("{token:?} {intercom:?}"));
    for builder in [
        Intercom::builder(format!("{TOKEN}\n{TOKEN}")),
        Intercom::builder(TOKEN).base_url(format!("https://ada:{SECRET}@example.com")),
        Intercom::builder(TOKEN).user_agent(format!("{SECRET}\n")),
    ] {
        ours(Sort::Debug, format!("{builder:?}"));
        tell(builder.build().unwrap_err()).await;
    }
}

fn count(texts: &[Text], is_counted: impl Fn(&Text) -> bool) -> usize {
    texts.iter().filter(|text| is_counted(text)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_failure_shows_a_secret() {
    listen();
    plant().await;

    succeed().await;
    let faults = faults::all().await;
    let mut kinds = HashSet::new();
    // A few at a time, so that none is late for want of a processor.
    for some in faults.chunks(5) {
        let failed = join_all(some.iter().map(failures)).await;
        for (fault, errors) in some.iter().zip(failed) {
            // Some bodies are good enough for a request by hand, or for a download.
            assert!(errors.len() >= 2, "{}: {errors:?}", fault.name);
            for error in errors {
                kinds.insert(error.kind());
                tell(error).await;
            }
        }
    }
    let texts = take();
    let _ = std::panic::take_hook();

    let leaked = leaks(&texts, &[TOKEN]);
    assert!(leaked.is_empty(), "the token is in {leaked:#?}");
    let said_by_us = texts.iter().filter(|text| text.is_ours());
    let leaked = leaks(said_by_us, &[ID, EMAIL, SECRET, SIGNATURE, "lovelace"]);
    assert!(leaked.is_empty(), "what was sent is in {leaked:#?}");

    use ErrorKind::*;
    for kind in [
        InvalidRequest,
        Token,
        TokenTimeout,
        Dns,
        Connect,
        Tls,
        ResponseTimeout,
        ReadTimeout,
        CallTimeout,
        Transport,
        Redirect,
        Rejected,
        RateLimited,
        Server,
        WebPage,
        Decode,
        Body,
    ] {
        assert!(kinds.contains(&kind), "nothing failed as {kind:?}");
    }
    for (sort, least) in [(Sort::Error, 400), (Sort::Debug, 100), (Sort::Panic, 200)] {
        let found = count(&texts, |text| text.sort == sort);
        assert!(found >= least, "{found} texts of {sort:?}");
    }
    let from = |target: &str| count(&texts, |text| text.target.starts_with(target));
    assert!(from("reqwest") > 0, "reqwest has said nothing");
    // Where both are there, the platform's library is used.
    if cfg!(all(feature = "rustls", not(feature = "native-tls"))) {
        assert!(from("rustls") > 0, "rustls has said nothing");
    }
    if cfg!(feature = "tracing") {
        for target in ["h2", "hyper_util"] {
            assert!(from(target) > 0, "{target} has said nothing");
        }
    }
    if cfg!(feature = "tracing") {
        let emitted = count(&texts, |text| text.sort == Sort::Trace && text.is_ours());
        assert!(emitted >= 200, "{emitted} texts of our spans and events");
    }
}
