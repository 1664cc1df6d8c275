//! The types that are read: how each is read and written, and the types that progenitor makes none of.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::{
    emit::{enums, json, lists, maps, unions},
    error::Problem,
    lower::{DefinitionKind, Normalized},
    rewrite::types::{Struct, Types},
};

/// The items of the `types` module that are read, and all enums.
pub fn types(types: &Types, normalized: &Normalized) -> Result<TokenStream, Problem> {
    let mut kept = TokenStream::new();
    let envelopes = lists::envelopes(normalized);
    for Struct { declared, fields } in &types.structs {
        let name = &declared.ident;
        declared.to_tokens(&mut kept);
        kept.extend(json::serde(name, fields, envelopes.get(&name.to_string())));
        kept.extend(maps::typed(name, fields));
    }
    for (name, definition) in &normalized.schemas {
        match &definition.kind {
            DefinitionKind::Enum(variants) => {
                kept.extend(enums::open_enum(name, definition, variants));
            }
            DefinitionKind::Tagged(tag) if definition.usage.read => {
                kept.extend(enums::tagged_union(name, definition, tag, normalized)?);
            }
            DefinitionKind::Union(_) if definition.usage.read => {
                kept.extend(unions::reading(name, normalized));
            }
            _ => {}
        }
    }
    let (unions, impls) = (&types.unions, &types.impls);
    Ok(quote! {
        use crate::runtime::json;

        #kept
        #( #unions )*
        #( #impls )*
    })
}
