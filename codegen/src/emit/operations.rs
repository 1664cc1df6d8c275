//! The table of operations of a version.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    emit::lists,
    lower::{Normalized, Operation, idents::constant},
    spec::docs::Docs,
};

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
            idempotent,
            has_quota,
            ..
        } = operation;
        let list = lists::kind(operation);
        let list_field = match lists::field(operation) {
            Some(field) => quote!(Some(#field)),
            None => quote!(None),
        };
        let (resource, verb) = (&operation.name.resource, &operation.name.verb);
        quote! {
            Operation {
                id: #id,
                method: #method,
                path: #path,
                resource: #resource,
                name: #verb,
                idempotent: #idempotent,
                has_quota: #has_quota,
                list: #list,
                list_field: #list_field,
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
