//! What operations are called in Rust.

pub mod assign;
pub mod doubt;
pub mod response;
pub mod rule;
#[cfg(test)]
mod tests;
mod words;
