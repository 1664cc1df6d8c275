//! Errors that `?` turns into that of a call.

use super::{Error, ErrorKind, Inner, InvalidField};
use crate::wire::region::ParseRegionError;

/// That of a body.
impl From<InvalidField> for Error {
    fn from(error: InvalidField) -> Self {
        Inner::new(
            ErrorKind::InvalidRequest,
            None,
            format!("invalid field {error}"),
        )
        .source(error)
        .into()
    }
}

/// That of a region which was read from text.
impl From<ParseRegionError> for Error {
    fn from(error: ParseRegionError) -> Self {
        Self::configuration(error.to_string())
    }
}
