//! The conformance commands, and what takes all versions of the client, its descriptions or crates that no user should wait
//! for; in one binary, since each links all versions.

mod commands;
mod every_operation;
mod prism;
mod schemars;
#[path = "../../tests/support/mod.rs"]
mod support;
mod untrusted;

use support::calls::{TOKEN, quick, soon};
use support::text::text;
