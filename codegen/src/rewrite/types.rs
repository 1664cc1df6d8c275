//! Keeps the structs and unions of the generated types, declared as the description means them.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::{Item, ItemEnum, ItemImpl, ItemStruct, Type, parse_quote, visit_mut::VisitMut};

use crate::{
    casing,
    error::Problem,
    lower::{Definition, DefinitionKind, Normalized},
    rewrite::fields::{self, Field},
};

/// The types that progenitor made, as they are kept.
pub struct Types {
    pub structs: Vec<Struct>,
    /// Enums of unions.
    pub unions: Vec<ItemEnum>,
    /// Of progenitor's impls those that have a use.
    pub impls: Vec<ItemImpl>,
}

/// A struct that an operation reads.
pub struct Struct {
    pub declared: ItemStruct,
    pub fields: Vec<Field>,
}

/// What is kept of the items of the `types` module.
pub fn rewrite(items: &[Item], normalized: &Normalized) -> Result<Types, Problem> {
    let definitions = definitions(normalized);
    let mut types = Types {
        structs: Vec::new(),
        unions: Vec::new(),
        impls: Vec::new(),
    };
    let mut renamed = BTreeMap::new();
    for item in items {
        match item {
            Item::Struct(found) => {
                let definition = lookup(&definitions, &found.ident.to_string())?;
                let fields = fields::of(found, definition);
                types.structs.push(Struct {
                    declared: fields::declare(found, &fields),
                    fields,
                });
            }
            Item::Enum(found) => {
                let definition = lookup(&definitions, &found.ident.to_string())?;
                types.unions.push(union(found, definition, &mut renamed));
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
                types.impls.push(found);
            }
            _ => {}
        }
    }
    Ok(types)
}

/// The enum with variants that are called as the definition says; their new names are noted in `renamed`.
fn union(
    found: &ItemEnum,
    definition: &Definition,
    renamed: &mut BTreeMap<(Ident, Ident), Ident>,
) -> ItemEnum {
    let mut found = found.clone();
    found
        .attrs
        .retain(|attribute| !attribute.path().is_ident("derive"));
    found
        .attrs
        .insert(0, parse_quote!(#[derive(Clone, Debug, PartialEq)]));
    found.attrs.push(parse_quote!(#[non_exhaustive]));
    if let DefinitionKind::Union(names) = &definition.kind {
        for (variant, name) in found.variants.iter_mut().zip(names) {
            let given = std::mem::replace(&mut variant.ident, format_ident!("{name}"));
            renamed.insert((found.ident.clone(), given), variant.ident.clone());
            let doc = format!(" {}.", shown(&variant.fields));
            variant.attrs.push(parse_quote!(#[doc = #doc]));
        }
        found.variants.push(parse_quote! {
            /// What is none of these, as it came.
            Unknown(::serde_json::Value)
        });
    }
    found
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
