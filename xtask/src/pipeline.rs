//! The steps of the build script that the commands here share with it.
//!
//! Only those that read: the steps after them need the generator, which no command of this crate waits for.

// The build script uses the rest.
#![allow(dead_code)]

#[path = "../../build/correct.rs"]
pub mod correct;
#[path = "../../build/document.rs"]
pub mod document;
#[path = "../../build/identity.rs"]
pub mod identity;
#[path = "../../build/load.rs"]
pub mod load;
#[path = "../../build/names.rs"]
pub mod names;
#[path = "../../build/problem.rs"]
pub mod problem;
