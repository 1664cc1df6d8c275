//! Turns the code that progenitor makes into the module of one version.
//!
//! Builders own their client, every `send` ends in one call of the runtime, operations hang off resource handles, and what
//! only costs compile time goes.

pub mod alternatives;
pub mod dynamic;
pub mod enums;
pub mod exports;
pub mod handles;
pub mod inputs;
pub mod json;
pub mod json_schema;
pub mod lists;
pub mod maps;
pub mod mock;
pub mod mock_alternatives;
pub mod operations;
pub mod requests;
pub mod responses;
pub mod search;
pub mod setters;
pub mod shapes;
pub mod truncation;
pub mod types;
pub mod unions;
pub mod unique;
pub mod upsert;
pub mod write;

use proc_macro2::TokenStream;
use quote::quote;
use syn::File;

use crate::{
    emit::{json_schema::Schemas, requests::Request},
    error::Problem,
    lower::Normalized,
    rewrite::{self, items, parse},
    spec::docs::Docs,
};

/// What a build may have besides, by cargo features.
#[derive(Clone, Copy, Default)]
pub struct Features {
    /// Calls by name.
    pub dynamic: bool,
    /// Mocks of operations for tests.
    pub mock: bool,
    /// JSON Schema of the types.
    pub schemars: bool,
}

impl Features {
    /// Everything that there is.
    pub const ALL: Self = Self {
        dynamic: true,
        mock: true,
        schemars: true,
    };
}

/// The module of one version.
pub fn module(
    generated: TokenStream,
    mocks: Option<TokenStream>,
    normalized: &Normalized,
    docs: &Docs,
    features: Features,
) -> Result<File, Problem> {
    let file: File = parse(generated)?;
    let generated = items(&file, "types")?;
    let kept = rewrite::types::rewrite(generated, normalized)?;
    let types = types::types(&kept, normalized)?;
    let schemas = features
        .schemars
        .then(|| Schemas::of(generated, normalized));
    let schemas = schemas.transpose()?;
    let described = schemas.as_ref().map(|schemas| &schemas.described);
    let document = schemas.as_ref().map(|schemas| &schemas.document);
    let inputs = inputs::inputs(normalized)?;
    let mut requests = TokenStream::new();
    for prepared in &normalized.operations {
        let found = requests::of(prepared, normalized, docs)?;
        requests.extend(found.iter().map(Request::tokens));
    }
    let dynamic = features.dynamic.then(|| dynamic::dispatch(normalized));
    let mock = mocks.map(|mocks| mock::module(mocks, normalized, docs, features.dynamic));
    let mock = mock.transpose()?;
    let tables = shapes::tables(normalized, features.dynamic);
    let operations = operations::operations(normalized, docs);
    let handles = handles::handles(normalized, docs)?;
    let lists = lists::responses(normalized);
    let truncation = truncation::truncation(normalized);
    let searches = search::searches(normalized);
    let exports = exports::exports(normalized);
    parse(quote! {
        use crate::runtime::Client;

        #handles
        #exports
        #operations
        #tables
        #dynamic
        #document

        /// Types of request and response bodies.
        pub mod types {
            #types
            #inputs
            #described
            #lists
            #truncation
        }

        /// Requests, as the methods of resource handles return them.
        pub mod requests {
            use crate::{ByteStream, Error, Response, runtime::Client};
            use super::{operations, types};

            #requests
            #searches
        }

        #mock
    })
}
