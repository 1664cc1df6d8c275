//! The hand-written layer as a user sees it, over real sockets on this machine.

#[path = "../support/mod.rs"]
mod support;

mod auth;
mod config;
mod errors;
#[cfg(all(feature = "v2_14", feature = "contacts"))]
mod malformed;
#[cfg(all(feature = "v2_14", feature = "contacts"))]
mod raw_items;
mod redirects;
#[cfg(all(feature = "v2_14", feature = "contacts", feature = "conversations"))]
mod table;
mod timeouts;
mod tokens;

use intercom_client::{Intercom, IntercomBuilder, Method, RequestBuilder, RetryPolicy};
use support::{Reply, Server};

const TOKEN: &str = "dG9rOjEyMzQ1Njc4OTA=";

/// A client whose requests go to `server`, each of them once.
fn builder(server: &Server) -> IntercomBuilder {
    Intercom::builder(TOKEN)
        .base_url(&server.url)
        .retry(RetryPolicy::never())
}

fn client(server: &Server) -> Intercom {
    builder(server).build().unwrap()
}

/// A request that holds an id and an address, for tests of what is not shown.
fn get(server: &Server) -> RequestBuilder {
    client(server).request(Method::GET, "/contacts/5ba682d2?email=ada@example.com")
}

/// The error of a request that gets `reply`.
async fn failure(reply: Reply) -> intercom_client::Error {
    let server = Server::start([reply]).await;
    get(&server).send().await.unwrap_err()
}
