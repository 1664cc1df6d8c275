//! The setters of fields: those of a struct that requests carry, of a request's body, and of its parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    emit::shapes,
    lower::{
        Normalized,
        shape::{self, Field, Shape},
    },
};

/// Where the fields are held, and what else their owner has.
pub struct Setters<'s> {
    pub normalized: &'s Normalized,
    /// The `Fields` that the setters fill.
    pub held: TokenStream,
    /// What leads to the types: nothing, or the module.
    pub module: TokenStream,
    /// The name of the setter, or none if there is to be none.
    pub named: &'s dyn Fn(&Ident) -> Option<Ident>,
    /// How `…_from` fails: its error, and what makes it of an `InvalidField`.
    pub failure: (TokenStream, TokenStream),
    /// Whether nothing else is called `locale`.
    pub is_locale_free: bool,
}

impl Setters<'_> {
    /// The setter of a field, what clears it, and what adds to it, where it is a map or holds texts in languages.
    pub fn of(&self, field: &Field) -> TokenStream {
        let setter = (self.named)(&field.name).map(|name| match &field.shape {
            Shape::Map => self.map(&name, field),
            _ => self.single(&name, field),
        });
        let clearer = self.clearer(field);
        let locale = self.locale(field);
        quote! { #setter #clearer #locale }
    }

    fn single(&self, name: &Ident, field: &Field) -> TokenStream {
        let (held, property) = (&self.held, &field.property);
        let doc = format!(" {}{}", field.doc, self.hint(&field.shape));
        let (bound, set) = taken(&field.shape, &self.module);
        quote! {
            #[doc = #doc]
            pub fn #name(mut self, value: #bound) -> Self {
                #held.#set(#property, value);
                self
            }
        }
    }

    /// What a field that may be one of several things takes.
    fn hint(&self, shape: &Shape) -> String {
        let (Shape::Union(schema), kinds) = (match shape {
            Shape::List(items) => (&**items, "each "),
            shape => (shape, ""),
        }) else {
            return String::new();
        };
        let leaves = shapes::leaves(schema, self.normalized);
        let module = if self.module.is_empty() {
            ""
        } else {
            "types::"
        };
        let links = leaves.iter().map(|leaf| {
            let name = casing::type_name(leaf);
            format!("[`{name}`]({module}{name}), ")
        });
        let is_list = self
            .normalized
            .schemas
            .get(schema)
            .is_some_and(|definition| {
                let alternatives = shapes::alternatives(definition, self.normalized);
                alternatives
                    .iter()
                    .any(|shape| matches!(shape, Shape::List(_)))
            });
        let list = if is_list { "a list of them, " } else { "" };
        format!(" Takes {kinds}{}{list}or JSON.", links.collect::<String>())
    }

    fn map(&self, name: &Ident, field: &Field) -> TokenStream {
        let (held, property) = (&self.held, &field.property);
        let doc = format!(" {}", field.doc);
        let doc_one = format!(
            " Adds one entry to `{property}`; `None` adds nothing, and `json!(null)` sends null."
        );
        let doc_from = format!(
            " Adds to `{property}` what a value or a reference to one is as JSON: fields that are `None` are sent as null, unless they are \
             skipped (`skip_serializing_if`). A value that is `None` itself adds nothing."
        );
        let text = name.to_string();
        let text = text.trim_end_matches('_');
        let one = if casing::is_plural(text) {
            format_ident!("{}", casing::identifier(casing::singular(text)))
        } else {
            format_ident!("{text}_entry")
        };
        let from = format_ident!("{text}_from");
        let (error, failed) = &self.failure;
        quote! {
            #[doc = #doc]
            pub fn #name(mut self, entries: impl crate::IntoMap) -> Self {
                #held.add(#property, entries);
                self
            }

            #[doc = #doc_one]
            pub fn #one(mut self, key: impl Into<String>, value: impl crate::IntoField<::serde_json::Value>) -> Self {
                #held.add_entry(#property, key.into(), value);
                self
            }

            #[doc = #doc_from]
            ///
            /// # Errors
            /// Names the field if the value is not an object in JSON.
            pub fn #from(mut self, value: impl serde::Serialize) -> Result<Self, #error> {
                let entries = crate::runtime::entries(#property, value)#failed?;
                #held.add(#property, entries);
                Ok(self)
            }
        }
    }

    fn clearer(&self, field: &Field) -> Option<TokenStream> {
        let (held, property) = (&self.held, &field.property);
        let text = field.name.to_string();
        let name = format_ident!("clear_{}", text.trim_end_matches('_'));
        let name = (self.named)(&name).filter(|_| field.is_nullable)?;
        let doc = format!(" Sends `{property}` as null, which clears it.");
        Some(quote! {
            #[doc = #doc]
            #[inline]
            pub fn #name(mut self) -> Self {
                #held.clear(#property);
                self
            }
        })
    }

    /// The setter of the text in one language, for a field that holds texts in languages.
    fn locale(&self, field: &Field) -> Option<TokenStream> {
        let Shape::Object(schema) = &field.shape else {
            return None;
        };
        let schemas = &self.normalized.schemas;
        let held_fields = shape::fields(schemas.get(schema)?, schemas);
        let kind = item(shape::locales(&held_fields)?, &self.module);
        let (held, property) = (&self.held, &field.property);
        let name = if self.is_locale_free {
            format_ident!("locale")
        } else {
            format_ident!("{}_locale", casing::snake(property))
        };
        let doc = format!(
            " Sets the content in one language of `{property}`: `fr`, `pt-BR`. A language that the API does not have is an error \
             when it is sent."
        );
        Some(quote! {
            #[doc = #doc]
            pub fn #name(mut self, locale: impl AsRef<str>, content: impl crate::IntoField<#kind>) -> Self {
                #held.add_locale::<#kind>(#property, locale.as_ref(), content);
                self
            }
        })
    }
}

/// What the setter of a field takes, and the method that takes it.
pub fn taken(shape: &Shape, module: &TokenStream) -> (TokenStream, TokenStream) {
    match shape {
        Shape::Map => (quote!(impl crate::IntoMap), quote!(add)),
        Shape::List(items) => {
            let kind = item(items, module);
            (
                quote!(impl crate::IntoList<#kind>),
                quote!(set_list::<#kind>),
            )
        }
        shape => {
            let kind = item(shape, module);
            (quote!(impl crate::IntoField<#kind>), quote!(set::<#kind>))
        }
    }
}

/// The type of a single value.
pub fn item(shape: &Shape, module: &TokenStream) -> TokenStream {
    match shape {
        Shape::Text => quote!(String),
        Shape::Id(_) => quote!(crate::Id),
        Shape::Integer => quote!(i64),
        Shape::Number => quote!(f64),
        Shape::Bool => quote!(bool),
        Shape::Time(_) => quote!(::chrono::DateTime<::chrono::Utc>),
        // A list within a list is taken as JSON.
        Shape::Map | Shape::Any | Shape::List(_) => quote!(::serde_json::Value),
        Shape::Enum(schema) => {
            let name = shapes::ident(schema);
            quote!(crate::Enum<#module #name>)
        }
        Shape::Object(schema) | Shape::Union(schema) => {
            let name = shapes::ident(schema);
            quote!(#module #name)
        }
    }
}
