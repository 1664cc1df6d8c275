//! From the facts of a published description to the Rust code of one version.
//!
//! load → correct → check → normalize → select → generate → finish → write: each step takes what the one before returns.
//! Selecting comes after normalizing, so that a type looks the same whichever resources are on.
//! The build script runs them all; `cargo xtask` and the tests use some on their own.

pub mod check;
pub mod correct;
pub mod docs;
pub mod document;
pub mod finish;
pub mod generate;
pub mod identity;
pub mod load;
pub mod names;
pub mod normalize;
pub mod problem;
pub mod run;
pub mod select;
pub mod usage;
pub mod words;
pub mod write;
