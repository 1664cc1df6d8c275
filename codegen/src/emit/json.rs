//! How a struct is read and written.
//!
//! In place of serde's derive: each field is one line here, read by the lenient rules and written exactly.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    lower::{ids, pagination::CURSOR, time},
    rewrite::fields::{Field, FieldType},
};

/// The property that a URL in place of the object would be.
const IMAGE: &str = "image_url";
/// The property with the number of a page.
const PAGE: &str = "page";

/// How a struct is read and written; `envelope` is the field of the list that it is the envelope of.
pub fn serde(name: &Ident, fields: &[Field], envelope: Option<&String>) -> TokenStream {
    let reads = fields
        .iter()
        .map(|field| read(field, envelope == Some(&field.property)));
    let writes = fields
        .iter()
        .map(|field| write(field, envelope == Some(&field.property)));
    let list = list(fields).map(|Field { name, .. }| {
        quote! {
            #[inline]
            fn read_list(&mut self, list: &::serde_json::Value) -> bool {
                json::listed(&mut self.#name, list)
            }
        }
    });
    let url = url(fields);
    // What is read has one field that is not optional: its id.
    let id = fields
        .iter()
        .find(|field| matches!(field.field_type, FieldType::Plain(_)));
    let id = id.map(|Field { name, property, .. }| {
        quote! {
            #[inline]
            fn missing(&self) -> Option<&'static str> {
                self.#name.is_empty().then_some(#property)
            }
        }
    });
    quote! {
        impl json::Fields for #name {
            fn read<'de, A: serde::de::MapAccess<'de>>(&mut self, name: &str, map: &mut A, rest: &mut json::Rest) -> Result<(), A::Error> {
                match name {
                    #( #reads )*
                    _ => json::skip(map, rest),
                }
            }
            #[inline]
            fn write(&self, writer: &mut json::Writer) {
                #( #writes )*
                writer.unknown(&self.unknown_fields);
            }
            #[inline]
            fn unknown(&mut self) -> &mut crate::UnknownFields {
                &mut self.unknown_fields
            }
            #list
            #url
            #id
        }
        crate::runtime::model! { #name }
    }
}

/// One line: how a field is read.
fn read(field: &Field, is_enveloped: bool) -> TokenStream {
    let (name, property) = (&field.name, &field.property);
    let read = match field.field_type {
        FieldType::Optional(_) if field.id.is_some() && ids::is_reference(property) => {
            quote!(reference)
        }
        FieldType::Optional(_) => quote!(optional),
        FieldType::Collection(_) if is_enveloped => quote!(enveloped),
        FieldType::Collection(_) => quote!(plain),
        FieldType::Plain(_) => quote!(id),
    };
    quote! { #property => json::#read(&mut self.#name, map, rest), }
}

/// One line: how a field is written.
fn write(field: &Field, is_enveloped: bool) -> TokenStream {
    let (name, property) = (&field.name, &field.property);
    if is_enveloped {
        return quote!(writer.list(#property, &self.#name););
    }
    match (field.time, field.id) {
        (Some(time::TimeFormat::Iso8601), _) => quote!(writer.iso(#property, &self.#name);),
        (None, Some(ids::IdFormat::Integer)) => quote!(writer.integer_ids(#property, &self.#name);),
        _ => quote!(writer.put(#property, &self.#name);),
    }
}

/// The field that a list in place of the object would be: the only list.
fn list(fields: &[Field]) -> Option<&Field> {
    let is_list = |field: &&Field| {
        matches!(field.field_type, FieldType::Collection(_)) && field.field_type.item().is_some()
    };
    let mut lists = fields.iter().filter(is_list);
    let list = lists.next()?;
    lists.next().is_none().then_some(list)
}

/// How a URL in place of the object is read: the next page may be one with a cursor, and an avatar that of its image.
fn url(fields: &[Field]) -> Option<TokenStream> {
    let named = |wanted: &str| fields.iter().find(|field| field.property == wanted);
    let (name, value) = match (named(CURSOR), named(IMAGE)) {
        (Some(field), _) => (&field.name, quote!(crate::runtime::query(url, #CURSOR))),
        (None, Some(field)) => (
            &field.name,
            quote!(url.starts_with("http").then(|| url.to_owned())),
        ),
        (None, None) => return None,
    };
    // A link may lead to the next page by its number.
    let number = named(CURSOR).and(named(PAGE)).filter(|field| {
        let kind = field.field_type.value();
        quote!(#kind).to_string() == "i64"
    });
    let number = number.map(|Field { name, property, .. }| {
        quote! {
            self.#name = crate::runtime::query(url, #property).and_then(|page| page.parse().ok());
            if self.#name.is_some() {
                return true;
            }
        }
    });
    Some(quote! {
        #[inline]
        fn read_url(&mut self, url: &str) -> bool {
            self.#name = #value;
            #number
            self.#name.is_some()
        }
    })
}
