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
            /// See [`exports`](crate::exports). The file is CSV, packed by gzip.
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn export(
                &self,
                from: impl Into<::chrono::DateTime<::chrono::Utc>>,
                to: impl Into<::chrono::DateTime<::chrono::Utc>>,
            ) -> crate::exports::ContentExport {
                let client = self.client.clone();
                crate::exports::ContentExport::create(client, Self::EXPORT, from.into(), to.into())
            }

            /// The export of a job that exists already: waits for it, and downloads its file.
            ///
            /// A job that was cancelled, or whose file is not kept any more, is an error; see [`exports`](crate::exports).
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn resume(
                &self,
                job_id: impl crate::IntoId,
            ) -> crate::exports::ContentExport {
                let client = self.client.clone();
                crate::exports::ContentExport::resume(client, Self::EXPORT, job_id.into_id())
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
            /// `app_id` is the id of the workspace, as in the URLs of Intercom's app, and `client_id` that of the client;
            /// `list_datasets` returns the ids of datasets and attributes. The file is packed by gzip; see
            /// [`exports`](crate::exports).
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn export(
                &self,
                app_id: impl crate::IntoId,
                client_id: impl crate::IntoId,
                dataset_id: impl crate::IntoId,
                attribute_ids: impl IntoIterator<Item = impl crate::IntoId>,
                from: impl Into<::chrono::DateTime<::chrono::Utc>>,
                to: impl Into<::chrono::DateTime<::chrono::Utc>>,
            ) -> crate::exports::ReportingExport {
                let ids = crate::runtime::ExportIds { app_id: app_id.into_id(), client_id: client_id.into_id() };
                crate::exports::ReportingExport::create(
                    self.client.clone(),
                    Self::EXPORT,
                    ids,
                    dataset_id.into_id(),
                    attribute_ids.into_iter().map(crate::IntoId::into_id).collect(),
                    (from.into(), to.into()),
                )
            }

            /// The export of a job that exists already: waits for it, and downloads its file.
            ///
            /// `app_id` and `client_id` are those that the job was created with; see [`exports`](crate::exports).
            #[cfg_attr(docsrs, doc(cfg(feature = "exports")))]
            pub fn resume(
                &self,
                app_id: impl crate::IntoId,
                client_id: impl crate::IntoId,
                job_id: impl crate::IntoId,
            ) -> crate::exports::ReportingExport {
                let client = self.client.clone();
                let ids = crate::runtime::ExportIds { app_id: app_id.into_id(), client_id: client_id.into_id() };
                crate::exports::ReportingExport::resume(client, Self::EXPORT, ids, job_id.into_id())
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
