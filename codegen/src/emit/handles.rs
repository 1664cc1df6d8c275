//! The entry to a version: its handles, one for each resource, and the table of its operations.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    emit::lists,
    lower::{Normalized, Operation},
    spec::docs::Docs,
};

/// `CONTACTS_CREATE`.
pub fn constant(operation: &Operation) -> Ident {
    let name = format!("{}_{}", operation.name.resource, operation.name.verb);
    format_ident!("{}", name.to_ascii_uppercase())
}

/// `ContactsCreate`.
pub fn builder(operation: &Operation) -> Ident {
    let name = format!("{}_{}", operation.name.resource, operation.name.verb);
    format_ident!("{}", casing::type_name(&name))
}

/// The table of operations.
pub fn operations(normalized: &Normalized, docs: &Docs) -> TokenStream {
    let operations = || {
        normalized
            .operations
            .iter()
            .map(|prepared| &prepared.operation)
    };
    let constants: Vec<Ident> = operations().map(constant).collect();
    let values = operations().map(|operation| {
        let Operation {
            id,
            method,
            path,
            safe_to_repeat,
            has_quota,
            ..
        } = operation;
        let list = lists::kind(operation);
        let (resource, verb) = (&operation.name.resource, &operation.name.verb);
        quote! {
            Operation {
                id: #id,
                method: #method,
                path: #path,
                resource: #resource,
                name: #verb,
                safe_to_repeat: #safe_to_repeat,
                has_quota: #has_quota,
                list: #list,
            }
        }
    });
    let doc = format!(
        " Every operation of version {} that this build has.\n{}",
        normalized.version,
        lists::table(normalized, docs)
    );
    quote! {
        #[doc = #doc]
        pub static OPERATIONS: &[&crate::Operation] = &[ #( &operations::#constants, )* ];

        pub(crate) mod operations {
            use crate::Operation;

            #( pub(crate) static #constants: Operation = #values; )*
        }
    }
}

/// `Api` and the handles.
pub fn handles(normalized: &Normalized, docs: &Docs) -> TokenStream {
    let mut resources: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for prepared in &normalized.operations {
        let operation = &prepared.operation;
        resources
            .entry(&operation.name.resource)
            .or_default()
            .push(operation);
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
            pub fn #method(&self) -> #handle {
                #handle { client: self.client.clone() }
            }
        });
        let methods = operations.iter().map(|operation| method_of(operation));
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
    let version = normalized.version.as_str();
    let doc = format!(" Version {version} of the API: a handle for each resource.");
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct Api {
            client: Client,
        }
        impl Api {
            pub(crate) fn new(intercom: crate::Intercom) -> Self {
                Self { client: Client::new(intercom, #version) }
            }

            /// The same, with these options for every call made through it.
            pub fn with(&self, options: crate::CallOptions) -> Self {
                Self { client: self.client.with(options) }
            }

            #accessors
        }
        #handles
    }
}

fn method_of(operation: &Operation) -> TokenStream {
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
    let builder = builder(operation);
    quote! {
        #[doc = #sentence]
        #[doc = ""]
        #[doc = #line]
        #[doc(alias = #id)]
        pub fn #name(&self) -> builder::#builder {
            builder::#builder::new(self.client.clone())
        }
    }
}
