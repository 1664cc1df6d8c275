//! From the facts of a published description to the Rust code of one version.
//!
//! load → correct → name → select → normalize → generate → finish → write: each step takes what the one before returns.
//! The build script runs them all; `cargo xtask` and the tests use the first ones on their own.

pub mod correct;
pub mod document;
pub mod load;
pub mod names;
pub mod problem;
