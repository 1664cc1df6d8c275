//! How a struct is read and written.
//!
//! In place of serde's derive: each field is one line here, read by the lenient rules and written exactly.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    lower::{ids, pagination::CURSOR, time},
    rewrite::fields::{Field, Form},
};

/// Properties that say what a text in place of the object would be, the most telling first.
const TEXTS: [&str; 3] = ["image_url", "url", "id"];

/// How a struct is read and written.
pub fn serde(name: &Ident, fields: &[Field]) -> TokenStream {
    let reading = reading(name, fields);
    let writing = writing(name, fields);
    quote! {
        #reading
        #writing

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                json::read(deserializer)
            }
        }
    }
}

/// Lets a type stand where values are read leniently.
pub fn lenient(name: &Ident) -> TokenStream {
    quote! {
        impl json::Lenient for #name {
            fn lenient<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    }
}

fn reading(target: &Ident, fields: &[Field]) -> TokenStream {
    let arms = fields.iter().map(|field| {
        let Field {
            name,
            property,
            form,
            ..
        } = field;
        match form {
            Form::Optional(_) if field.id.is_some() && ids::is_reference(property) => {
                quote! { #property => json::reference(&mut self.#name, map), }
            }
            Form::Plain(_) => quote! { #property => json::id(&mut self.#name, map), },
            _ => quote! { #property => json::field(&mut self.#name, map), },
        }
    });
    let list = list(fields).map(|Field { name, .. }| {
        quote! {
            fn read_list<'de, A: serde::de::SeqAccess<'de>>(&mut self, list: A) -> Result<bool, A::Error> {
                self.#name = json::items(list)?;
                Ok(true)
            }
        }
    });
    let text = text(fields).map(|Field { name, property, .. }| {
        let value = match property == CURSOR {
            true => quote!(crate::runtime::query(text, #CURSOR)),
            false => quote!(text.to_owned().into()),
        };
        quote! {
            fn read_text(&mut self, text: &str) -> bool {
                self.#name = #value;
                true
            }
        }
    });
    // What is read has one field that is not optional: its id.
    let id = fields
        .iter()
        .find(|field| matches!(field.form, Form::Plain(_)));
    let id = id.map(|Field { name, property, .. }| {
        quote! {
            fn missing(&self) -> Option<&'static str> {
                self.#name.is_empty().then_some(#property)
            }
        }
    });
    quote! {
        impl json::Fields for #target {
            fn read<'de, A: serde::de::MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
                match name {
                    #( #arms )*
                    _ => json::skip(map),
                }
            }
            #list
            #text
            #id
        }
    }
}

/// The field that a list in place of the object would be: the only list.
pub fn list(fields: &[Field]) -> Option<&Field> {
    let is_list =
        |field: &&Field| matches!(field.form, Form::Collection(_)) && field.form.item().is_some();
    let mut lists = fields.iter().filter(is_list);
    let list = lists.next()?;
    lists.next().is_none().then_some(list)
}

/// The field that a text in place of the object would be.
pub fn text(fields: &[Field]) -> Option<&Field> {
    // The next page comes as an object with a cursor, or as a URL with one.
    let cursor = fields.iter().find(|field| field.property == CURSOR);
    let is_text = |field: &&Field| {
        let kind = field.form.value();
        quote!(#kind).to_string().ends_with("String")
    };
    let texts = || fields.iter().filter(is_text);
    // Nothing else can stand for what has to have an id.
    let id = || texts().find(|field| matches!(field.form, Form::Plain(_)));
    let telling = || {
        let find = |wanted| texts().find(|field| field.property == wanted);
        TEXTS.into_iter().find_map(find)
    };
    cursor.or_else(id).or_else(telling)
}

fn writing(name: &Ident, fields: &[Field]) -> TokenStream {
    let entries = fields.iter().map(
        |Field {
             name,
             property,
             form,
             time,
             id,
             ..
         }| match (time, form) {
            (None, _) if *id == Some(ids::Form::Integer) => {
                quote! { json::integer_id(map, #property, &self.#name)?; }
            }
            (Some(time::Form::UnixSeconds), _) => {
                quote! { json::unix(map, #property, &self.#name)?; }
            }
            (Some(time::Form::Iso8601), _) => quote! { json::iso(map, #property, &self.#name)?; },
            (None, Form::Optional(_)) => {
                quote! { json::optional(map, #property, &self.#name)?; }
            }
            (None, Form::Collection(_)) => {
                quote! { json::collection(map, #property, &self.#name)?; }
            }
            (None, Form::Plain(_)) => quote! { json::always(map, #property, &self.#name)?; },
        },
    );
    let map = if fields.is_empty() {
        quote!(_map)
    } else {
        quote!(map)
    };
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                json::write(serializer, |#map| {
                    #( #entries )*
                    Ok(())
                })
            }
        }
    }
}
