//! What maps with keys of the user's own are read as.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::rewrite::fields::Field;

/// `custom_attributes_as`, for each map of a struct.
pub fn typed(name: &Ident, fields: &[Field]) -> Option<TokenStream> {
    let maps = fields.iter().filter(|field| field.is_map());
    let methods: Vec<TokenStream> = maps.map(method).collect();
    (!methods.is_empty()).then(|| {
        quote! {
            impl #name {
                #( #methods )*
            }
        }
    })
}

fn method(field: &Field) -> TokenStream {
    let (name, property) = (&field.name, &field.property);
    let method = format_ident!("{}_as", name.to_string().trim_end_matches('_'));
    let doc = format!(" Reads `{property}` into a type of your own.");
    let map = if field.is_optional() {
        quote!(self.#name.as_ref())
    } else {
        quote!(Some(&self.#name))
    };
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        /// [`ErrorKind::Decode`](crate::ErrorKind::Decode), naming the key that is not of the form of the type.
        pub fn #method<T: serde::de::DeserializeOwned>(&self) -> Result<T, crate::Error> {
            crate::runtime::typed(#property, #map)
        }
    }
}
