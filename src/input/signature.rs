//! The parameters, the body and the response of an operation, as data.

use super::shape::{Object, Shape};
use crate::operation::Operation;

/// The parameters, the body and the response of an operation.
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

/// The body of a request.
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

/// The body of a success.
#[derive(Debug)]
#[allow(dead_code, reason = "not every version has all of them")]
pub(crate) enum Outcome {
    Json,
    /// Bytes of this content type.
    Bytes(&'static str),
    Nothing,
}
