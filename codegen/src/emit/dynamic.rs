//! Calls by name, with JSON in and JSON out, through the same typed builders (feature `dynamic`).

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use crate::{
    lower::{Body, Normalized, Prepared, Success, idents},
    rewrite::requests::{Builder, Builders},
    spec::names::Name,
};

/// `Api::call`.
pub fn dispatch(normalized: &Normalized, builders: &Builders) -> TokenStream {
    let known: Vec<(&Prepared, &Builder)> = normalized
        .operations
        .iter()
        .filter_map(|prepared| {
            Some((
                prepared,
                builders.get(&idents::builder(&prepared.operation))?,
            ))
        })
        .collect();
    let arms = known
        .iter()
        .map(|(prepared, builder)| arm(prepared, &builder.setters));
    let answers = known
        .iter()
        .map(|(prepared, builder)| answer(prepared, builder));
    let bodies = known
        .iter()
        .filter_map(|(prepared, builder)| body(prepared, builder));
    quote! {
        impl Api {
            /// Calls an operation by Intercom's id of it (`ShowContact`) or by our name for it (`contacts.get`).
            ///
            /// `parameters` are those of path and query, by name. The answer is what the operation's type holds of it;
            /// [`Response::raw_body`](crate::Response::raw_body) has all of it, that of a download too.
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
                let operation = crate::runtime::dynamic::find(OPERATIONS, operation)?;
                let mut given = crate::runtime::dynamic::Given::new(operation, parameters, body);
                let api = self.clone();
                let call: crate::runtime::dynamic::Call = match (operation.resource, operation.name) {
                    #( #arms )*
                    _ => return Err(given.unknown()),
                };
                call.await
            }

            /// Reads an answer of an operation as its type does and writes it again; for checks of the types.
            #[doc(hidden)]
            pub fn read_answer(operation: &str, body: &[u8]) -> Result<::serde_json::Value, crate::Error> {
                let operation = crate::runtime::dynamic::find(OPERATIONS, operation)?;
                match (operation.resource, operation.name) {
                    #( #answers )*
                    _ => Err(crate::Error::no_such_operation(operation.id)),
                }
            }

            /// Reads a body of an operation as its type does and writes it again; for checks of the types.
            #[doc(hidden)]
            pub fn read_body(operation: &str, body: &[u8]) -> Result<::serde_json::Value, crate::Error> {
                let operation = crate::runtime::dynamic::find(OPERATIONS, operation)?;
                match (operation.resource, operation.name) {
                    #( #bodies )*
                    _ => Err(crate::Error::no_such_operation(operation.id)),
                }
            }
        }
    }
}

fn answer(prepared: &Prepared, builder: &Builder) -> Option<TokenStream> {
    let is_json = prepared.operation.success == Success::Json;
    is_json.then(|| through(prepared, &builder.answer))
}

fn body(prepared: &Prepared, builder: &Builder) -> Option<TokenStream> {
    let mut setters = builder.setters.iter();
    let (_, kind) = setters.find(|(setter, _)| setter == "body")?;
    let is_json = prepared.operation.body == Body::Json;
    is_json.then(|| through(prepared, kind))
}

fn through(prepared: &Prepared, kind: &Type) -> TokenStream {
    let Name { resource, verb, .. } = &prepared.operation.name;
    quote! { (#resource, #verb) => crate::runtime::dynamic::through::<#kind>(operation, body), }
}

fn arm(prepared: &Prepared, setters: &[(Ident, Type)]) -> TokenStream {
    let operation = &prepared.operation;
    let Name { resource, verb, .. } = &operation.name;
    if operation.body == Body::Multipart {
        return quote! {
            (#resource, #verb) => return Err(given.no_json_body()),
        };
    }
    let (handle, method) = (
        quote::format_ident!("{resource}"),
        quote::format_ident!("{verb}"),
    );
    let in_path = &operation.name.path;
    let set = setters.iter().map(|(setter, kind)| {
        let name = prepared.parameter(setter);
        match (&operation.body, name) {
            (_, Some(name)) if in_path.contains(&name) => TokenStream::new(),
            (_, Some(name)) => quote! {
                if let Some(value) = given.parameter::<#kind>(#name)? {
                    request = request.#setter(value);
                }
            },
            (Body::Json | Body::Form, None) => quote! {
                if let Some(body) = given.body::<#kind>()? {
                    request = request.with_request(body);
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
        Success::Json | Success::Empty => {
            quote! { crate::runtime::dynamic::value(request.send().await?) }
        }
        Success::Bytes(_) => quote! { crate::runtime::dynamic::bytes(request.send().await?).await },
    };
    quote! {
        (#resource, #verb) => {
            #[allow(unused_mut)]
            let mut request = api.#handle().#method(#( given.path(#in_path)? ),*);
            #( #set )*
            given.finish()?;
            Box::pin(async move { #finish })
        }
    }
}
