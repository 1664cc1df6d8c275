//! Mocks of the verbs for one of the things that a body may be: `close`, `note`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    emit::alternatives,
    error::Problem,
    lower::{Normalized, Prepared},
    rewrite::mock as operations,
};

/// A method for each verb of an operation besides its own, whose mock matches only what the verb sends.
pub fn methods(prepared: &Prepared, normalized: &Normalized) -> Result<Vec<TokenStream>, Problem> {
    let operation = &prepared.operation;
    let (when, then) = (operations::when(operation), operations::then(operation));
    let found = alternatives::of(prepared, normalized)?;
    let others = found.iter().filter(|found| !found.is_default());
    let methods = others.map(|found| {
        let (verb, table) = (format_ident!("{}", found.verb), found.table());
        let (id, method, path) = (&operation.id, &operation.method, &operation.path);
        let doc = format!(" Mocks `{method} {path}`, for the requests that `{verb}` sends.");
        let (names, values): (Vec<_>, Vec<_>) = found.constants().iter().unzip();
        let arguments = found.arguments().into_iter();
        let arguments = arguments.map(|field| &field.property);
        quote! {
            #[doc = #doc]
            #[doc(alias = #id)]
            pub fn #verb<F>(&self, config: F) -> Mock<'s>
            where
                F: FnOnce(operations::#when, operations::#then),
            {
                self.server.mock(|when, then| {
                    let when = crate::runtime::mock::alternative(
                        when,
                        &super::shapes::#table,
                        &[ #( (#names, #values) ),* ],
                        &[ #( #arguments ),* ],
                    );
                    config(operations::#when::new(when), operations::#then::new(then));
                })
            }
        }
    });
    Ok(methods.collect())
}
