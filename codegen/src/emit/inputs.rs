//! The types that requests carry: each holds what was set, and is its own builder.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    emit::{
        alternatives, enums,
        setters::{self, Setters},
        shapes,
    },
    error::Problem,
    lower::{
        Definition, DefinitionKind, Normalized,
        shape::{self, Field, Shape},
    },
};

/// What a type has besides its fields.
const OWN: [&str; 4] = ["clone", "extra", "new", "to_json"];

/// All of them, for the module of types.
pub fn inputs(normalized: &Normalized) -> Result<TokenStream, Problem> {
    let schemas = normalized.schemas.iter();
    let written = schemas.filter(|(_, definition)| definition.usage.written);
    written
        .map(|(name, definition)| match &definition.kind {
            // See `enums`.
            DefinitionKind::Enum(_) => Ok(TokenStream::new()),
            DefinitionKind::Struct { .. } => structure(name, definition, normalized),
            DefinitionKind::Union(_) | DefinitionKind::Tagged(_) => {
                Ok(union(name, definition, normalized))
            }
        })
        .collect()
}

fn structure(
    schema: &str,
    definition: &Definition,
    normalized: &Normalized,
) -> Result<TokenStream, Problem> {
    let name = shapes::ident(schema);
    let doc = format!(" {}", enums::sentence(schema, definition));
    let fields = shape::fields(definition, &normalized.schemas);
    let locale = shape::locales(&fields).map(locale);
    let is_locale = |field: &&Field| locale.is_some() && shape::is_locale(&field.property);
    let is_field = |name: &str| fields.iter().any(|field| field.name == name);
    let named = |setter: &syn::Ident| {
        let text = setter.to_string();
        let is_clearer = text.starts_with("clear_") && is_field(&text);
        (!OWN.contains(&text.as_str()) && !is_clearer).then(|| setter.clone())
    };
    let setters = Setters {
        normalized,
        held: quote!(self.0),
        module: TokenStream::new(),
        named: &named,
        failure: (quote!(crate::InvalidField), TokenStream::new()),
        is_locale_free: locale.is_none() && !is_field("locale"),
    };
    let settable = fields.iter().filter(|field| !is_locale(field));
    let methods = settable.map(|field| setters.of(field));
    let presets = alternatives::common_presets(schema, normalized)?;
    let new = constructor(&fields, &presets);
    let read = twin(schema, normalized);
    let default = default(schema, &fields, &presets);
    let one_of = one_of(definition, &fields);
    Ok(quote! {
        crate::runtime::input! {
            #[doc = #doc]
            #one_of
            pub struct #name = super::shapes::#name;
        }
        impl #name {
            #new
            #( #methods )*
            #locale
        }
        #default
        #read
    })
}

/// The line about fields of which exactly one has to be set.
fn one_of(definition: &Definition, fields: &[Field]) -> Option<TokenStream> {
    let DefinitionKind::Struct { one_of, .. } = &definition.kind else {
        return None;
    };
    let choices = fields
        .iter()
        .filter(|field| one_of.contains(&field.property));
    let choices = choices.map(|field| format!("[`{0}`](Self::{0})", field.name));
    let choices: Vec<String> = choices.collect();
    let line = format!(" Exactly one of {} is required.", choices.join(", "));
    (!choices.is_empty()).then(|| quote! { #[doc = ""] #[doc = #line] })
}

type Presets = BTreeMap<String, String>;

/// `new`, which takes what is required and has no value by itself.
fn constructor(fields: &[Field], presets: &Presets) -> TokenStream {
    let none = TokenStream::new();
    let required: Vec<&Field> = required(fields, presets).collect();
    let names: Vec<_> = required.iter().map(|field| &field.name).collect();
    let taken = required
        .iter()
        .map(|field| setters::taken(&field.shape, &none));
    let (bounds, sets): (Vec<_>, Vec<_>) = taken.unzip();
    let properties = required.iter().map(|field| &field.property);
    let preset: Vec<(&Field, &String)> = fields
        .iter()
        .filter(|field| field.is_required && !field.is_filled())
        .filter_map(|field| Some((field, presets.get(&field.property)?)))
        .collect();
    let started = preset.iter().map(|(field, value)| {
        let (_, set) = setters::taken(&field.shape, &none);
        let property = &field.property;
        quote!(fields.#set(#property, #value);)
    });
    let doc = if required.is_empty() {
        " Starts with nothing set."
    } else {
        " Starts with what is required, and nothing else set."
    };
    let filled = fields.iter().filter(|field| field.is_filled());
    let filled = filled.filter_map(|field| Some((field, field.constant.as_ref()?)));
    let defaults = preset.iter().copied().chain(filled).map(|(field, value)| {
        let line = format!(" `{}` defaults to `{value}`.", field.property);
        quote! { #[doc = ""] #[doc = #line] }
    });
    let mutable = (!required.is_empty() || !preset.is_empty()).then(|| quote!(mut));
    quote! {
        #[doc = #doc]
        #( #defaults )*
        #[inline]
        pub fn new(#( #names: #bounds ),*) -> Self {
            let #mutable fields = crate::runtime::Fields::new(Self::OBJECT);
            #( #started )*
            #( fields.#sets(#properties, #names); )*
            Self(fields)
        }
    }
}

fn required<'f>(fields: &'f [Field], presets: &'f Presets) -> impl Iterator<Item = &'f Field> {
    fields.iter().filter(|field| {
        field.is_required && !field.is_filled() && !presets.contains_key(&field.property)
    })
}

fn default(schema: &str, fields: &[Field], presets: &Presets) -> Option<TokenStream> {
    let name = shapes::ident(schema);
    required(fields, presets).next().is_none().then(|| {
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

/// The setter of the content in one language.
fn locale(held: &Shape) -> TokenStream {
    let kind = setters::item(held, &TokenStream::new());
    quote! {
        /// Sets the content in one language: `fr`, `pt-BR`. A language that the API does not have is an error when it is sent.
        pub fn locale(mut self, locale: impl AsRef<str>, content: impl crate::IntoField<#kind>) -> Self {
            self.0.set_locale::<#kind>(locale.as_ref(), content);
            self
        }
    }
}

/// What makes it of the type that is read of the same schema.
fn twin(schema: &str, normalized: &Normalized) -> Option<TokenStream> {
    let read = schema.strip_suffix("_input")?;
    let is_read = normalized.schemas.get(read)?.usage.read;
    let (name, read) = (shapes::ident(schema), shapes::ident(read));
    is_read.then(|| {
        quote! {
            crate::runtime::input_from! { #read => #name, |value| Self(crate::runtime::Fields::of_read(Self::OBJECT, &value)); }
        }
    })
}

fn union(schema: &str, definition: &Definition, normalized: &Normalized) -> TokenStream {
    let name = shapes::ident(schema);
    let doc = format!(" {}", enums::sentence(schema, definition));
    let made = shapes::leaves(schema, normalized);
    let made = made.iter().map(|leaf| {
        let leaf = shapes::ident(leaf);
        quote! { #leaf => #name, |value| Self(crate::runtime::Item::into_json(value)); }
    });
    let alternatives = shapes::alternatives(definition, normalized);
    let lists = alternatives.iter().filter_map(|shape| match shape {
        Shape::List(items) => {
            let items = setters::item(items, &TokenStream::new());
            Some(quote!(crate::runtime::input_list! { #items => #name }))
        }
        _ => None,
    });
    quote! {
        crate::runtime::input_union! {
            #[doc = #doc]
            pub struct #name = super::shapes::#name;
        }
        crate::runtime::input_from! { #( #made )* }
        #( #lists )*
    }
}
