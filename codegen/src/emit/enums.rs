//! Enums of strings, and unions whose variants a property names: both keep what they do not know.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::{
    casing,
    error::Problem,
    lower::{Definition, Normalized, Tag},
    spec::document::schema_name,
};

/// An open enum of the known strings.
pub fn open_enum(
    name: &str,
    definition: &Definition,
    variants: &[(String, String)],
) -> TokenStream {
    let doc = description(name, definition);
    let ident = format_ident!("{}", casing::type_name(name));
    let idents = variants.iter().map(|(name, _)| format_ident!("{name}"));
    let values = variants.iter().map(|(_, value)| value);
    let docs = variants.iter().map(|(_, value)| format!("`{value}`"));
    quote! {
        crate::runtime::open_enum! {
            #doc
            pub enum #ident {
                #( #[doc = #docs] #idents = #values, )*
            }
        }
        // What a response holds goes into a request as it is.
        crate::runtime::enum_field!(#ident);
    }
}

/// An enum of the known types, chosen by the value of a property.
pub fn tagged_union(
    name: &str,
    definition: &Definition,
    tag: &Tag,
    normalized: &Normalized,
) -> Result<TokenStream, Problem> {
    let doc = description(name, definition);
    let ident = format_ident!("{}", casing::type_name(name));
    let property = &tag.property;
    let placed = definition.schema["oneOf"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut variants = Vec::new();
    for ((variant, value), schema) in tag.variants.iter().zip(placed) {
        let target = schema_name(schema).ok_or_else(|| {
            Problem::new(format!(
                "{}: the alternative `{value}` is no struct",
                definition.pointer
            ))
        })?;
        let kind = format_ident!("{}", casing::type_name(target));
        let kind = if normalized.holds(target, name) {
            quote!(::std::boxed::Box<#kind>)
        } else {
            quote!(#kind)
        };
        let variant = format_ident!("{variant}");
        variants.push(quote! { #value => #variant(#kind), });
    }
    Ok(quote! {
        crate::runtime::tagged_union! {
            #doc
            pub enum #ident by #property {
                #(#variants)*
            }
        }
    })
}

fn description(name: &str, definition: &Definition) -> TokenStream {
    let sentence = format!(" {}", sentence(name, definition));
    quote! { #[doc = #sentence] }
}

/// What is said of the type.
pub fn sentence(name: &str, definition: &Definition) -> String {
    let sentence = definition.schema.get("description").and_then(Value::as_str);
    sentence.map_or_else(|| format!("What `{name}` may be."), str::to_owned)
}
