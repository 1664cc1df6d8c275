//! Reads and writes the models: reads whatever comes, and loses nothing of it.
//!
//! The API contradicts its descriptions in what may be null, in whether an id is a string and in how a time is written. Each kind
//! of value is read from every form that has an unambiguous meaning ([`token`]). Any other is left out of the value, kept in its
//! [`UnknownFields`], and noted ([`unread`]). JSON that is valid but that `serde_json` rejects is read from its text
//! ([`raw`]). Writing is exact: each value is written in the form that the description declares.

mod decode;
mod elements;
mod identifier;
mod key;
mod lenient;
mod model;
pub(crate) mod object;
pub(crate) mod open_enum;
mod path;
mod pick;
mod raw;
mod read;
mod resume;
#[cfg(feature = "schemars")]
pub(crate) mod schema;
pub(crate) mod tagged_union;
mod time;
mod token;
mod union;
mod unknown;
mod unread;
mod write;

#[cfg(feature = "webhooks")]
pub(crate) use self::decode::decode_any;
pub(crate) use self::decode::{BOM, Decoded, JsonError, decode, from_json};
pub(crate) use self::elements::{elements, move_list};
pub(crate) use self::identifier::is_identifier;
pub(crate) use self::model::model;
pub(crate) use self::object::{
    Fields, Rest, enveloped, id, listed, optional, plain, reference, unknown as skip,
};
pub(crate) use self::pick::{any, pick, typed};
#[cfg(feature = "webhooks")]
pub(crate) use self::pick::{lenient, pick_texts};
pub(crate) use self::read::{Lenient, Read, boxed, deserialize};
pub(crate) use self::tagged_union::enum_of_values;
pub(crate) use self::time::parse as instant;
pub(crate) use self::union::{Alternative, alternative, is_nothing, lenient as union, tagged};
pub use self::unknown::UnknownFields;
pub(crate) use self::unread::{Unread, missing};
pub(crate) use self::write::{ToJson, Writer, integer, serialize};
