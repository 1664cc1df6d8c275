//! Requests: each is what is pending, with setters of its parameters and of the fields of its body.

mod fields;
mod required;
mod send;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    emit::{
        alternatives::{self, Alternative},
        lists, responses, upsert,
    },
    error::Problem,
    lower::{Normalized, Operation, Prepared, idents},
    spec::docs::Docs,
};

/// The requests of an operation: its own, and that of each verb for one of the things that its body may be.
pub fn of<'n>(
    prepared: &'n Prepared,
    normalized: &'n Normalized,
    docs: &'n Docs,
) -> Result<Vec<Request<'n>>, Problem> {
    let operation = &prepared.operation;
    let (own, others): (Vec<_>, Vec<_>) = alternatives::of(prepared, normalized)?
        .into_iter()
        .partition(Alternative::is_default);
    let own = Request {
        prepared,
        normalized,
        docs,
        name: idents::builder(operation),
        doc: format!(" A request of `{} {}`.", operation.method, operation.path),
        fields: own.into_iter().next(),
        is_general: true,
    };
    let others = others.into_iter().map(|found| Request {
        name: found.ident(),
        doc: format!(
            " A request of `{} {}`: {}",
            operation.method,
            operation.path,
            lower_first(found.doc())
        ),
        fields: Some(found),
        is_general: false,
        ..own
    });
    let others: Vec<Request<'n>> = others.collect();
    Ok(std::iter::once(own).chain(others).collect())
}

/// A request, which is pending once it is made.
pub struct Request<'n> {
    prepared: &'n Prepared,
    normalized: &'n Normalized,
    docs: &'n Docs,
    pub name: Ident,
    doc: String,
    /// What its body is, where that is one of several things.
    pub fields: Option<Alternative<'n>>,
    /// Whether it sends whatever the operation takes.
    pub is_general: bool,
}

impl Request<'_> {
    fn operation(&self) -> &Operation {
        &self.prepared.operation
    }

    /// Its struct, and what that has.
    pub fn tokens(&self) -> TokenStream {
        let operation = self.operation();
        let (name, doc, required) = (&self.name, &self.doc, self.required("Self"));
        let response = responses::of(self.prepared);
        let paging = operation
            .is_paged()
            .then(|| quote!(paging: crate::runtime::Paging,));
        let started = paging.as_ref().map(|_| quote!(paging: Default::default(),));
        let payload = self
            .payload()
            .map(|(kind, _)| quote!(payload: Option<#kind>,));
        let unset = payload.as_ref().map(|_| quote!(payload: None,));
        let clone = payload.is_none().then(|| quote!(Clone,));
        let new = self.constructor(&quote! { #started #unset });
        let send = self.send(&response);
        let setters = self.setters();
        let list = operation.list.as_ref().filter(|_| self.is_general);
        let list = list.map(|list| lists::methods(operation, list));
        let upsert = upsert::upsert(operation, self.normalized).filter(|_| self.is_general);
        quote! {
            #[doc = #doc]
            #required
            #[must_use = "nothing is sent until it is awaited"]
            #[derive(#clone Debug)]
            pub struct #name {
                call: crate::runtime::Pending,
                #paging
                #payload
            }

            impl #name {
                #new
                #setters
                #list
                #upsert

                /// Sets options for this call alone, on top of those that it has already.
                #[inline]
                pub fn with_options(mut self, options: crate::CallOptions) -> Self {
                    self.call = self.call.with_options(options);
                    self
                }

                #send
            }

            impl std::future::IntoFuture for #name {
                type Output = Result<#response, Error>;
                type IntoFuture = crate::CallFuture<#response>;

                #[inline]
                fn into_future(self) -> Self::IntoFuture {
                    self.send().into_value()
                }
            }
        }
    }

    fn constructor(&self, rest: &TokenStream) -> TokenStream {
        let constant = idents::constant(self.operation());
        let arguments = self
            .fields
            .as_ref()
            .map(Alternative::arguments)
            .unwrap_or_default();
        let names = arguments.iter().map(|field| &field.name);
        let presets = self
            .fields
            .as_ref()
            .map(|fields| fields.presets(&arguments));
        let with_fields = self.fields.as_ref().map(|fields| {
            let table = fields.table();
            quote!(.with_fields(&super::shapes::#table))
        });
        let mutable = presets
            .as_ref()
            .filter(|presets| !presets.is_empty())
            .map(|_| quote!(mut));
        quote! {
            #[inline]
            pub(super) fn new(client: Client, path: Vec<String> #( , #names: impl crate::IntoId )*) -> Self {
                let #mutable call = crate::runtime::Pending::new(client, &super::signatures::#constant, path)#with_fields;
                #presets
                Self { call, #rest }
            }
        }
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
