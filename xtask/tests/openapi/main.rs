//! `cargo xtask openapi`, as a maintainer sees it.

mod check_and_diff;
mod comes_back;
mod import;
mod next_version;
mod support;
mod todo;
mod versions;
mod watch;
