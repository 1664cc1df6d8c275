//! What becomes of the client over many calls.

#[path = "../support/mod.rs"]
mod support;

mod calls;
