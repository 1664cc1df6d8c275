//! The entry to a version: its handles, one for each resource.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    emit::requests,
    error::Problem,
    lower::{Normalized, Operation, Prepared, idents},
    spec::docs::Docs,
};

/// `Api` and the handles.
pub fn handles(normalized: &Normalized, docs: &Docs) -> Result<TokenStream, Problem> {
    let mut resources: BTreeMap<&str, Vec<&Prepared>> = BTreeMap::new();
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        resources
            .entry(&operation.name.resource)
            .or_default()
            .push(prepared);
    }
    let mut accessors = TokenStream::new();
    let mut handles = TokenStream::new();
    for (resource, operations) in &resources {
        let sentence = docs
            .resources
            .get(*resource)
            .map_or_else(|| format!("The resource `{resource}`."), Clone::clone);
        let sentence = format!(" {sentence}");
        let method = format_ident!("{resource}");
        let handle = format_ident!("{}", casing::type_name(resource));
        accessors.extend(quote! {
            #[doc = #sentence]
            #[inline]
            pub fn #method(&self) -> #handle {
                #handle { client: self.client.clone() }
            }
        });
        let mut methods = Vec::new();
        for prepared in operations {
            let requests = requests::of(prepared, normalized, docs)?;
            methods.extend(requests.iter().map(|request| {
                let required = request.required(&format!("requests::{}", request.name));
                match &request.fields {
                    Some(verb) if !request.is_general => verb.method(&required),
                    _ => method_of(&prepared.operation, &required),
                }
            }));
        }
        handles.extend(quote! {
            #[doc = #sentence]
            #[derive(Clone, Debug)]
            pub struct #handle {
                client: Client,
            }
            impl #handle {
                #( #methods )*
            }
        });
    }
    let version = &normalized.header;
    let doc = format!(" Version {version} of the API: a handle for each resource.");
    Ok(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct Api {
            client: Client,
        }
        impl Api {
            pub(crate) fn new(intercom: crate::Intercom) -> Self {
                Self { client: Client::new(intercom, #version) }
            }

            /// Returns the same with these options for every call made through it, on top of those it has.
            #[must_use = "it leaves the client that it is called on as it is"]
            pub fn with_options(&self, options: crate::CallOptions) -> Self {
                Self { client: self.client.with_options(options) }
            }

            #accessors
        }
        #handles
    })
}

fn method_of(operation: &Operation, required: &TokenStream) -> TokenStream {
    let Operation {
        id,
        method,
        path,
        doc,
        ..
    } = operation;
    let sentence = format!(
        " {}",
        doc.as_deref()
            .unwrap_or("An operation that has no words of ours yet.")
    );
    let line = format!(" `{method} {path}`");
    let name = format_ident!("{}", operation.name.verb);
    let request = idents::builder(operation);
    let parameters = idents::path_parameters(operation);
    let alias = alias(id, &name);
    quote! {
        #[doc = #sentence]
        #[doc = ""]
        #[doc = #line]
        #required
        #alias
        #[inline]
        pub fn #name(&self #( , #parameters: impl crate::IntoId )*) -> requests::#request {
            requests::#request::new(self.client.clone(), vec![ #( #parameters.into_id() ),* ])
        }
    }
}

/// Intercom's id of an operation, by which its method is found; rustdoc refuses one that is the name itself,
/// or that has quotes.
pub fn alias(id: &str, method: &Ident) -> Option<TokenStream> {
    let is_word = id
        .chars()
        .all(|letter| letter.is_alphanumeric() || "_-./".contains(letter));
    (is_word && method != id).then(|| quote!(#[doc(alias = #id)]))
}
