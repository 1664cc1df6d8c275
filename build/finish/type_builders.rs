//! A builder for a struct that requests carry: setters take what converts, and what is missing is said by name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, GenericArgument, ItemStruct, PathArguments, Type};

/// What is known of a struct's fields.
pub struct Builder<'s> {
    name: &'s Ident,
    fields: Vec<Field<'s>>,
}

struct Field<'s> {
    name: &'s Ident,
    /// As it is written on the wire.
    property: String,
    docs: Vec<&'s Attribute>,
    form: Form<'s>,
    required: bool,
    constant: Option<&'s String>,
}

/// How the struct holds a value.
enum Form<'s> {
    Optional(&'s Type),
    /// A list or a map, which is empty when it is not set.
    Collection(&'s Type),
    Plain(&'s Type),
}

impl<'s> Form<'s> {
    fn of(kind: &'s Type) -> Self {
        let Type::Path(path) = kind else {
            return Self::Plain(kind);
        };
        let Some(last) = path.path.segments.last() else {
            return Self::Plain(kind);
        };
        match (last.ident.to_string().as_str(), &last.arguments) {
            ("Option", PathArguments::AngleBracketed(arguments)) => match arguments.args.first() {
                Some(GenericArgument::Type(inner)) => Self::Optional(inner),
                _ => Self::Plain(kind),
            },
            ("Vec" | "Map", _) => Self::Collection(kind),
            _ => Self::Plain(kind),
        }
    }

    fn value(&self) -> &'s Type {
        match self {
            Self::Optional(kind) | Self::Collection(kind) | Self::Plain(kind) => kind,
        }
    }
}

impl<'s> Builder<'s> {
    pub fn of(
        found: &'s ItemStruct,
        required: &BTreeSet<String>,
        constants: &'s BTreeMap<String, String>,
    ) -> Self {
        let fields = found.fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?;
            let property = renamed(&field.attrs).unwrap_or_else(|| name.to_string());
            Some(Field {
                name,
                docs: field
                    .attrs
                    .iter()
                    .filter(|attribute| attribute.path().is_ident("doc"))
                    .collect(),
                form: Form::of(&field.ty),
                required: required.contains(&property),
                constant: constants.get(&property),
                property,
            })
        });
        Self {
            name: &found.ident,
            fields: fields.collect(),
        }
    }

    /// `X::builder()`, beside the struct.
    pub fn constructor(&self) -> TokenStream {
        let name = self.name;
        quote! {
            impl #name {
                /// Starts with nothing set.
                pub fn builder() -> builder::#name {
                    Default::default()
                }
            }
        }
    }

    /// The builder itself; a whole body can be turned back into one.
    pub fn items(&self, is_body: bool) -> TokenStream {
        let name = self.name;
        let doc = format!(" Builds a [`{name}`](super::{name}).");
        let names: Vec<&Ident> = self.fields.iter().map(|field| field.name).collect();
        let values = self.fields.iter().map(|field| Scoped(field.form.value()));
        let setters = self.fields.iter().map(Field::setter);
        let finished = self.fields.iter().map(Field::finished);
        // A field of this name would have a setter of this name.
        let build = (!names.iter().any(|field| *field == "build")).then(|| {
            quote! {
                /// The finished value.
                ///
                /// # Errors
                /// Names the first field that was given something it cannot hold, or that is required and was not set.
                pub fn build(self) -> Result<super::#name, InvalidField> {
                    self.try_into()
                }
            }
        });
        let back = is_body.then(|| {
            let fields = self.fields.iter().map(Field::back);
            quote! {
                impl From<super::#name> for #name {
                    fn from(value: super::#name) -> Self {
                        Self { #( #fields, )* invalid: None }
                    }
                }
            }
        });
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, Default)]
            pub struct #name {
                #( #names: Option<#values>, )*
                invalid: Option<InvalidField>,
            }
            impl #name {
                #( #setters )*
                #build
            }
            impl TryFrom<#name> for super::#name {
                type Error = InvalidField;
                fn try_from(builder: #name) -> Result<Self, InvalidField> {
                    if let Some(invalid) = builder.invalid {
                        return Err(invalid);
                    }
                    Ok(Self { #( #finished, )* })
                }
            }
            #back
        }
    }
}

impl Field<'_> {
    fn setter(&self) -> TokenStream {
        let Self {
            name,
            property,
            docs,
            form,
            ..
        } = self;
        let kind = Scoped(form.value());
        quote! {
            #( #docs )*
            pub fn #name<V>(mut self, value: V) -> Self
            where
                V: TryInto<#kind>,
                V::Error: std::fmt::Display,
            {
                self.#name = convert(#property, value, &mut self.invalid);
                self
            }
        }
    }

    fn finished(&self) -> TokenStream {
        let Self {
            name,
            property,
            form,
            required,
            constant,
            ..
        } = self;
        let value = match constant {
            Some(constant) if *required => {
                quote! { builder.#name.or_else(|| Some(#constant.to_owned())) }
            }
            _ => quote! { builder.#name },
        };
        let given = quote! { #value.ok_or_else(|| InvalidField::missing(#property))? };
        match (form, required) {
            (Form::Optional(_), false) => quote! { #name: #value },
            (Form::Optional(_), true) => quote! { #name: Some(#given) },
            (Form::Collection(_), false) => quote! { #name: #value.unwrap_or_default() },
            (Form::Collection(_), true) | (Form::Plain(_), _) => quote! { #name: #given },
        }
    }

    fn back(&self) -> TokenStream {
        let name = self.name;
        match self.form {
            Form::Optional(_) => quote! { #name: value.#name },
            Form::Collection(_) | Form::Plain(_) => quote! { #name: Some(value.#name) },
        }
    }
}

/// The name in `#[serde(rename = "…")]`.
pub fn renamed(attributes: &[Attribute]) -> Option<String> {
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

/// A type of the `types` module as it is written one module further in.
struct Scoped<'t>(&'t Type);

impl ToTokens for Scoped<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        use syn::visit_mut::{VisitMut, visit_path_mut};
        struct Super;
        impl VisitMut for Super {
            fn visit_path_mut(&mut self, path: &mut syn::Path) {
                visit_path_mut(self, path);
                let is_own = path.leading_colon.is_none()
                    && path.segments.len() == 1
                    && path.segments[0]
                        .ident
                        .to_string()
                        .starts_with(char::is_uppercase);
                if is_own {
                    path.segments.insert(0, syn::parse_quote!(super));
                }
            }
        }
        let mut kind = self.0.clone();
        Super.visit_type_mut(&mut kind);
        kind.to_tokens(tokens);
    }
}
