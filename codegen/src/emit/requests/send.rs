//! What sends a request, and the body of one whose body has no fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Request;
use crate::lower::{Body, Success, idents};

impl Request<'_> {
    /// The type of a body that has no fields, and what is said of its setter.
    pub(super) fn payload(&self) -> Option<(TokenStream, &'static str)> {
        match self.operation().body {
            Body::Multipart => Some((
                quote!(crate::reqwest::multipart::Form),
                " Sets the whole body, a form of several parts.",
            )),
            Body::Bytes(_) => Some((quote!(crate::reqwest::Body), " Sets the whole body.")),
            Body::None | Body::Json | Body::Form => None,
        }
    }

    pub(super) fn send(&self, response: &TokenStream) -> TokenStream {
        let operation = self.operation();
        let constant = idents::constant(operation);
        let send = match operation.success {
            Success::Json => format_ident!("send"),
            Success::Empty => format_ident!("send_empty"),
            Success::Bytes(_) => format_ident!("send_stream"),
        };
        let payload = self.payload().map(|_| {
            let put = match operation.body {
                Body::Multipart => quote!(multipart),
                _ => quote!(body),
            };
            quote! {
                let payload = self.payload.ok_or_else(|| crate::runtime::missing_body(&operations::#constant))?;
                let request = request.#put(payload);
            }
        });
        let paging = operation
            .is_paged()
            .then(|| quote!(let request = self.paging.apply(&operations::#constant, request)?;));
        let is_apart = operation.list.is_some() || operation.is_upsert() || payload.is_some();
        let doc = format!(" Sends `{} {}`.", operation.method, operation.path);
        let into_request = is_apart.then(|| {
            quote! {
                #[inline]
                fn into_request(self) -> Result<(Client, crate::reqwest::RequestBuilder), Error> {
                    let (client, request) = self.call.into_request()?;
                    #payload
                    #paging
                    Ok((client, request))
                }
            }
        });
        let built = if is_apart {
            quote!(self.into_request())
        } else {
            quote!(self.call.into_request())
        };
        quote! {
            #into_request

            #[doc = #doc]
            ///
            /// # Errors
            /// Those of every call; see [`ErrorKind`](crate::ErrorKind).
            #[inline]
            pub fn send(self) -> crate::CallFuture<Response<#response>> {
                crate::runtime::#send(&operations::#constant, #built)
            }
        }
    }
}
