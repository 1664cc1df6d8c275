//! What Rust calls what belongs to an operation.

use quote::format_ident;
use syn::Ident;

use crate::{casing, lower::Operation};

/// `CONTACTS_CREATE`.
pub fn constant(operation: &Operation) -> Ident {
    let name = format!("{}_{}", operation.name.resource, operation.name.verb);
    format_ident!("{}", name.to_ascii_uppercase())
}

/// The parameters of its path, in their order.
pub fn path_parameters(operation: &Operation) -> Vec<Ident> {
    let names = operation.name.path.iter();
    names
        .map(|name| format_ident!("{}", casing::identifier(name.clone())))
        .collect()
}

/// `ContactsCreate`.
pub fn builder(operation: &Operation) -> Ident {
    let name = format!("{}_{}", operation.name.resource, operation.name.verb);
    format_ident!("{}", casing::type_name(&name))
}
