//! The module of types: how each is read and written, the types that progenitor makes none of, and the builders of what a request carries.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::{
    casing,
    emit::{body_builders::Builder, enums, json, unions},
    error::Problem,
    lower::{Kind, Normalized, Prepared},
    rewrite::types::{Struct, Types},
};

/// The items of the `types` module.
pub fn types(types: &Types, normalized: &Normalized) -> Result<TokenStream, Problem> {
    let bodies = request_bodies(normalized);
    let mut kept = TokenStream::new();
    let mut builders = TokenStream::new();
    for Struct {
        declared,
        fields,
        one_of,
        usage,
    } in &types.structs
    {
        let name = &declared.ident;
        declared.to_tokens(&mut kept);
        kept.extend(json::lenient(name));
        kept.extend(json::serde(name, fields, usage.read));
        if usage.written {
            kept.extend(quote!(impl crate::runtime::Written for #name {}));
            let builder = Builder::of(name, fields, one_of);
            kept.extend(builder.constructor());
            builders.extend(builder.items(bodies.contains(&name.to_string())));
        }
    }
    for (name, definition) in &normalized.schemas {
        match &definition.kind {
            Kind::Enum(variants) => {
                kept.extend(enums::open_enum(name, definition, variants));
                if definition.usage.written {
                    let ident = format_ident!("{}", casing::type_name(name));
                    kept.extend(quote!(crate::runtime::enum_field!(#ident);));
                }
            }
            Kind::Tagged(tag) => kept.extend(enums::tagged_union(name, definition, tag)?),
            Kind::Union(_) => {
                kept.extend(unions::reading(name, normalized));
                kept.extend(unions::written(name, normalized));
                builders.extend(unions::from_builders(name, normalized));
            }
            Kind::Struct { .. } => {}
        }
    }
    let (unions, impls) = (&types.unions, &types.impls);
    Ok(quote! {
        use crate::runtime::json;

        #kept
        #( #unions )*
        #( #impls )*

        /// Builders of the types that requests carry.
        pub mod builder {
            use crate::{InvalidField, IntoField, Id, runtime::{taken, taken_integer_id, taken_integer_ids, taken_list, taken_map}};

            #builders
        }
    })
}

/// The types that are a request's whole body: progenitor turns one into its builder.
fn request_bodies(normalized: &Normalized) -> BTreeSet<String> {
    let bodies = normalized
        .operations
        .iter()
        .filter_map(Prepared::body_schema);
    bodies.map(casing::type_name).collect()
}
