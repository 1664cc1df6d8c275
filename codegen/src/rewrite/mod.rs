//! Runs progenitor, and rewrites what it makes: types are declared as the description means them, and mocks match what is sent.

pub mod fields;
pub mod mock;
pub mod progenitor;
pub mod types;

use proc_macro2::TokenStream;
use syn::{File, Item};

use crate::error::Problem;

/// Generated code as a tree.
pub fn parse(tokens: TokenStream) -> Result<File, Problem> {
    syn::parse2(tokens)
        .map_err(|error| Problem::new(format!("the generated code does not parse: {error}")))
}

/// The items of a module of the generated file.
pub fn items<'f>(file: &'f File, name: &str) -> Result<&'f [Item], Problem> {
    file.items
        .iter()
        .find_map(|item| match item {
            Item::Mod(module) if module.ident == name => module.content.as_ref(),
            _ => None,
        })
        .map(|(_, items)| items.as_slice())
        .ok_or_else(|| {
            Problem::new(format!(
                "progenitor generated no module `{name}`; was it updated?"
            ))
        })
}
