//! The setters that a request has for the fields of its body, each of which calls that of the body's builder.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{emit::body_builders, rewrite::fields::Field};

/// Where a request holds its body, and which names it has for something else.
pub struct Setters<'s> {
    /// The statement that replaces the body by what a call of its builder returns.
    pub replaced: &'s dyn Fn(TokenStream) -> TokenStream,
    pub is_taken: &'s dyn Fn(&Ident) -> bool,
    /// The constant of the operation.
    pub operation: &'s Ident,
}

impl Setters<'_> {
    /// The setter of a field, what clears it, and what adds to it, where it is a map.
    pub fn of(&self, field: &Field) -> TokenStream {
        let (name, docs, property) = (&field.name, &field.docs, &field.property);
        let operation = self.operation;
        let module = format_ident!("types");
        let (bound, _) = body_builders::taken(field, |kind| body_builders::within(kind, &module));
        let is_free = !(self.is_taken)(name);
        let set = (self.replaced)(quote!(#name(value)));
        let setter = is_free.then(|| {
            quote! {
                #( #docs )*
                pub fn #name(mut self, value: #bound) -> Self {
                    #set
                    self
                }
            }
        });
        let clearer = body_builders::clear(field).filter(|(clear, _)| !(self.is_taken)(clear));
        let clearer = clearer.map(|(clear, doc)| {
            let cleared = (self.replaced)(quote!(#clear()));
            quote! {
                #[doc = #doc]
                pub fn #clear(mut self) -> Self {
                    #cleared
                    self
                }
            }
        });
        let entries = body_builders::entries(field).filter(|_| is_free);
        let entries = entries.map(|entries| {
            let body_builders::Entries { one, from, doc_one, doc_from } = entries;
            let added = (self.replaced)(quote!(#one(key, value)));
            quote! {
                #[doc = #doc_one]
                pub fn #one(mut self, key: impl Into<String>, value: impl crate::IntoField<::serde_json::Value>) -> Self {
                    #added
                    self
                }

                #[doc = #doc_from]
                ///
                /// # Errors
                /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if the value is not an object in JSON.
                pub fn #from(self, value: &impl serde::Serialize) -> Result<Self, Error> {
                    match crate::runtime::entries(#property, value) {
                        Ok(map) => Ok(self.#name(map)),
                        Err(error) => Err(Error::invalid_request(&operations::#operation, error.to_string())),
                    }
                }
            }
        });
        quote! { #setter #clearer #entries }
    }
}
