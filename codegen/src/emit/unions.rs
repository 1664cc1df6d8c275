//! Reads unions by what sets their alternatives apart, and lets them be set by the builder of any struct they may hold.

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

/// `TryFrom` the builders of the structs that a union may hold, for the module of builders.
pub fn from_builders(union: &str, normalized: &Normalized) -> TokenStream {
    let mut leaves = Vec::new();
    collect(union, normalized, &mut Vec::new(), &mut leaves);
    let ident = format_ident!("{}", casing::type_name(union));
    let conversions = leaves.iter().filter(|(leaf, _)| {
        // What can be reached in two ways does not say which is meant.
        leaves.iter().filter(|(other, _)| other == leaf).count() == 1
    });
    conversions
        .map(|(leaf, path)| {
            let wrapped = path
                .iter()
                .rev()
                .fold(quote!(value), |inner, (holder, variant)| {
                    quote! { super::#holder::#variant(#inner) }
                });
            quote! {
                impl IntoField<super::#ident> for #leaf {
                    fn into_field(self) -> Result<Option<super::#ident>, InvalidField> {
                        self.try_into().map(Some)
                    }
                }
                impl TryFrom<#leaf> for super::#ident {
                    type Error = InvalidField;
                    fn try_from(builder: #leaf) -> Result<Self, InvalidField> {
                        let value = super::#leaf::try_from(builder)?;
                        Ok(#wrapped)
                    }
                }
            }
        })
        .collect()
}

/// What a union can be set to, where requests carry it: itself, and what its variants hold.
pub fn written(union: &str, normalized: &Normalized) -> TokenStream {
    let definition = &normalized.schemas[union];
    if !definition.usage.written {
        return TokenStream::new();
    }
    let ident = format_ident!("{}", casing::type_name(union));
    let placed = definition.schema["oneOf"].as_array();
    let held = placed.into_iter().flatten().filter_map(schema_name);
    let held: std::collections::BTreeSet<String> = held.map(casing::type_name).collect();
    let held = held.iter().map(|name| format_ident!("{name}"));
    quote! {
        impl crate::runtime::Written for #ident {}
        #(
            impl crate::IntoField<#ident> for #held {
                fn into_field(self) -> Result<Option<#ident>, crate::InvalidField> {
                    Ok(Some(self.into()))
                }
            }
        )*
    }
}

/// The variants that lead to a struct: the enum and its variant, outermost first.
type Way = Vec<(Ident, Ident)>;

fn collect(union: &str, normalized: &Normalized, way: &mut Way, leaves: &mut Vec<(Ident, Way)>) {
    let Some(definition) = normalized.schemas.get(union) else {
        return;
    };
    let Kind::Union(names) = &definition.kind else {
        return;
    };
    let holder = format_ident!("{}", casing::type_name(union));
    let placed = definition.schema["oneOf"].as_array();
    for (name, schema) in names.iter().zip(placed.into_iter().flatten()) {
        let Some(target) = schema_name(schema) else {
            continue;
        };
        way.push((holder.clone(), format_ident!("{name}")));
        let held = normalized.schemas.get(target);
        match held.map(|held| (&held.kind, held.usage.written)) {
            Some((Kind::Struct { .. }, true)) => {
                leaves.push((format_ident!("{}", casing::type_name(target)), way.clone()));
            }
            Some((Kind::Union(_), _)) => collect(target, normalized, way, leaves),
            _ => {}
        }
        way.pop();
    }
}
