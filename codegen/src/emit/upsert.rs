//! What people do with contacts that takes two operations: create one, or update the one that is there already.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{Normalized, Operation, Success, idents},
};

/// `upsert` of the builder that creates contacts; its answer is that of the update.
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
    Some(quote! {
        /// Creates the contact or, where one has its email or external id already, updates that one with the same fields.
        ///
        /// Sends `POST /contacts` and, if the API answers 409 and names the contact, `PUT /contacts/{contact_id}`.
        ///
        /// # Errors
        /// Those of both operations. A 409 that names no contact is an error as it is.
        pub async fn upsert(self) -> Result<crate::Upserted<types::#contact>, Error> {
            let (client, request) = self.into_request()?;
            crate::runtime::upsert(client, &operations::#create, request, &operations::#update).await
        }
    })
}
