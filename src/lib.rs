//! Unofficial Rust client for Intercom's REST API.
//!
//! [`Intercom`] is the client. Each version of the API that is enabled by a feature adds a module
//! with its types, and a method of [`Intercom`] that leads to its operations. Whatever those do
//! not cover is reached by [`Intercom::request`]. Every call fails with the same [`Error`].
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(target_arch = "wasm32")]
compile_error!("intercom-client does not support wasm32: its timeouts and TLS are untested there");

// Generated code uses these, each version and resource its share of them.
#[allow(dead_code, unused_imports, unused_macros)]
#[macro_use]
mod open_enum;
#[allow(dead_code)]
mod field;
#[allow(dead_code)]
mod runtime;
#[allow(dead_code, unused_imports, unused_macros)]
mod tagged_union;

mod base_url;
mod call;
mod client;
mod config;
mod download;
#[cfg(feature = "dynamic")]
mod dynamic;
mod error;
mod execute;
mod generated;
mod http_date;
#[allow(dead_code)]
mod items;
mod limits;
mod operation;
mod options;
mod path;
mod rate_limit;
mod region;
mod request;
mod response;
mod stream;
mod target;
mod token;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use reqwest;

pub use self::client::Intercom;
pub use self::config::IntercomBuilder;
pub use self::error::{ApiError, Error, ErrorKind};
pub use self::field::InvalidField;
#[allow(unused_imports, reason = "empty where no version is enabled")]
pub use self::generated::*;
pub use self::items::ItemStream;
pub use self::operation::Operation;
pub use self::options::CallOptions;
pub use self::rate_limit::RateLimit;
pub use self::region::{ParseRegionError, Region};
pub use self::request::RequestBuilder;
pub use self::response::Response;
pub use self::stream::ByteStream;
pub use self::token::{Token, TokenError, TokenFuture, TokenProvider};
