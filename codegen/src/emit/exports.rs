//! Gives the handles of exports a method that does all of one, and one that takes up a job.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    casing,
    lower::{Normalized, idents},
};

/// The impls of the handles that have every operation an export needs.
pub fn exports(normalized: &Normalized) -> TokenStream {
    let content = content(normalized);
    let reporting = reporting(normalized);
    quote! { #content #reporting }
}

fn content(normalized: &Normalized) -> Option<TokenStream> {
    let resource = "data_export";
    let cancel = constant(normalized, resource, "cancel")?;
    let operations = operations(normalized, resource, "create", Some(&cancel))?;
    let handle = format_ident!("{}", casing::type_name(resource));
    Some(quote! {
        #[cfg(feature = "exports")]
        impl #handle {
            #operations

            /// An export of delivery and engagement data of the outbound messages sent between two instants, both
            /// included: job, wait and download in one.
            ///
            /// See [`export`](crate::export). The file is CSV, packed by gzip.
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn export(
                &self,
                from: impl Into<::chrono::DateTime<::chrono::Utc>>,
                to: impl Into<::chrono::DateTime<::chrono::Utc>>,
            ) -> crate::export::Export<crate::export::Content> {
                let client = self.client.clone();
                crate::export::Export::content(client, Self::EXPORT, from.into(), to.into())
            }

            /// The export of a job that exists already: waits for it, and downloads its file.
            ///
            /// A job that was cancelled, or whose file is not kept any more, is an error; see [`export`](crate::export).
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn resume(
                &self,
                job_id: impl Into<String>,
            ) -> crate::export::Export<crate::export::Content> {
                let client = self.client.clone();
                crate::export::Export::resume_content(client, Self::EXPORT, job_id.into())
            }
        }
    })
}

fn reporting(normalized: &Normalized) -> Option<TokenStream> {
    let resource = "reporting_data_export";
    let operations = operations(normalized, resource, "enqueue", None)?;
    let handle = format_ident!("{}", casing::type_name(resource));
    Some(quote! {
        #[cfg(feature = "exports")]
        impl #handle {
            #operations

            /// An export of attributes of a dataset between two instants: job, wait and download in one.
            ///
            /// `list_datasets` tells the ids of datasets and attributes. `app_id` and `client_id` have to be set too; see
            /// [`export`](crate::export). The file is packed by gzip.
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn export(
                &self,
                dataset_id: impl Into<String>,
                attribute_ids: impl IntoIterator<Item = impl Into<String>>,
                from: impl Into<::chrono::DateTime<::chrono::Utc>>,
                to: impl Into<::chrono::DateTime<::chrono::Utc>>,
            ) -> crate::export::Export<crate::export::Reporting> {
                let attribute_ids = attribute_ids.into_iter().map(Into::into).collect();
                crate::export::Export::reporting(
                    self.client.clone(),
                    Self::EXPORT,
                    dataset_id.into(),
                    attribute_ids,
                    from.into(),
                    to.into(),
                )
            }

            /// The export of a job that exists already: waits for it, and downloads its file.
            ///
            /// See [`export`](crate::export).
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn resume(
                &self,
                job_id: impl Into<String>,
            ) -> crate::export::Export<crate::export::Reporting> {
                let client = self.client.clone();
                crate::export::Export::resume_reporting(client, Self::EXPORT, job_id.into())
            }
        }
    })
}

/// The constant with the operations; none if one of them is not in this version or build.
fn operations(
    normalized: &Normalized,
    resource: &str,
    create: &str,
    cancel: Option<&Ident>,
) -> Option<TokenStream> {
    let create = constant(normalized, resource, create)?;
    let get = constant(normalized, resource, "get")?;
    let download = constant(normalized, resource, "download")?;
    let cancel = match cancel {
        Some(cancel) => quote! { Some(&operations::#cancel) },
        None => quote! { None },
    };
    Some(quote! {
        const EXPORT: &'static crate::runtime::ExportOperations = &crate::runtime::ExportOperations {
            create: &operations::#create,
            get: &operations::#get,
            download: &operations::#download,
            cancel: #cancel,
        };
    })
}

fn constant(normalized: &Normalized, resource: &str, verb: &str) -> Option<Ident> {
    let mut operations = normalized.operations.iter().map(|found| &found.operation);
    operations
        .find(|operation| operation.name.resource == resource && operation.name.verb == verb)
        .map(idents::constant)
}
