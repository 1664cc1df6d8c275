//! Keeps the structs and unions of the generated types, and gives what a request carries a builder.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Item, ItemImpl, Type, visit_mut::VisitMut};

use crate::{
    casing,
    emit::{body_builders, enums, json, unions},
    error::Problem,
    lower::{Definition, Kind, Normalized},
    rewrite::fields,
    spec::document::schema_name,
};

/// The items of the `types` module.
pub fn finish(items: &[Item], normalized: &Normalized) -> Result<TokenStream, Problem> {
    let definitions = definitions(normalized);
    let bodies = request_bodies(normalized);
    let mut kept = TokenStream::new();
    let mut builders = TokenStream::new();
    let mut renamed = BTreeMap::new();
    for item in items {
        match item {
            Item::Struct(found) => {
                let name = found.ident.to_string();
                let definition = lookup(&definitions, &name)?;
                let fields = fields::of(found, definition);
                fields::declare(found, &fields, definition.usage.read).to_tokens(&mut kept);
                json::lenient(&found.ident).to_tokens(&mut kept);
                kept.extend(json::serde(&found.ident, &fields, definition.usage.read));
                if definition.usage.written {
                    let builder = body_builders::Builder::of(&found.ident, &fields);
                    builder.constructor().to_tokens(&mut kept);
                    builder
                        .items(bodies.contains(&name))
                        .to_tokens(&mut builders);
                }
            }
            Item::Enum(found) => {
                let definition = lookup(&definitions, &found.ident.to_string())?;
                let mut found = found.clone();
                found
                    .attrs
                    .retain(|attribute| !attribute.path().is_ident("derive"));
                found.attrs.insert(
                    0,
                    syn::parse_quote!(#[derive(Clone, Debug, PartialEq, serde::Serialize)]),
                );
                found.attrs.push(syn::parse_quote!(#[non_exhaustive]));
                if let Kind::Union(names) = &definition.kind {
                    for (variant, name) in found.variants.iter_mut().zip(names) {
                        let given = std::mem::replace(&mut variant.ident, format_ident!("{name}"));
                        renamed.insert((found.ident.clone(), given), variant.ident.clone());
                        let doc = format!(" {}.", shown(&variant.fields));
                        variant.attrs.push(syn::parse_quote!(#[doc = #doc]));
                    }
                }
                found.to_tokens(&mut kept);
            }
            Item::Impl(found) if is_wanted(found) => {
                let mut found = found.clone();
                if let Some(ident) = type_ident(&found).cloned() {
                    RenameVariants {
                        renamed: &renamed,
                        of: ident,
                    }
                    .visit_item_impl_mut(&mut found);
                }
                found.to_tokens(&mut kept);
            }
            _ => {}
        }
    }
    for (name, definition) in &normalized.schemas {
        match &definition.kind {
            Kind::Enum(variants) => kept.extend(enums::open_enum(name, definition, variants)),
            Kind::Tagged(tag) => kept.extend(enums::tagged_union(name, definition, tag)?),
            Kind::Union(_) => {
                kept.extend(unions::reading(name, normalized));
                builders.extend(unions::from_builders(name, normalized));
            }
            Kind::Struct { .. } => {}
        }
    }
    Ok(quote! {
        use crate::runtime::json;

        #kept

        /// Builders of the types that requests carry.
        pub mod builder {
            use crate::{InvalidField, runtime::{convert, convert_list}};

            #builders
        }
    })
}

/// The definitions by the names of their types.
pub fn definitions(normalized: &Normalized) -> BTreeMap<String, &Definition> {
    let all = normalized.schemas.iter();
    all.map(|(name, definition)| (casing::type_name(name), definition))
        .collect()
}

pub fn lookup<'d>(
    definitions: &BTreeMap<String, &'d Definition>,
    name: &str,
) -> Result<&'d Definition, Problem> {
    definitions.get(name).copied().ok_or_else(|| {
        Problem::new(format!(
            "progenitor made a type `{name}` that no schema of the prepared description asks for"
        ))
    })
}

/// What a variant holds, as documentation shows it.
fn shown(fields: &syn::Fields) -> String {
    let text = fields
        .iter()
        .next()
        .map(|field| field.ty.to_token_stream().to_string())
        .unwrap_or_default();
    let text = text.replace(":: std :: vec :: ", "").replace(' ', "");
    if text.contains('<') {
        format!("`{text}`")
    } else {
        format!("[`{text}`]")
    }
}

/// The types that are a request's whole body: progenitor turns one into its builder.
fn request_bodies(normalized: &Normalized) -> BTreeSet<String> {
    normalized
        .operations
        .iter()
        .filter_map(|prepared| prepared.item.pointer("/requestBody/content"))
        .filter_map(|content| content.as_object()?.values().next())
        .filter_map(|media| schema_name(&media["schema"]).map(casing::type_name))
        .collect()
}

/// `Default`, and `From` a variant's type. What progenitor adds for its own builders and enums has no use any more.
fn is_wanted(found: &ItemImpl) -> bool {
    found
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last())
        .is_some_and(|last| last.ident == "Default" || last.ident == "From")
}

fn type_ident(found: &ItemImpl) -> Option<&Ident> {
    match found.self_ty.as_ref() {
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// Calls the variants of one enum in its impls as they are called in the enum.
struct RenameVariants<'n> {
    renamed: &'n BTreeMap<(Ident, Ident), Ident>,
    of: Ident,
}

impl VisitMut for RenameVariants<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        if path.segments.len() == 2 && path.segments[0].ident == "Self" {
            let given = (self.of.clone(), path.segments[1].ident.clone());
            if let Some(name) = self.renamed.get(&given) {
                path.segments[1].ident = name.clone();
            }
        }
    }
}
