//! Reads unions by what sets their alternatives apart.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{Kind, Normalized},
    spec::document::schema_name,
};

/// How a union is read: the first alternative whose constants are there and which takes everything, else takes most.
///
/// Each alternative is tried once: a union may hold itself, and what is tried again is tried again on every level.
pub fn reading(union: &str, normalized: &Normalized) -> TokenStream {
    let definition = &normalized.schemas[union];
    let Kind::Union(names) = &definition.kind else {
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
    let variants: Vec<Ident> = arms
        .iter()
        .map(|arm| format_ident!("{}", arm.name))
        .collect();
    let constants: Vec<TokenStream> = arms
        .iter()
        .map(|arm| {
            let pairs = arm
                .constants
                .iter()
                .map(|(property, value)| quote!((#property, #value)));
            quote!(&[ #( #pairs ),* ])
        })
        .collect();
    let told = arms.iter().zip(&variants).zip(&constants);
    let (others, other_constants): (Vec<_>, Vec<_>) = told
        .filter(|((arm, _), _)| !arm.constants.is_empty())
        .map(|((_, variant), constants)| (variant, constants))
        .unzip();
    let ident = format_ident!("{}", casing::type_name(union));
    let problem = format!("no alternative of {ident} takes this");
    let lenient = crate::emit::json::lenient(&ident);
    quote! {
        #lenient

        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let mut loose = None;
                #(
                    if json::has_constants(&value, #constants) {
                        match json::alternative(&value) {
                            Some(json::Fit::Exact(found)) => return Ok(Self::#variants(found)),
                            Some(json::Fit::Loose(found)) if loose.is_none() => {
                                loose = Some(Self::#variants(found));
                            }
                            _ => {}
                        }
                    }
                )*
                if let Some(found) = loose {
                    return Ok(found);
                }
                #(
                    if !json::has_constants(&value, #other_constants)
                        && let Some(json::Fit::Exact(found) | json::Fit::Loose(found)) = json::alternative(&value)
                    {
                        return Ok(Self::#others(found));
                    }
                )*
                Err(serde::de::Error::custom(#problem))
            }
        }
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
            Some(Kind::Struct {
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
