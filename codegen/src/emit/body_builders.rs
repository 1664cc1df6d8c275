//! A builder for a struct that requests carry: setters take what converts, and what is missing is said by name.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Type;

use crate::rewrite::fields::{Field, Form};

/// The builder of one struct.
pub struct Builder<'s> {
    name: &'s Ident,
    fields: &'s [Field],
}

impl<'s> Builder<'s> {
    pub fn of(name: &'s Ident, fields: &'s [Field]) -> Self {
        Self { name, fields }
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
        let names: Vec<&Ident> = self.fields.iter().map(|field| &field.name).collect();
        let values = self.fields.iter().map(held);
        let setters = self.fields.iter().map(setter);
        let clearers = self
            .fields
            .iter()
            .filter_map(|field| clearer(field, self.fields));
        let finished = self.fields.iter().map(finished);
        // A field of this name would have a setter of this name.
        let build = (!names.iter().any(|field| **field == "build")).then(|| {
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
            let fields = self.fields.iter().map(back);
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
                #( pub(super) #names: #values, )*
                invalid: Option<InvalidField>,
            }
            impl #name {
                #( #setters )*
                #( #clearers )*
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

/// What the builder holds of a field: a value once it is set.
fn held(field: &Field) -> TokenStream {
    let kind = Scoped(field.form.value());
    match field.form {
        Form::Nullable(_) => quote!(Option<Option<#kind>>),
        _ => quote!(Option<#kind>),
    }
}

fn setter(field: &Field) -> TokenStream {
    let Field {
        name,
        property,
        docs,
        form,
        ..
    } = field;
    let (taken, value) = match form.item().map(Scoped) {
        Some(item) => (
            quote! { V: IntoIterator, V::Item: TryInto<#item, Error: std::fmt::Display>, },
            quote! { convert_list(#property, value, &mut self.invalid) },
        ),
        None => {
            let kind = Scoped(form.value());
            (
                quote! { V: TryInto<#kind, Error: std::fmt::Display>, },
                quote! { convert(#property, value, &mut self.invalid) },
            )
        }
    };
    let value = match form {
        Form::Nullable(_) => quote! { #value.map(Some) },
        _ => value,
    };
    quote! {
        #( #docs )*
        pub fn #name<V>(mut self, value: V) -> Self
        where
            #taken
        {
            self.#name = #value;
            self
        }
    }
}

/// `clear_name`, for what may be sent as null.
fn clearer(field: &Field, fields: &[Field]) -> Option<TokenStream> {
    let Field { name, property, .. } = field;
    let clear = format_ident!("clear_{}", name.to_string().trim_end_matches('_'));
    let taken = fields.iter().any(|other| other.name == clear);
    let doc = format!(" Sends `{property}` as null, which clears it.");
    (matches!(field.form, Form::Nullable(_)) && !taken).then(|| {
        quote! {
            #[doc = #doc]
            pub fn #clear(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        }
    })
}

fn finished(field: &Field) -> TokenStream {
    let Field {
        name,
        property,
        form,
        required,
        constant,
        ..
    } = field;
    let value = match constant {
        Some(constant) if *required => {
            quote! { builder.#name.or_else(|| Some(#constant.to_owned())) }
        }
        _ => quote! { builder.#name },
    };
    let given = quote! { #value.ok_or_else(|| InvalidField::missing(#property))? };
    match (form, required) {
        (Form::Optional(_) | Form::Nullable(_), false) => quote! { #name: #value },
        (Form::Optional(_) | Form::Nullable(_), true) => quote! { #name: Some(#given) },
        (Form::Collection(_), false) => quote! { #name: #value.unwrap_or_default() },
        (Form::Collection(_), true) | (Form::Plain(_), _) => quote! { #name: #given },
    }
}

fn back(field: &Field) -> TokenStream {
    let name = &field.name;
    match field.form {
        Form::Optional(_) | Form::Nullable(_) => quote! { #name: value.#name },
        Form::Collection(_) | Form::Plain(_) => quote! { #name: Some(value.#name) },
    }
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
