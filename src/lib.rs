//! Unofficial Rust client for Intercom's REST API.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
