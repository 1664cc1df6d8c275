//! What an operation takes and returns, as data.

use super::shape::{Object, Shape};
use crate::operation::Operation;

/// What an operation takes and returns.
#[derive(Debug)]
pub(crate) struct Signature {
    pub(crate) operation: &'static Operation,
    /// The parameters of its path, in their order.
    #[cfg_attr(
        not(feature = "dynamic"),
        allow(dead_code, reason = "for calls by name")
    )]
    pub(crate) path: &'static [&'static str],
    pub(crate) query: Object,
    pub(crate) headers: Object,
    pub(crate) body: Content,
    pub(crate) outcome: Outcome,
}

/// What the body of a request is.
#[derive(Debug)]
#[allow(dead_code, reason = "not every version has all of them")]
pub(crate) enum Content {
    None,
    Json(Shape),
    Form(Shape),
    /// A form of several parts.
    Multipart,
    /// Bytes of this content type.
    Bytes(&'static str),
}

/// What a success carries.
#[derive(Debug)]
#[allow(dead_code, reason = "not every version has all of them")]
pub(crate) enum Outcome {
    Json,
    /// Bytes of this content type.
    Bytes(&'static str),
    Nothing,
}
