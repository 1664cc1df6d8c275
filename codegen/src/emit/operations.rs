//! The table of operations of a version.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    casing,
    emit::lists,
    lower::{Normalized, Operation, Prepared, idents::constant},
    spec::{docs::Docs, document::schema_name},
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
    let values = normalized.operations.iter().map(|prepared| {
        let operation = &prepared.operation;
        let Operation {
            id,
            method,
            path,
            idempotent,
            has_quota,
            ..
        } = operation;
        let list = lists::kind(operation);
        let optional = |text: Option<&str>| match text {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        };
        let list_field = lists::field(operation);
        let list_field = optional(list_field.as_deref());
        let may_be_no_list = lists::is_variant(operation);
        let deleted = optional(deleted(prepared));
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
                may_be_no_list: #may_be_no_list,
                deleted: #deleted,
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

/// The parameter of the path that is the id of what a deletion returns: the one that the type is named after, else the last one.
fn deleted(prepared: &Prepared) -> Option<&str> {
    if prepared.operation.method != "DELETE" {
        return None;
    }
    let returned = prepared.placed_response().and_then(schema_name);
    let returned = returned.map(|name| casing::snake(name) + "_");
    let is_named = |parameter: &str| {
        let stem = parameter.strip_suffix("id").unwrap_or_default();
        !stem.is_empty() && returned.as_ref().is_some_and(|name| name.starts_with(stem))
    };
    let segments = prepared.operation.path.split('/');
    let mut parameters =
        segments.filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let last = parameters.clone().next_back();
    let own = parameters.find(|parameter| is_named(parameter)).or(last);
    own.filter(|parameter| parameter.ends_with("_id"))
}
