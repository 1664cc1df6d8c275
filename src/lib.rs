//! Unofficial Rust client for Intercom's REST API: every operation of the versions 2.7 to 2.16.
//!
//! ```
//! # #[cfg(all(feature = "v2_14", feature = "admins", feature = "contacts"))]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), intercom_client::Error> {
//! # use httpmock::{Method, MockServer};
//! # use serde_json::json;
//! # let server = MockServer::start_async().await;
//! # for (method, path, response) in [
//! #     (Method::GET, "/me", json!({ "type": "admin", "id": "1" })),
//! #     (Method::POST, "/contacts", json!({ "type": "contact", "id": "2", "email": "ada@example.com" })),
//! #     (Method::GET, "/contacts", json!({ "type": "list", "data": [{ "type": "contact", "id": "2" }] })),
//! # ] {
//! #     server.mock_async(|when, then| {
//! #         let when = when.method(method).path(path).header("intercom-version", "2.14");
//! #         when.header("authorization", "Bearer a-token");
//! #         then.status(200).json_body(response);
//! #     }).await;
//! # }
//! # let token = "a-token";
//! use intercom_client::{Intercom, Region};
//!
//! let intercom = Intercom::builder(token).region(Region::Eu).build()?;
//! # let intercom = Intercom::builder(token).base_url(server.base_url()).build()?;
//! let api = intercom.v2_14();
//! let me = api.admins().me().await?;
//! let contact = api.contacts().create().email("ada@example.com").role("user").await?;
//! # assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
//! let mut all = api.contacts().list().stream();
//! while let Some(contact) = all.try_next().await? {
//!     println!("{:?}", contact.email);
//! }
//! # Ok(()) }
//! # #[cfg(not(all(feature = "v2_14", feature = "admins", feature = "contacts")))]
//! # fn main() {}
//! ```
//!
//! # A tour
//!
//! ```no_run
//! # #[cfg(all(feature = "v2_14", feature = "all-resources"))]
//! # async fn tour(token: String, id: String, conversation_id: String, name: Option<String>) -> Result<(), intercom_client::Error> {
//! use intercom_client::chrono::{TimeDelta, Utc};
//! use intercom_client::search::field;
//! use intercom_client::{Intercom, Region};
//! use serde_json::json;
//!
//! let intercom = Intercom::builder(token).region(Region::Eu).build()?;
//! let api = intercom.v2_14();
//!
//! let me = api.admins().me().await?;
//! let contact = api.contacts().get(&id).await?;
//! let response = api.contacts().get(&id).send().await?;
//! println!("{} {:?}", response.status(), response.request_id());
//! let contact = api.contacts().create()
//!     .email("ada@example.com").name(name)
//!     .custom_attribute("plan", "pro").custom_attributes(json!({ "seats": 4 }))
//!     .await?;
//! api.contacts().update(&contact.id).clear_phone().owner_id(&me.id).await?;
//! api.conversations().reply_as_admin(&conversation_id).admin_id(&me.id).body("<p>Hello</p>").await?;
//! for team in api.teams().list().await? {
//!     api.conversations().assign_to_team(&conversation_id, &team.id).admin_id(&me.id).await?;
//! }
//! let tomorrow = Utc::now() + TimeDelta::days(1);
//! api.conversations().snooze(&conversation_id).admin_id(&me.id).snoozed_until(tomorrow).await?;
//! for tag in api.tags().list().await? {
//!     println!("{:?}", tag.name);
//! }
//! let mut found = api.contacts().search().query(field("role").eq("user")).per_page(50).stream();
//! while let Some(contact) = found.try_next().await? {
//!     println!("{:?}", contact.email);
//! }
//! # Ok(()) }
//! ```
//!
//! # Overview
//!
//! ## Client
//!
//! - [`Intercom`] is the client. It holds the connections and the settings, and is cheap to clone. [`Intercom::builder`] sets it
//!   up; [`Intercom::from_env`] takes the token and the region from the environment.
//! - Each enabled version is a module, and a method of [`Intercom`] returns its handle: [`v2_14`] and
//!   [`Intercom::v2_14()`][method]. Its requests send that version as `Intercom-Version`, so the responses fit the types.
//!
//! ## Requests
//!
//! - Operations are grouped by resource: `api.contacts().get(id)` takes the parameters of the path and returns a request.
//!   The request has a setter for every other parameter and every field of the body. Setters accept what [`IntoField`]
//!   lists, including an `Option`.
//! - `.await` sends a request and returns the value; `.send().await` returns the [`Response`] around it. `into_future()` makes a
//!   [`CallFuture`] of a request, for `tokio::spawn`, `join!` and `buffer_unordered`.
//! - [`requests`] has all requests. Their docs name the HTTP method and path, and are found by Intercom's own operation ids.
//! - [`types`] has what is sent and received, named as in Intercom's description. The structs that requests carry are
//!   their own builders. A schema that is both read and written is two types; the written one is called `…Input`.
//! - [`CallOptions`] change single calls: a header, a timeout, a retry policy.
//! - [`Intercom::request`] reaches endpoints that no operation covers.
//!
//! ## Responses and errors
//!
//! - [`Response`] is the value with the status, headers, request id, rate limit and raw body of the response. A download is a
//!   [`ByteStream`].
//! - [`Error`] is the error of every call, and is safe to log. [`Error::kind`] and predicates such as
//!   [`is_not_found`](Error::is_not_found) say what happened.
//!
//! ## Lists and searches
//!
//! - Lists have `stream()`, an [`ItemStream`] of the items on all pages, and `pages()`, a stream of [`Pages`]. Both can be resumed
//!   from a cursor.
//! - [`search`] has the queries of searches.
//!
//! ## Reliability
//!
//! - [`RetryPolicy`] says when a call that failed is retried.
//! - Calls wait for the next window when the rate limit is exhausted; [`Intercom::rate_limit`] returns its state.
//! - [`IntercomBuilder`] has the timeouts and their defaults.
//!
//! Calls need a tokio runtime with I/O and time enabled.
//!
//! # Features
//!
//! - `v2_7`, `v2_8`, `v2_9`, `v2_10`, `v2_11`, `v2_12`, `v2_13`, **`v2_14`**, `v2_15` and `v2_16` are versions
//!   of the API. Several can be enabled at once.
//! - **`all-resources`** enables every resource. To compile less, leave it off and enable the resources that
//!   you use, by the names of their handles: `contacts`, `conversations`, `ticket_types` and so on.
//! - **`rustls`**, `rustls-ring`, `rustls-no-provider` and `native-tls` choose the TLS library.
//! - `dynamic` adds calls by operation id, with JSON in and JSON out.
//! - `exports` adds exports in one call: create the job, wait for it, stream its file.
//! - `mock` adds typed mocks of every operation for tests, as a module `mock` in that of the version.
//! - `schemars` adds JSON Schema for every type, of what it writes.
//! - `webhooks` adds the module `webhooks`: signature verification and typed notifications.
//! - `tracing` adds a span for each call, and an event for each retry and each wait for the rate limit.
//!
//! Those in bold are enabled by default.
#![cfg_attr(
    feature = "v2_14",
    doc = "

[`v2_14`]: v2_14
[method]: Intercom::v2_14
[`requests`]: v2_14::requests
[`types`]: v2_14::types
"
)]
#![cfg_attr(
    not(feature = "v2_14"),
    doc = "

[`v2_14`]: #features
[method]: #features
[`requests`]: #features
[`types`]: #features
"
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

#[cfg(target_arch = "wasm32")]
compile_error!("intercom-client does not support wasm32: its timeouts and TLS are untested there");

// The layers, from low to high; `tests/layers.rs` checks that each imports only lower ones.
mod operation;

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which parts are used depends on versions and resources"
)]
mod json;

mod wire;

mod error;

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which parts are used depends on versions and resources"
)]
mod input;

mod response;

mod transport;

mod client;

#[cfg(feature = "exports")]
#[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
#[allow(
    dead_code,
    reason = "a build may be without the resources that have exports"
)]
pub mod exports;
#[allow(dead_code, reason = "a build may be without lists")]
mod list;
pub mod search;
#[allow(dead_code, reason = "a build may be without contacts")]
mod upsert;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhooks;

#[allow(
    dead_code,
    unused_imports,
    reason = "which parts are used depends on versions and resources"
)]
mod runtime;

mod generated;

pub use bytes::Bytes;
pub use chrono;
pub use http::{HeaderMap, Method, StatusCode};
#[cfg(feature = "mock")]
#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
pub use httpmock;
pub use reqwest;
#[cfg(feature = "schemars")]
#[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
pub use schemars;
pub use serde_json;

pub use self::client::Intercom;
pub use self::client::builder::IntercomBuilder;
pub use self::client::request::RequestBuilder;
pub use self::error::{ApiError, Error, ErrorKind, InvalidField};
#[allow(unused_imports, reason = "empty where no version is enabled")]
pub use self::generated::*;
pub use self::input::{Enum, Id, IntoField, IntoId, IntoList, IntoMap, IntoText};
pub use self::json::UnknownFields;
pub use self::list::{ItemStream, List, Page, Pages};
pub use self::operation::{ListKind, Operation};
pub use self::response::{ByteStream, CallFuture, Response};
#[cfg(feature = "dynamic")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub use self::runtime::dynamic::DynamicRequest;
pub use self::transport::options::{CallOptions, Decoding};
pub use self::transport::retry::policy::RetryPolicy;
pub use self::transport::token::{SharedToken, Token, TokenProvider, TokenSource};
pub use self::upsert::{Upsert, Upserted};
pub use self::wire::headers::RateLimit;
pub use self::wire::region::{ParseRegionError, Region};

/// The snippets of the README are compiled as those of these docs are.
#[cfg(all(doctest, feature = "v2_14", feature = "all-resources"))]
#[doc = include_str!("../README.md")]
mod readme {}
