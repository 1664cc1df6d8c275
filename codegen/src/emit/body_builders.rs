//! A builder for a struct that requests carry: setters take what converts, and what is missing is said by name.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Type;

use crate::{
    casing,
    lower::ids,
    rewrite::fields::{Field, Form},
};

/// The builder of one struct.
pub struct Builder<'s> {
    name: &'s Ident,
    fields: &'s [Field],
    one_of: &'s [String],
}

impl<'s> Builder<'s> {
    pub fn of(name: &'s Ident, fields: &'s [Field], one_of: &'s [String]) -> Self {
        Self {
            name,
            fields,
            one_of,
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
        let names: Vec<&Ident> = self.fields.iter().map(|field| &field.name).collect();
        let values = self.fields.iter().map(held);
        let setters = self.fields.iter().map(setter);
        let clearers = self
            .fields
            .iter()
            .filter_map(|field| clearer(field, self.fields));
        let finished = self.fields.iter().map(finished);
        let one_of = self.one_of();
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
            impl IntoField<super::#name> for #name {
                fn into_field(self) -> Result<Option<super::#name>, InvalidField> {
                    self.try_into().map(Some)
                }
            }
            impl IntoField<super::#name> for Option<#name> {
                fn into_field(self) -> Result<Option<super::#name>, InvalidField> {
                    self.map(TryInto::try_into).transpose()
                }
            }
            impl TryFrom<#name> for super::#name {
                type Error = InvalidField;
                fn try_from(builder: #name) -> Result<Self, InvalidField> {
                    if let Some(invalid) = builder.invalid {
                        return Err(invalid);
                    }
                    #one_of
                    Ok(Self { #( #finished, )* })
                }
            }
            #back
        }
    }
}

impl Builder<'_> {
    /// Counts those of which exactly one has to be set.
    fn one_of(&self) -> Option<TokenStream> {
        let found = self
            .fields
            .iter()
            .filter(|field| self.one_of.contains(&field.property));
        let names: Vec<&Ident> = found.map(|field| &field.name).collect();
        let listed: Vec<String> = self.one_of.iter().map(|name| format!("`{name}`")).collect();
        let reason = format!("exactly one of {} is required", listed.join(", "));
        (!names.is_empty()).then(|| {
            quote! {
                let given = [ #( builder.#names.is_some() ),* ];
                if given.into_iter().filter(|is_given| *is_given).count() != 1 {
                    return Err(InvalidField::new("", #reason));
                }
            }
        })
    }
}

/// What the builder holds of a field: a value once it is set.
fn held(field: &Field) -> TokenStream {
    let kind = scoped(field.form.value());
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
    let (bound, take) = taken(field, scoped);
    let unwrap = match field.form.item() {
        _ if field.id.is_none() => TokenStream::new(),
        Some(_) => quote!(let value = value.into_iter().map(|id: Id| id.0).collect();),
        None => quote!(let value = value.0;),
    };
    let value = match form {
        Form::Nullable(_) => quote!(Some(Some(value))),
        _ => quote!(Some(value)),
    };
    let stored = if is_map(field) {
        let held = match form {
            Form::Nullable(_) => quote!(self.#name.get_or_insert_default().get_or_insert_default()),
            _ => quote!(self.#name.get_or_insert_default()),
        };
        quote!(#held.extend(value);)
    } else {
        quote!(self.#name = #value;)
    };
    let entries = entries(field).map(|entries| {
        let Entries { one, from, doc_one, doc_from } = entries;
        quote! {
            #[doc = #doc_one]
            pub fn #one(self, key: impl Into<String>, value: impl IntoField<::serde_json::Value>) -> Self {
                self.#name([(key.into(), value)])
            }

            #[doc = #doc_from]
            ///
            /// # Errors
            /// Names the field if the value is not an object in JSON.
            pub fn #from(self, value: &impl serde::Serialize) -> Result<Self, InvalidField> {
                crate::runtime::entries(#property, value).map(|map| self.#name(map))
            }
        }
    });
    quote! {
        #entries

        #( #docs )*
        pub fn #name(mut self, value: #bound) -> Self {
            if let Some(value) = #take(#property, value, &mut self.invalid) {
                #unwrap
                #stored
            }
            self
        }
    }
}

/// What the setter of a field takes, and what takes it.
pub fn taken(field: &Field, scoped: impl Fn(&Type) -> TokenStream) -> (TokenStream, TokenStream) {
    let target = |kind: &Type| match field.id {
        Some(_) => quote!(crate::Id),
        None => scoped(kind),
    };
    match field.form.item() {
        _ if is_map(field) => (quote!(impl crate::IntoMap), quote!(taken_map)),
        Some(item) => {
            let item = target(item);
            let take = match field.id {
                Some(ids::Form::Integer) => quote!(taken_integer_ids),
                _ => quote!(taken_list),
            };
            (quote!(impl crate::IntoList<#item>), take)
        }
        None => {
            let kind = target(field.form.value());
            let take = match field.id {
                Some(ids::Form::Integer) => quote!(taken_integer_id),
                _ => quote!(taken),
            };
            (quote!(impl crate::IntoField<#kind>), take)
        }
    }
}

/// The setters of single entries of a map, and of those that a struct makes.
pub struct Entries {
    pub one: Ident,
    pub from: Ident,
    pub doc_one: String,
    pub doc_from: String,
}

/// `custom_attribute` and `custom_attributes_from`, for `custom_attributes`; the name of one entry is the singular.
pub fn entries(field: &Field) -> Option<Entries> {
    let name = field.name.to_string();
    let name = name.trim_end_matches('_');
    let property = &field.property;
    is_map(field).then(|| Entries {
        one: match casing::is_plural(name) {
            true => format_ident!("{}", casing::identifier(casing::singular(name))),
            false => format_ident!("{name}_entry"),
        },
        from: format_ident!("{name}_from"),
        doc_one: format!(
            " Adds one entry to `{property}`; `None` adds nothing, and `json!(null)` sends null."
        ),
        doc_from: format!(" Adds to `{property}` what a value is as JSON."),
    })
}

/// Whether it holds entries with keys of the user's own.
pub fn is_map(field: &Field) -> bool {
    let kind = field.form.value();
    quote!(#kind).to_string().contains("Map <")
}

/// `clear_name` and its documentation, for what may be sent as null.
pub fn clear(field: &Field) -> Option<(Ident, String)> {
    let Field { name, property, .. } = field;
    matches!(field.form, Form::Nullable(_)).then(|| {
        let clear = format_ident!("clear_{}", name.to_string().trim_end_matches('_'));
        let doc = format!(" Sends `{property}` as null, which clears it.");
        (clear, doc)
    })
}

fn clearer(field: &Field, fields: &[Field]) -> Option<TokenStream> {
    let name = &field.name;
    let (clear, doc) = clear(field)?;
    let taken = fields.iter().any(|other| other.name == clear);
    (!taken).then(|| {
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
fn scoped(kind: &Type) -> TokenStream {
    within(kind, &format_ident!("super"))
}

/// A type of the `types` module as it is written elsewhere, where that module is called `module`.
pub fn within(kind: &Type, module: &Ident) -> TokenStream {
    use syn::visit_mut::{VisitMut, visit_path_mut};
    struct Module<'m>(&'m Ident);
    impl VisitMut for Module<'_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            visit_path_mut(self, path);
            let is_own = path.leading_colon.is_none()
                && path.segments.len() == 1
                && path.segments[0]
                    .ident
                    .to_string()
                    .starts_with(char::is_uppercase);
            if is_own {
                let module = self.0.clone();
                path.segments.insert(0, module.into());
            }
        }
    }
    let mut kind = kind.clone();
    Module(module).visit_type_mut(&mut kind);
    kind.to_token_stream()
}
