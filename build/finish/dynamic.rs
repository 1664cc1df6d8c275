//! Calls by name, with JSON in and JSON out, through the same typed builders (feature `dynamic`).

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::handles;
use crate::pipeline::{
    normalize::{Body, Normalized, Prepared, Success},
    words,
};

/// The setters of each builder and what they take, as the builders were generated.
pub type Setters = BTreeMap<Ident, Vec<(Ident, Type)>>;

/// `Api::call`.
pub fn dispatch(normalized: &Normalized, setters: &Setters) -> TokenStream {
    let none = Vec::new();
    let arms = normalized.operations.iter().map(|prepared| {
        let builder = handles::builder(&prepared.operation);
        arm(prepared, setters.get(&builder).unwrap_or(&none))
    });
    quote! {
        impl Api {
            /// Calls an operation by Intercom's id of it (`ShowContact`) or by our name for it (`contacts.get`).
            ///
            /// `parameters` are those of path and query, by name. The answer is what the operation's type holds of it;
            /// [`Response::body`](crate::Response::body) has all of it, that of a download too.
            ///
            /// # Errors
            /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest), before anything is sent, for an operation that
            /// this version does not have, and for a parameter or a body that is missing, unknown or of the wrong type; else
            /// those of the operation.
            pub async fn call(
                &self,
                operation: &str,
                parameters: ::serde_json::Map<String, ::serde_json::Value>,
                body: Option<::serde_json::Value>,
            ) -> Result<crate::Response<::serde_json::Value>, crate::Error> {
                let operation = crate::dynamic::find(OPERATIONS, operation)?;
                let mut given = crate::dynamic::Given::new(operation, parameters, body);
                let api = self.clone();
                let call: crate::dynamic::Call = match (operation.resource, operation.name) {
                    #( #arms )*
                    _ => return Err(given.unknown()),
                };
                call.await
            }
        }
    }
}

fn arm(prepared: &Prepared, setters: &[(Ident, Type)]) -> TokenStream {
    let operation = &prepared.operation;
    if operation.body == Body::Multipart {
        let (resource, verb) = (&operation.name.resource, &operation.name.verb);
        return quote! {
            (#resource, #verb) => return Err(given.no_json_body()),
        };
    }
    let (resource, verb) = (&operation.name.resource, &operation.name.verb);
    let (handle, method) = (
        quote::format_ident!("{resource}"),
        quote::format_ident!("{verb}"),
    );
    let set = setters.iter().map(|(setter, kind)| {
        let name = parameter(prepared, setter);
        match (&operation.body, name) {
            (_, Some(name)) => quote! {
                if let Some(value) = given.parameter::<#kind>(#name)? {
                    request = request.#setter(value);
                }
            },
            (Body::Json | Body::Form, None) => quote! {
                if let Some(body) = given.body::<#kind>()? {
                    request = request.#setter(body);
                }
            },
            (Body::Bytes(_), None) => quote! {
                if let Some(body) = given.body::<String>()? {
                    request = request.#setter(body);
                }
            },
            (Body::Multipart | Body::None, None) => TokenStream::new(),
        }
    });
    let finish = match operation.success {
        Success::Json | Success::Empty => quote! { crate::dynamic::value(request.send().await?) },
        Success::Bytes(_) => quote! { crate::dynamic::bytes(request.send().await?).await },
    };
    quote! {
        (#resource, #verb) => {
            #[allow(unused_mut)]
            let mut request = api.#handle().#method();
            #( #set )*
            given.finish()?;
            Box::pin(async move { #finish })
        }
    }
}

/// The name on the wire of what a setter sets; none for the body.
fn parameter(prepared: &Prepared, setter: &Ident) -> Option<String> {
    let setter = setter.to_string();
    let parameters = prepared.item["parameters"].as_array()?;
    parameters
        .iter()
        .filter_map(|parameter| parameter["name"].as_str())
        .find(|name| words::snake(name) == setter.trim_end_matches('_'))
        .map(str::to_owned)
}
