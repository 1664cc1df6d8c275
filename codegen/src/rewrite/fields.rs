//! What is known of the fields of a generated struct.

use quote::format_ident;
use syn::{Attribute, GenericArgument, Ident, ItemStruct, PathArguments, Type, parse_quote};

use crate::lower::{Definition, DefinitionKind, ids, time};

pub struct Field {
    pub name: Ident,
    /// As it is written on the wire.
    pub property: String,
    pub docs: Vec<Attribute>,
    pub field_type: FieldType,
    /// Its only value.
    pub constant: Option<String>,
    pub time: Option<time::TimeFormat>,
    /// How it is written, if it is an id or a list of ids.
    pub id: Option<ids::IdFormat>,
}

/// How the struct holds a value of the type.
pub enum FieldType {
    Optional(Type),
    /// A list or a map, which is empty when it is not set.
    Collection(Type),
    Plain(Type),
}

impl FieldType {
    fn of(kind: &Type) -> Self {
        let (outer, inner) = match wrapped(kind) {
            Some((outer, Some(inner))) => (Some(outer), Some(inner)),
            _ => (None, None),
        };
        // Of a type that has itself in it, the value is boxed rather than that there may be one.
        if outer.is_some_and(|outer| outer == "Box")
            && let Some((option, Some(value))) = inner.and_then(wrapped)
            && option == "Option"
        {
            return Self::Optional(parse_quote!(::std::boxed::Box<#value>));
        }
        match wrapped(kind) {
            Some((name, _)) if name == "Vec" || name == "Map" => Self::Collection(kind.clone()),
            Some((name, Some(inner))) if name == "Option" => Self::Optional(inner.clone()),
            _ => Self::Plain(kind.clone()),
        }
    }

    /// The type of the value itself.
    pub fn value(&self) -> &Type {
        match self {
            Self::Optional(kind) | Self::Collection(kind) | Self::Plain(kind) => kind,
        }
    }

    /// The type of the field.
    pub fn declared(&self) -> Type {
        match self {
            Self::Optional(kind) => parse_quote!(Option<#kind>),
            Self::Collection(kind) | Self::Plain(kind) => kind.clone(),
        }
    }

    /// The type of the items, where the value is a list.
    pub fn item(&self) -> Option<&Type> {
        let (name, item) = wrapped(self.value())?;
        item.filter(|_| name == "Vec")
    }
}

/// The last name of a path, and its first argument.
fn wrapped(kind: &Type) -> Option<(&Ident, Option<&Type>)> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last()?;
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.first(),
        _ => None,
    };
    let argument = match argument {
        Some(GenericArgument::Type(kind)) => Some(kind),
        _ => None,
    };
    Some((&last.ident, argument))
}

/// What every struct keeps that it does not declare.
const UNKNOWN: &str = "unknown_fields";

/// The fields of a struct that a definition describes.
pub fn of(found: &ItemStruct, definition: &Definition) -> Vec<Field> {
    let DefinitionKind::Struct {
        constants,
        times,
        ids,
        ..
    } = &definition.kind
    else {
        return Vec::new();
    };
    let fields = found.fields.iter().filter_map(|field| {
        let name = field.ident.clone()?;
        let property = renamed(&field.attrs).unwrap_or_else(|| name.to_string());
        // Every struct has such a field of its own.
        let name = match property.as_str() {
            UNKNOWN => format_ident!("{UNKNOWN}_"),
            _ => name,
        };
        let docs = field
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("doc"));
        let mut docs: Vec<Attribute> = docs.cloned().collect();
        if docs.is_empty() {
            let doc = format!(" The field `{property}`.");
            docs.push(parse_quote!(#[doc = #doc]));
        }
        Some(Field {
            docs,
            field_type: FieldType::of(&field.ty),
            constant: constants.get(&property).cloned(),
            time: times.get(&property).copied(),
            id: ids.get(&property).copied(),
            name,
            property,
        })
    });
    fields.collect()
}

impl Field {
    /// Whether it holds entries with keys of the user's own.
    pub fn is_map(&self) -> bool {
        let kind = self.field_type.value();
        wrapped(kind).is_some_and(|(name, _)| name == "Map")
    }

    pub fn is_optional(&self) -> bool {
        matches!(self.field_type, FieldType::Optional(_))
    }
}

/// The struct without the attributes of serde's derive, and with the fields as they are known to be.
pub fn declare(found: &ItemStruct, fields: &[Field]) -> ItemStruct {
    let mut found = found.clone();
    found.attrs.retain(|attribute| {
        !attribute.path().is_ident("serde") && !attribute.path().is_ident("derive")
    });
    found
        .attrs
        .push(parse_quote!(#[derive(Clone, Debug, PartialEq, Default)]));
    for (declared, field) in found.fields.iter_mut().zip(fields) {
        declared.ident = Some(field.name.clone());
        declared.attrs = field.docs.clone();
        declared.ty = field.field_type.declared();
    }
    if let syn::Fields::Named(named) = &mut found.fields {
        named.named.push(parse_quote! {
            /// The fields that this type does not have, and those whose values it could not read, as they came.
            pub unknown_fields: crate::UnknownFields
        });
    }
    found
}

/// The name in `#[serde(rename = "…")]`.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // What is no rename may have any form; only the rename matters here.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    name
}
