//! What people do with contacts that takes two operations: create one, or update the one that is there already.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{Normalized, Operation, Success, idents},
};

/// `upsert` of the builder that creates contacts; its response is that of the update.
pub fn upsert(operation: &Operation, normalized: &Normalized) -> Option<TokenStream> {
    if !operation.is_upsert() {
        return None;
    }
    let update = normalized.operations.iter().find(|prepared| {
        let name = &prepared.operation.name;
        name.resource == operation.name.resource
            && name.verb == "update"
            && prepared.operation.success == Success::Json
    })?;
    let media = update
        .item
        .pointer("/responses/200/content/application~1json/schema")?;
    let contact = crate::spec::document::schema_name(media)?;
    let contact = format_ident!("{}", casing::type_name(contact));
    let (create, update) = (
        idents::constant(operation),
        idents::constant(&update.operation),
    );
    let unarchive = normalized.operations.iter().find(|prepared| {
        let name = &prepared.operation.name;
        name.resource == operation.name.resource && name.verb == "unarchive"
    });
    let unarchive = match unarchive {
        Some(found) => {
            let unarchive = idents::constant(&found.operation);
            quote!(Some(&operations::#unarchive))
        }
        None => quote!(None),
    };
    Some(quote! {
        /// Creates the contact or, where one has its email or external id already, updates that one with the same fields.
        ///
        /// Sends `POST /contacts` and, if the API returns 409 and names the contact, `PUT /contacts/{contact_id}`. An archived
        /// contact is unarchived before that, unless [`keep_archived`](crate::Upsert::keep_archived) is set.
        ///
        /// # Errors
        /// Those of the operations. A 409 that names no contact is an error as it is; of a later failure it is the source.
        pub fn upsert(self) -> crate::Upsert<types::#contact> {
            static OPERATIONS: crate::runtime::UpsertOperations = crate::runtime::UpsertOperations {
                create: &operations::#create,
                update: &operations::#update,
                unarchive: #unarchive,
            };
            crate::Upsert::new(&OPERATIONS, self.into_request())
        }
    })
}
