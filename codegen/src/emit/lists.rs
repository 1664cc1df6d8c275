//! Gives the builders of lists their streams over pages and items, and the responses a way to take the items out.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{
        Normalized, Operation, idents,
        pagination::{List, ListLocation, PagingKind},
    },
    spec::docs::Docs,
};

/// `pages` and `stream` of a list; inline, so that they are compiled for the lists that a program reads, and for no others.
pub fn methods(operation: &Operation, list: &List) -> TokenStream {
    let constant = idents::constant(operation);
    let (response, item) = (
        casing::type_name(&list.response),
        casing::type_name(&list.item),
    );
    let (response, item) = (format_ident!("{response}"), format_ident!("{item}"));
    let line = format!("{} {}", operation.method, operation.path);
    let pages = format!(
        " Streams the pages of the list: each `{line}` is sent when the page before it has been taken."
    );
    let items = format!(
        " Streams the items of all pages: each `{line}` is sent when the items before it are used up."
    );
    let (start, setters) = if operation.is_paged() {
        (quote!(self.paging.start()), page_setters(list.kind))
    } else {
        (quote!(None), TokenStream::new())
    };
    quote! {
        #[doc = #pages]
        #[inline]
        pub fn pages(self) -> crate::Pages<types::#response> {
            let start = #start;
            crate::Pages::new(&operations::#constant, self.into_request(), start)
        }

        #[doc = #items]
        #[inline]
        pub fn stream(self) -> crate::ItemStream<types::#item> {
            self.pages().items()
        }

        #setters
    }
}

/// Where a list in pages begins, and how many items a page has.
fn page_setters(kind: PagingKind) -> TokenStream {
    let in_body = (kind == PagingKind::CursorInBody).then(|| {
        quote! {
            ///
            /// It takes the place of that in `pagination`.
        }
    });
    quote! {
        /// Sets how many items a page may have; the API allows 150 at most in most places.
        #in_body
        pub fn per_page(mut self, size: impl crate::IntoField<i64>) -> Self {
            self.paging = self.paging.per_page(size);
            self
        }

        /// Begins at the page of a cursor that an earlier run kept: that of [`Page::next_cursor`](crate::Page::next_cursor)
        /// or [`ItemStream::cursor`](crate::ItemStream::cursor), of the same list with the same filters and order.
        #in_body
        pub fn starting_after(mut self, cursor: impl crate::IntoField<String>) -> Self {
            self.paging = self.paging.starting_after(cursor);
            self
        }
    }
}

/// How the items are taken out of each response that holds a list.
pub fn responses(normalized: &Normalized) -> TokenStream {
    let lists = normalized
        .operations
        .iter()
        .filter_map(|prepared| prepared.operation.list.as_ref());
    let by_response: BTreeMap<&str, &List> =
        lists.map(|list| (list.response.as_str(), list)).collect();
    by_response.values().map(|list| response(list)).collect()
}

fn response(list: &List) -> TokenStream {
    let ident = |name: &str| format_ident!("{}", casing::type_name(name));
    let field = |name: &str| format_ident!("{}", casing::snake(name));
    let (response, item, property) = (
        ident(&list.response),
        ident(&list.item),
        field(&list.property),
    );
    let mut is_list = None;
    let (borrowed, taken) = match &list.place {
        ListLocation::Response => (quote!(&self.#property), quote!(self.#property)),
        ListLocation::Property(outer) => {
            let outer = field(outer);
            (
                quote!(self.#outer.as_ref().map_or(&[], |outer| &outer.#property)),
                quote!(self.#outer.map(|outer| outer.#property).unwrap_or_default()),
            )
        }
        ListLocation::Variant(variant) => {
            let variant = format_ident!("{variant}");
            is_list = Some(quote! {
                #[inline]
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
            #[inline]
            fn starting_after(&self) -> Option<&str> {
                self.pages.as_ref()?.next.as_ref()?.starting_after.as_deref()
            }
        }
    });
    quote! {
        impl crate::runtime::SealedList for #response {}

        impl crate::List for #response {
            type Item = #item;

            #[inline]
            fn items(&self) -> &[#item] {
                #borrowed
            }

            #[inline]
            fn into_items(self) -> Vec<#item> {
                #taken
            }

            #is_list
            #starting_after
        }

        impl #response {
            /// Iterates over the items of this page.
            #[inline]
            pub fn iter(&self) -> std::slice::Iter<'_, #item> {
                crate::List::items(self).iter()
            }
        }

        impl IntoIterator for #response {
            type Item = #item;
            type IntoIter = std::vec::IntoIter<#item>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                crate::List::into_items(self).into_iter()
            }
        }

        impl<'a> IntoIterator for &'a #response {
            type Item = &'a #item;
            type IntoIter = std::slice::Iter<'a, #item>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                crate::List::items(self).iter()
            }
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

/// The path of the field of the response that holds the list.
pub fn field(operation: &Operation) -> Option<String> {
    let list = operation.list.as_ref()?;
    Some(match &list.place {
        ListLocation::Response | ListLocation::Variant(_) => list.property.clone(),
        ListLocation::Property(outer) => format!("{outer}.{}", list.property),
    })
}

/// Whether the response may be something else than a list.
pub fn is_variant(operation: &Operation) -> bool {
    let list = operation.list.as_ref();
    list.is_some_and(|list| matches!(list.place, ListLocation::Variant(_)))
}

/// The fields that hold the lists of envelopes, by the names of their types.
pub fn envelopes(normalized: &Normalized) -> BTreeMap<String, String> {
    let operations = normalized.operations.iter();
    let lists = operations.filter_map(|prepared| {
        let list = prepared.operation.list.as_ref()?;
        Some((casing::type_name(&list.envelope), list.property.clone()))
    });
    lists.collect()
}

fn variant(kind: PagingKind) -> Ident {
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

fn words_for(kind: PagingKind) -> &'static str {
    match kind {
        PagingKind::CursorInQuery => "a cursor in the query",
        PagingKind::CursorInBody => "a cursor in the body",
        PagingKind::PageNumber => "numbered pages",
        PagingKind::Scroll => "a scroll",
        PagingKind::NextLink => "a link to the next page",
        PagingKind::Whole => "one page",
    }
}
