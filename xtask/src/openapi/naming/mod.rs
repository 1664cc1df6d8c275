//! What operations are called in Rust.

pub mod answer;
pub mod assign;
pub mod doubt;
pub mod rule;
#[cfg(test)]
mod tests;
mod words;
