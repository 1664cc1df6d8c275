//! What becomes of the client over many calls and many tokens: a few in every run, and as many as a server makes in a day by
//!
//! ```text
//! cargo test --test soak -- --ignored --nocapture --test-threads 1
//! ```

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod memory;
mod tokens;

/// What takes some seconds.
const FEW: u32 = 20_000;
const MANY: u32 = 200_000;
