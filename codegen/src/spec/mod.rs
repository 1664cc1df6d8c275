//! The description of one version: read, corrected and checked, and what goes with it in our own words.

pub mod check;
pub mod correct;
pub mod docs;
pub mod document;
pub mod load;
pub mod names;
pub mod version;
