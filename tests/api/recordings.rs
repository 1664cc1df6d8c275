//! Recordings and transcripts of calls, which are streamed, and the redirect that leads to the recording.

use intercom_client::{Intercom, RetryPolicy, v2_14::Api};

use crate::support::{Reply, Server};

fn api(server: &Server) -> Api {
    let intercom = Intercom::builder("a-token").base_url(&server.url);
    let intercom = intercom.retry(RetryPolicy::never()).build().unwrap();
    intercom.v2_14()
}

#[tokio::test]
async fn a_recording_is_streamed_from_another_host_and_the_token_stays_at_home() {
    let storage = Server::start([Reply::new(200, &[("content-type", "audio/wav")], "RIFF")]).await;
    let server = Server::start([Reply::redirect(302, &storage.url)]).await;
    let recording = api(&server).calls().download_recording("c1");
    let mut sound = recording.send().await.unwrap().into_inner();
    assert_eq!(sound.next().await.unwrap().unwrap(), "RIFF");
    assert!(sound.next().await.is_none());
    assert_eq!(server.only().line, "GET /calls/c1/recording");
    assert!(server.only().header("authorization").is_some());
    assert_eq!(storage.only().header("authorization"), None);
    assert_eq!(storage.only().header("intercom-version"), None);
}

#[tokio::test]
async fn a_transcript_is_streamed() {
    let server = Server::start([Reply::new(200, &[("content-type", "text/plain")], "hello")]).await;
    let transcript = api(&server).calls().download_transcript("c1");
    let text = transcript.send().await.unwrap().into_inner();
    assert_eq!(text.collect().await.unwrap(), "hello");
    assert_eq!(server.only().line, "GET /calls/c1/transcript");
}
