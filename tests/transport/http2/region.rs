//! A region's own host, which is this machine for once.

use intercom_client::{Intercom, Region};

use super::server::{Act, Server};
use super::tls;
use crate::{TOKEN, soon};

const UNAUTHORIZED: &str =
    r#"{"type":"error.list","errors":[{"code":"unauthorized","message":"Access Token Invalid"}]}"#;

/// The token of another region is rejected just so.
#[tokio::test]
async fn the_error_for_a_rejected_token_names_host_and_region() {
    let server = Server::new(|_| Act::Respond(401, "application/json", UNAUTHORIZED));
    let address = tls::listen(&server).await;
    let host = "api.eu.intercom.io";
    let intercom = Intercom::builder(TOKEN)
        .region(Region::Eu)
        .http_client_builder(tls::http().resolve(host, address))
        .build()
        .unwrap();
    let get = intercom.v2_14().contacts().get("c1");
    let error = soon(get.send()).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(
        error.to_string(),
        "contacts.get (GET /contacts/{contact_id}): 401 Unauthorized by api.eu.intercom.io of region eu, code unauthorized"
    );
    assert_eq!(server.seen().len(), 1);
}
