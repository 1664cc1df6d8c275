//! What a request is aimed at, in terms that may be shown: no ids, no query.

use std::fmt;

use http::Method;

use crate::Operation;

/// The operation of a generated call, or only the method of a hand-made request.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Operation(&'static Operation),
    /// The path of such a request holds ids, so it is not kept.
    Custom(Method),
}

impl Target {
    /// `contacts.get`; none for a hand-made request.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Operation(operation) => {
                Some(format!("{}.{}", operation.resource, operation.name))
            }
            Self::Custom(_) => None,
        }
    }

    /// Whether a request that may have reached the server can be sent once more without harm.
    pub(crate) fn safe_to_repeat(&self) -> bool {
        match self {
            Self::Operation(operation) => operation.safe_to_repeat,
            Self::Custom(method) => method.is_idempotent(),
        }
    }
}

impl fmt::Display for Target {
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
