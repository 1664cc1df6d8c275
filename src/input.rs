//! What requests accept: conversions for setters and path parameters, and the types that requests carry.

mod any;
mod enums;
pub(crate) mod field;
mod fields;
mod id;
mod item;
mod list;
mod map;
mod nearest;
mod pairs;
mod shape;
mod signature;
mod strict;
pub(crate) mod text;
pub(crate) mod types;

pub use self::enums::Enum;
pub use self::field::IntoField;
pub use self::id::{Id, IntoId};
pub use self::list::IntoList;
pub use self::map::IntoMap;
pub use self::text::IntoText;
pub use self::types::Input;

pub(crate) use self::enums::enum_field;
pub(crate) use self::fields::{Fields, item, items};
pub(crate) use self::item::Item;
pub(crate) use self::map::entries;
#[cfg(feature = "dynamic")]
pub(crate) use self::nearest::did_you_mean;
pub(crate) use self::pairs::pairs;
pub(crate) use self::shape::{Field, Object, Shape, Union};
pub(crate) use self::signature::{Content, Outcome, Signature};
pub(crate) use self::strict::read;
pub(crate) use self::types::{input, input_from, input_list, input_serde, input_union};
