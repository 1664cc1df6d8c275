//! The one door of the generated code: besides the public types, all that it names of this crate is here.

#[cfg(feature = "dynamic")]
pub(crate) mod dynamic;
#[cfg(feature = "mock")]
pub(crate) mod mock;

pub(crate) use crate::client::pending::{Pending, missing_body, send, send_empty, send_stream};
pub(crate) use crate::client::versioned::VersionedClient as Client;
#[cfg(feature = "exports")]
pub(crate) use crate::exports::{Ids as ExportIds, Operations as ExportOperations};
pub(crate) use crate::input::{
    Content, Field, Fields, Item, Object, Outcome, Shape, Signature, Union, entries, enum_field,
    input, input_from, input_list, input_union, item, items,
};
pub(crate) use crate::json;
pub(crate) use crate::json::open_enum::open_enum;
#[cfg(feature = "schemars")]
pub(crate) use crate::json::schema;
pub(crate) use crate::json::tagged_union::tagged_union;
pub(crate) use crate::json::{enum_of_values, model};
pub(crate) use crate::list::Paging;
pub(crate) use crate::list::sealed::Sealed as SealedList;
pub(crate) use crate::response::typed;
pub(crate) use crate::upsert::Operations as UpsertOperations;
pub(crate) use crate::wire::query::get as query;

/// Conversions into the request types of a version.
pub(crate) mod search {
    pub(crate) use crate::search::{query, sort};
}
