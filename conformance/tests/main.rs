//! The conformance commands; in one binary, since each links all versions of the client.

mod commands;
mod prism;
