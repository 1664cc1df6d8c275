//! `cargo xtask openapi`, as a maintainer sees it.

mod check_and_diff;
mod import;
mod remove;
mod support;
mod versions;
