//! `cargo xtask openapi`: from Intercom's original descriptions to the facts in `openapi/`.

pub mod check;
pub mod diff;
pub mod features;
pub mod identity;
pub mod import;
pub mod keywords;
pub mod multipart;
pub mod naming;
pub mod original;
#[cfg(test)]
mod project;
pub mod renamed;
pub mod stale;
pub mod strip;
pub mod surface;
pub mod todo;
pub mod watch;
