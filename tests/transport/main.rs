//! What becomes of calls when the server or the network fails, over real sockets on this machine.

#[path = "../support/mod.rs"]
mod support;

mod cancellation;
mod deletes;
mod faults;
mod hints;
mod http2;
mod kinds;
mod rate_limiting;
mod redirects;
mod retries;

use support::calls::{TOKEN, builder, client, quick, soon};
use support::text::text;
