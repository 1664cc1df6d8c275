//! What operations are called in Rust.

pub mod assign;
pub mod rule;
#[cfg(test)]
mod tests;
