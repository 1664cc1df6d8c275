//! Calls by name, with JSON in and JSON out, over the table of what each operation takes (feature `dynamic`).

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    emit::responses,
    lower::{Normalized, Prepared, Success},
    spec::names::Name,
};

/// `Api::call`.
pub fn dispatch(normalized: &Normalized) -> TokenStream {
    let responses = normalized.operations.iter().filter_map(response);
    quote! {
        impl Api {
            /// Makes a request of an operation by Intercom's id of it (`ShowContact`) or by our name for it (`contacts.get`).
            ///
            /// `parameters` are those of path, query and headers, by name: what a map of a request takes, see
            /// [`IntoMap`](crate::IntoMap). `.await` returns the JSON of the response as it came, `.send().await` the
            /// [`Response`](crate::Response) around it.
            ///
            /// # Errors
            /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest), before anything is sent, for an operation that
            /// this version does not have, and for a parameter or a body that is missing, unknown or of the wrong type; else
            /// those of the operation.
            pub fn call(&self, operation: &str, parameters: impl crate::IntoMap) -> crate::DynamicRequest {
                crate::DynamicRequest::new(self.client.clone(), SIGNATURES, operation, parameters)
            }

            /// Reads a response of an operation as its type does and writes it again; for checks of the types.
            #[doc(hidden)]
            pub fn read_response(operation: &str, body: &[u8]) -> Result<::serde_json::Value, crate::Error> {
                let operation = crate::runtime::dynamic::find(SIGNATURES, operation)?.operation;
                match (operation.resource, operation.name) {
                    #( #responses )*
                    _ => crate::runtime::dynamic::not_json(operation, body),
                }
            }

            /// Reads a body of an operation as its requests do and returns what they would send; for checks of the types.
            #[doc(hidden)]
            pub fn read_body(operation: &str, body: &[u8]) -> Result<::serde_json::Value, crate::Error> {
                crate::runtime::dynamic::body(crate::runtime::dynamic::find(SIGNATURES, operation)?, body)
            }
        }
    }
}

fn response(prepared: &Prepared) -> Option<TokenStream> {
    let Name { resource, verb, .. } = &prepared.operation.name;
    let kind = responses::of(prepared);
    let is_json = prepared.operation.success == Success::Json;
    is_json.then(|| {
        quote! { (#resource, #verb) => crate::runtime::dynamic::through::<#kind>(operation, body), }
    })
}
