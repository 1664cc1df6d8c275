//! Turns the code that progenitor makes into the module of one version.
//!
//! Builders own their client, every `send` ends in one call of the runtime, operations hang off resource handles, and what
//! only costs compile time goes.

mod contacts;
mod dynamic;
mod enums;
mod exports;
mod fields;
mod handles;
mod lists;
mod mock;
mod objects;
mod parts;
mod requests;
mod rewrites;
mod schemas;
mod search;
mod type_builders;
mod types;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Item};

use self::schemas::Schemas;
use super::{docs::Docs, normalize::Normalized, problem::Problem};

/// What a build may have besides, by cargo features.
#[derive(Clone, Copy, Default)]
pub struct Extras {
    /// Calls by name.
    pub dynamic: bool,
    /// Mocks of operations for tests.
    pub mock: bool,
    /// JSON Schema of the types.
    pub schemars: bool,
}

/// The module of one version.
pub fn finish(
    generated: TokenStream,
    mocks: Option<TokenStream>,
    normalized: &Normalized,
    docs: &Docs,
    extras: Extras,
) -> Result<File, Problem> {
    let file: File = parse(generated)?;
    let items = module(&file, "types")?;
    let types = types::finish(items, normalized)?;
    let schemas = extras.schemars.then(|| Schemas::of(items, normalized));
    let schemas = schemas.transpose()?;
    let described = schemas.as_ref().map(|schemas| &schemas.described);
    let document = schemas.as_ref().map(|schemas| &schemas.document);
    let (requests, builders) = requests::finish(module(&file, "builder")?, normalized, docs)?;
    let dynamic = extras
        .dynamic
        .then(|| dynamic::dispatch(normalized, &builders));
    let checked = extras.dynamic.then_some(&builders);
    let mock = mocks.map(|mocks| mock::finish(mocks, normalized, docs, checked));
    let mock = mock.transpose()?;
    let operations = handles::operations(normalized, docs);
    let handles = handles::handles(normalized, docs);
    let lists = lists::answers(normalized);
    let truncation = parts::truncation(normalized);
    let searches = search::searches(normalized);
    let exports = exports::exports(normalized);
    parse(quote! {
        use crate::runtime::Client;

        #handles
        #exports
        #operations
        #dynamic
        #document

        /// Types of request and response bodies.
        pub mod types {
            #types
            #described
            #lists
            #truncation
        }

        /// Builders of requests, as the methods of resource handles return them.
        pub mod builder {
            use crate::{ByteStream, Error, Response, runtime::Client};
            use super::{operations, types};

            #requests
            #searches
        }

        #mock
    })
}

fn parse(tokens: TokenStream) -> Result<File, Problem> {
    syn::parse2(tokens)
        .map_err(|error| Problem::new(format!("the generated code does not parse: {error}")))
}

/// The items of a module of the generated file.
fn module<'f>(file: &'f File, name: &str) -> Result<&'f [Item], Problem> {
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
