//! Clients of the scripted server, and what bounds their calls.

use std::time::Duration;

use super::Server;
use intercom_client::{Intercom, IntercomBuilder, RetryPolicy};

pub const TOKEN: &str = "dG9rOnRyYW5zcG9ydC10ZXN0cw==";

/// The default policy with delays that a test can wait for.
pub fn quick() -> RetryPolicy {
    let delay = Duration::from_millis(1);
    RetryPolicy::new().base_delay(delay)
}

/// A client whose requests go to `server`.
pub fn builder(server: &Server) -> IntercomBuilder {
    Intercom::builder(TOKEN)
        .base_url(&server.url)
        .retry(quick())
        .response_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(10))
}

pub fn client(server: &Server) -> Intercom {
    builder(server).build().unwrap()
}

/// Fails the test rather than hangs it; the bound is far from what is measured.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(60);
    let outcome = tokio::time::timeout(limit, future).await;
    outcome.expect("nothing ended the wait")
}
