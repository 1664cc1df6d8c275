//! The setters of a request's parameters, which take what converts.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{
    GenericArgument, ImplItem, ImplItemFn, ItemStruct, PathArguments, Type, parse_quote,
    visit_mut::VisitMut,
};

use crate::{
    lower::{Body, Operation, idents},
    rewrite::messages::{Messages, Reasons},
    spec::docs::Docs,
};

/// The setters of one request.
pub struct Setters<'a> {
    pub operation: &'a Operation,
    pub docs: &'a Docs,
    /// What progenitor made each of them for.
    pub kinds: &'a [(Ident, Type)],
}

impl Setters<'_> {
    /// Lets a setter take what converts; that of a parameter of the path is called by the method of the handle only.
    pub fn rewrite(&self, function: &mut ImplItemFn, structure: Option<&ItemStruct>) {
        let field = function.sig.ident.clone();
        let name = field.to_string();
        let name = name.trim_end_matches('_');
        let is_body =
            matches!(self.operation.body, Body::Multipart | Body::Bytes(_)) && name == "body";
        let sentence = match is_body {
            true => Some("Sets the whole body."),
            false => self.docs.field([&self.operation.name.resource], name),
        };
        let sentence = sentence.map_or_else(
            || format!(" Sets `{name}`."),
            |sentence| format!(" {sentence}"),
        );
        function.attrs.push(parse_quote!(#[doc = #sentence]));
        let kind = self.kinds.iter().find(|(setter, _)| *setter == field);
        let is_in_path = self.operation.name.path.iter().any(|path| path == name);
        match kind {
            Some((_, kind)) if !is_body && !is_in_path => {
                let optional = structure.is_some_and(|structure| is_optional(structure, &field));
                *function = parameter(
                    &field,
                    name,
                    kind,
                    optional,
                    std::mem::take(&mut function.attrs),
                );
            }
            _ => {
                if is_in_path {
                    // The method of the handle takes it.
                    function.sig.ident = idents::path_setter(&field);
                    function.vis = parse_quote!(pub(super));
                }
                let mut reasons = Reasons::default();
                reasons.visit_block_mut(&mut function.block);
                if reasons.has_changed {
                    let generics = function.sig.generics.make_where_clause();
                    generics
                        .predicates
                        .push(parse_quote!(V::Error: std::fmt::Display));
                }
                Messages.visit_block_mut(&mut function.block);
            }
        }
    }
}

/// A setter and `T` of its `V: TryInto<T>`; `body_map`, which takes a function, is none.
pub fn kind(item: &ImplItem) -> Option<(Ident, Type)> {
    let ImplItem::Fn(function) = item else {
        return None;
    };
    let predicates = &function.sig.generics.where_clause.as_ref()?.predicates;
    let syn::WherePredicate::Type(predicate) = predicates.first()? else {
        return None;
    };
    let syn::TypeParamBound::Trait(bound) = predicate.bounds.first()? else {
        return None;
    };
    let last = bound
        .path
        .segments
        .last()
        .filter(|last| last.ident == "TryInto")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(kind) => Some((function.sig.ident.clone(), kind.clone())),
        _ => None,
    }
}

/// The setter of a parameter of the query or of a header.
fn parameter(
    field: &Ident,
    name: &str,
    kind: &Type,
    is_optional: bool,
    docs: Vec<syn::Attribute>,
) -> ImplItemFn {
    let text = quote!(#kind).to_string().replace(' ', "");
    let item = text.starts_with("::std::vec::Vec<").then(|| match kind {
        Type::Path(path) => match &path.path.segments.last()?.arguments {
            PathArguments::AngleBracketed(arguments) => arguments.args.first().cloned(),
            _ => None,
        },
        _ => None,
    });
    let is_id = (name == "id" || name.ends_with("_id")) && text.ends_with("String");
    let (bound, take, value): (Type, Ident, TokenStream) = match item.flatten() {
        Some(item) => (
            parse_quote!(impl crate::IntoList<#item>),
            format_ident!("into_list"),
            quote!(value),
        ),
        None if is_id => (
            parse_quote!(impl crate::IntoField<crate::Id>),
            format_ident!("into_field"),
            quote!(value.0),
        ),
        None => (
            parse_quote!(impl crate::IntoField<#kind>),
            format_ident!("into_field"),
            quote!(value),
        ),
    };
    let value = match is_optional {
        true => quote!(Some(#value)),
        false => value,
    };
    let reason = format!("{name}: {{error}}");
    parse_quote! {
        #( #docs )*
        pub fn #field(mut self, value: #bound) -> Self {
            match value.#take() {
                Ok(Some(value)) => self.#field = Ok(#value),
                Ok(None) => {}
                Err(error) => self.#field = Err(format!(#reason)),
            }
            self
        }
    }
}

/// Whether a field is a `Result<Option<_>, _>`.
fn is_optional(structure: &ItemStruct, field: &Ident) -> bool {
    let found = structure
        .fields
        .iter()
        .find(|one| one.ident.as_ref() == Some(field));
    found.is_some_and(|one| {
        let kind = &one.ty;
        quote!(#kind)
            .to_string()
            .replace(' ', "")
            .contains("Option<")
    })
}
