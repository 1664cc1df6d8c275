//! The one door of the generated code: besides the public types, all that it names of this crate is here.

#[cfg(feature = "dynamic")]
pub(crate) use crate::dynamic;
#[cfg(feature = "exports")]
pub(crate) use crate::export::Operations as ExportOperations;
#[cfg(feature = "mock")]
pub(crate) use crate::mock;
pub(crate) use crate::object as json;
pub(crate) use crate::open_enum::open_enum;
#[cfg(feature = "schemars")]
pub(crate) use crate::schema;
pub(crate) use crate::setters::{convert, convert_list};
pub(crate) use crate::tagged_union::tagged_union;
pub(crate) use crate::upsert::upsert;
pub(crate) use crate::versioned::VersionedClient as Client;
pub(crate) use crate::wire::query::get as query;

/// Conversions into the request types of a version.
pub(crate) mod search {
    pub(crate) use crate::search::{json, query, sort};
}
