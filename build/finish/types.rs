//! Keeps the structs and unions of the generated types, and gives what a request carries a builder.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Item, ItemImpl, Type, visit_mut::VisitMut};

use super::{enums, type_builders};
use crate::pipeline::{
    document::schema_name,
    normalize::{Definition, Kind, Normalized},
    problem::Problem,
    words,
};

/// The items of the `types` module.
pub fn finish(items: &[Item], normalized: &Normalized) -> Result<TokenStream, Problem> {
    let definitions: BTreeMap<String, (&String, &Definition)> = normalized
        .schemas
        .iter()
        .map(|(name, definition)| (words::type_name(name), (name, definition)))
        .collect();
    let bodies = request_bodies(normalized);
    let mut kept = TokenStream::new();
    let mut builders = TokenStream::new();
    for item in items {
        match item {
            Item::Struct(found) => {
                let name = found.ident.to_string();
                let (_, definition) = lookup(&definitions, &name)?;
                found.to_tokens(&mut kept);
                if let (Kind::Struct { required, constants }, true) = (&definition.kind, definition.usage.written) {
                    let builder = type_builders::Builder::of(found, required, constants);
                    builder.constructor().to_tokens(&mut kept);
                    builder.items(bodies.contains(&name)).to_tokens(&mut builders);
                }
            }
            Item::Enum(found) => {
                let (_, definition) = lookup(&definitions, &found.ident.to_string())?;
                let mut found = found.clone();
                found.attrs.push(syn::parse_quote!(#[non_exhaustive]));
                if let Kind::Union(names) = &definition.kind {
                    for (variant, name) in found.variants.iter_mut().zip(names) {
                        variant.ident = format_ident!("{name}");
                    }
                }
                found.to_tokens(&mut kept);
            }
            Item::Impl(found) if is_wanted(found) => {
                let mut found = found.clone();
                if let Some((_, definition)) = type_ident(&found).and_then(|ident| definitions.get(&ident.to_string()))
                    && let Kind::Union(names) = &definition.kind
                {
                    RenameVariants(names).visit_item_impl_mut(&mut found);
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
            Kind::Struct { .. } | Kind::Union(_) => {}
        }
    }
    Ok(quote! {
        #kept

        /// Builders of the types that requests carry.
        pub mod builder {
            use crate::field::{InvalidField, convert};

            #builders
        }
    })
}

fn lookup<'d>(
    definitions: &BTreeMap<String, (&'d String, &'d Definition)>,
    name: &str,
) -> Result<(&'d String, &'d Definition), Problem> {
    definitions.get(name).copied().ok_or_else(|| {
        Problem::new(format!("progenitor made a type `{name}` that no schema of the prepared description asks for"))
    })
}

/// The types that are a request's whole body: progenitor turns one into its builder.
fn request_bodies(normalized: &Normalized) -> BTreeSet<String> {
    normalized
        .operations
        .iter()
        .filter_map(|prepared| prepared.item.pointer("/requestBody/content"))
        .filter_map(|content| content.as_object()?.values().next())
        .filter_map(|media| schema_name(&media["schema"]).map(words::type_name))
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

/// `Self::Variant1` → the second name.
struct RenameVariants<'n>(&'n [String]);

impl VisitMut for RenameVariants<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        if path.segments.len() == 2
            && path.segments[0].ident == "Self"
            && let Some(index) = path.segments[1].ident.to_string().strip_prefix("Variant")
            && let Some(name) = index.parse::<usize>().ok().and_then(|index| self.0.get(index))
        {
            path.segments[1].ident = format_ident!("{name}");
        }
    }
}
