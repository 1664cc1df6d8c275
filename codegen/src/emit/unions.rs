//! Reads unions by what sets their alternatives apart.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{DefinitionKind, Normalized},
    spec::document::schema_name,
};

/// How a union is read: as the alternative that fits best.
pub fn reading(union: &str, normalized: &Normalized) -> TokenStream {
    let definition = &normalized.schemas[union];
    let DefinitionKind::Union(names) = &definition.kind else {
        return TokenStream::new();
    };
    let placed = definition.schema["oneOf"].as_array();
    let mut arms: Vec<Alternative<'_>> = names
        .iter()
        .zip(placed.into_iter().flatten())
        .map(|(name, schema)| Alternative::of(name, schema, normalized))
        .collect();
    // What requires more would be taken for what requires less, and lose the rest.
    arms.sort_by_key(|arm| std::cmp::Reverse(arm.required));
    let ident = format_ident!("{}", casing::type_name(union));
    let alternatives = arms.iter().map(|arm| {
        let variant = format_ident!("{}", arm.name);
        let constants = arm
            .constants
            .iter()
            .map(|(property, value)| quote!((#property, #value)));
        quote! {
            json::Alternative {
                constants: &[ #( #constants ),* ],
                read: |value| json::alternative(value, Self::#variant),
            }
        }
    });
    let variants = names.iter().map(|name| format_ident!("{name}"));
    quote! {
        impl json::Lenient for #ident {
            fn lenient<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<json::Read<Self>, D::Error> {
                json::union(deserializer, &[ #( #alternatives ),* ], Self::Unknown)
            }
        }
        crate::runtime::enum_of_values! { #ident: #( #variants )* Unknown }
    }
}

/// What sets one alternative of a union apart.
struct Alternative<'n> {
    name: &'n str,
    required: usize,
    /// The required properties that have one value.
    constants: Vec<(&'n String, &'n String)>,
}

impl<'n> Alternative<'n> {
    fn of(name: &'n str, schema: &serde_json::Value, normalized: &'n Normalized) -> Self {
        let target = schema_name(schema).and_then(|target| normalized.schemas.get(target));
        match target.map(|definition| &definition.kind) {
            Some(DefinitionKind::Struct {
                required,
                constants,
                ..
            }) => Self {
                name,
                required: required.len(),
                constants: constants
                    .iter()
                    .filter(|(property, _)| required.contains(*property))
                    .collect(),
            },
            _ => Self {
                name,
                required: 0,
                constants: Vec::new(),
            },
        }
    }
}
