//! What maintainers of this crate do now and then: `cargo xtask` runs it.

pub mod examples;
pub mod openapi;
pub mod print;
pub mod repo;
pub mod source;
pub mod tokens;
pub mod warnings;
pub mod write;
pub mod yaml;
