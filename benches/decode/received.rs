//! A body as a call receives it, so that it is read the way a call reads it.

use httpmock::MockServer;
use intercom_client::{Bytes, Intercom, Method, Response};

#[tokio::main(flavor = "current_thread")]
pub async fn received(body: String) -> Response<Bytes> {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(200)
                .header("content-type", "application/json")
                .body(body);
        })
        .await;
    let intercom = Intercom::builder("a-token").base_url(server.base_url());
    let request = intercom.build().unwrap().request(Method::GET, "/contacts");
    request.send().await.unwrap()
}
