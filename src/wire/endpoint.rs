//! The endpoint of a request, in terms that may be shown: no ids, no query.

use std::fmt;

use http::Method;

use crate::operation::{ListKind, Operation};

/// The operation of a generated call, or only the method of a request built by hand.
#[derive(Clone, Debug)]
pub(crate) enum Endpoint {
    Operation(&'static Operation),
    /// The path of such a request holds ids, so it is not kept.
    Custom(Method),
}

impl Endpoint {
    /// `contacts.get`; none for a request built by hand.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Operation(operation) => {
                Some(format!("{}.{}", operation.resource, operation.name))
            }
            Self::Custom(_) => None,
        }
    }

    /// Whether a request that may have reached the server can be retried without harm.
    pub(crate) fn idempotent(&self) -> bool {
        match self {
            Self::Operation(operation) => operation.idempotent,
            Self::Custom(method) => method.is_idempotent(),
        }
    }

    /// Whether it moves a scroll on.
    pub(crate) fn is_scroll(&self) -> bool {
        matches!(self, Self::Operation(operation) if operation.list == Some(ListKind::Scroll))
    }

    /// Whether it starts jobs, which are limited in number.
    pub(crate) fn has_quota(&self) -> bool {
        matches!(self, Self::Operation(operation) if operation.has_quota)
    }

    /// `/contacts/{contact_id}`; none for a request built by hand.
    #[cfg(feature = "tracing")]
    pub(crate) fn template(&self) -> Option<&'static str> {
        match self {
            Self::Operation(operation) => Some(operation.path),
            Self::Custom(_) => None,
        }
    }

    pub(crate) fn method(&self) -> &str {
        match self {
            Self::Operation(operation) => operation.method,
            Self::Custom(method) => method.as_str(),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(operation) => write!(
                f,
                "{}.{} ({} {})",
                operation.resource, operation.name, operation.method, operation.path
            ),
            Self::Custom(method) => write!(f, "{method} request"),
        }
    }
}
