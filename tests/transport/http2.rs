//! The faults of HTTP/2, which every real connection speaks: how often a request is seen, and what the caller gets.

mod frame;
#[cfg_attr(
    not(feature = "rustls"),
    allow(dead_code, reason = "only a kind of error is made without TLS")
)]
pub(crate) mod server;
#[cfg(feature = "rustls")]
mod tls;

#[cfg(feature = "rustls")]
mod many;
#[cfg(feature = "rustls")]
mod region;
#[cfg(feature = "rustls")]
mod table;
