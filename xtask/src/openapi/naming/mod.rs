//! What operations are called in Rust.

pub mod answer;
pub mod assign;
pub mod rule;
#[cfg(test)]
mod tests;
mod words;
