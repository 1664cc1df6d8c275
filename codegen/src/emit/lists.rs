//! Gives the builders of lists their streams over pages and items, and the answers a way to take the items out.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{ImplItem, parse_quote};

use crate::{
    casing,
    lower::{
        Normalized, Operation, idents,
        pagination::{Kind, List, Place},
    },
    spec::docs::Docs,
};

/// `pages` and `stream` of a list; inline, so that they are compiled for the lists that a program reads, and for no others.
pub fn methods(operation: &Operation, list: &List) -> Vec<ImplItem> {
    let constant = idents::constant(operation);
    let (answer, item) = (
        casing::type_name(&list.answer),
        casing::type_name(&list.item),
    );
    let (answer, item) = (format_ident!("{answer}"), format_ident!("{item}"));
    let line = format!("{} {}", operation.method, operation.path);
    let pages = format!(
        " Streams the pages of the list: each `{line}` is sent when the page before it has been taken."
    );
    let items = format!(
        " Streams the items of all pages: each `{line}` is sent when the items before it are used up."
    );
    vec![
        parse_quote! {
            #[doc = #pages]
            #[inline]
            pub fn pages(self) -> crate::Pages<types::#answer> {
                crate::Pages::new(&operations::#constant, self.into_request())
            }
        },
        parse_quote! {
            #[doc = #items]
            #[inline]
            pub fn stream(self) -> crate::ItemStream<types::#item> {
                self.pages().items()
            }
        },
    ]
}

/// How the items are taken out of each answer that holds a list.
pub fn answers(normalized: &Normalized) -> TokenStream {
    let lists = normalized
        .operations
        .iter()
        .filter_map(|prepared| prepared.operation.list.as_ref());
    let by_answer: BTreeMap<&str, &List> = lists.map(|list| (list.answer.as_str(), list)).collect();
    by_answer.values().map(|list| answer(list)).collect()
}

fn answer(list: &List) -> TokenStream {
    let ident = |name: &str| format_ident!("{}", casing::type_name(name));
    let field = |name: &str| format_ident!("{}", casing::snake(name));
    let (answer, item, property) = (
        ident(&list.answer),
        ident(&list.item),
        field(&list.property),
    );
    let mut is_list = None;
    let (borrowed, taken) = match &list.place {
        Place::Answer => (quote!(&self.#property), quote!(self.#property)),
        Place::Property(outer) => {
            let outer = field(outer);
            (
                quote!(self.#outer.as_ref().map_or(&[], |outer| &outer.#property)),
                quote!(self.#outer.map(|outer| outer.#property).unwrap_or_default()),
            )
        }
        Place::Variant(variant) => {
            let variant = format_ident!("{variant}");
            is_list = Some(quote! {
                fn is_list(&self) -> bool {
                    matches!(self, Self::#variant(_))
                }
            });
            (
                quote!(match self { Self::#variant(list) => &list.#property, _ => &[] }),
                quote!(match self { Self::#variant(list) => list.#property, _ => Vec::new() }),
            )
        }
    };
    let starting_after = list.has_cursor.then(|| {
        quote! {
            fn starting_after(&self) -> Option<&str> {
                self.pages.as_ref()?.next.as_ref()?.starting_after.as_deref()
            }
        }
    });
    quote! {
        impl crate::runtime::SealedList for #answer {}

        impl crate::List for #answer {
            type Item = #item;

            fn items(&self) -> &[#item] {
                #borrowed
            }

            fn into_items(self) -> Vec<#item> {
                #taken
            }

            #is_list
            #starting_after
        }
    }
}

/// The variant of `ListKind` in the table of operations.
pub fn kind(operation: &Operation) -> TokenStream {
    match &operation.list {
        None => quote!(None),
        Some(list) => {
            let variant = variant(list.kind);
            quote!(Some(crate::ListKind::#variant))
        }
    }
}

fn variant(kind: Kind) -> Ident {
    format_ident!("{kind:?}")
}

/// The lists of a version, as a table for its docs.
pub fn table(normalized: &Normalized, docs: &Docs) -> String {
    let mut table =
        String::from("\n# Lists\n\n| operation | request | how it goes on |\n|---|---|---|\n");
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        let key = crate::spec::document::operation_key(&operation.method, &operation.path);
        let how = match (&operation.list, docs.not_streamed.get(&key)) {
            (Some(list), _) => words_for(list.kind),
            (None, Some(why)) => why,
            (None, None) => continue,
        };
        let (resource, verb) = (&operation.name.resource, &operation.name.verb);
        let line = format!(
            "| `{resource}.{verb}` | `{} {}` | {how} |\n",
            operation.method, operation.path
        );
        table.push_str(&line);
    }
    table
}

fn words_for(kind: Kind) -> &'static str {
    match kind {
        Kind::CursorInQuery => "a cursor in the query",
        Kind::CursorInBody => "a cursor in the body",
        Kind::PageNumber => "numbered pages",
        Kind::Scroll => "a scroll",
        Kind::NextLink => "a link to the next page",
        Kind::Whole => "one page",
    }
}
