//! What requests take: the conversions of setters and of path parameters.

pub(crate) mod enums;
pub(crate) mod field;
mod id;
mod list;
mod map;
mod taken;
pub(crate) mod text;

pub use self::field::{IntoField, Written};
pub use self::id::{Id, IntoId};
pub use self::list::IntoList;
pub use self::map::IntoMap;
pub use self::text::IntoText;

pub(crate) use self::enums::enum_field;
pub(crate) use self::field::from_json;
pub(crate) use self::map::entries;
pub(crate) use self::taken::{taken, taken_integer_id, taken_integer_ids, taken_list, taken_map};
