//! Decodes what an operation returns. Nothing before it is compiled for each type.

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::operation::Operation;
use crate::response::{Expected, Response, decode};
use crate::transport::trace::Span;
use crate::wire::RawResponse;
use crate::wire::endpoint::Endpoint;

/// Decodes the response of a call.
pub(crate) struct Decoder {
    pub(super) operation: &'static Operation,
    pub(super) expected: Expected,
    pub(super) span: Span,
}

impl Decoder {
    /// Decodes a response, and logs what was left out of it.
    pub(crate) fn decode<T: DeserializeOwned>(
        &self,
        parts: RawResponse,
    ) -> Result<Response<T>, Error> {
        let endpoint = Endpoint::Operation(self.operation);
        match decode::<T>(parts, endpoint, self.expected) {
            Ok(response) => {
                self.log_left_out(response.unread());
                Ok(response)
            }
            Err(error) => {
                self.span.failed(&error);
                Err(error)
            }
        }
    }

    fn log_left_out(&self, paths: &[String]) {
        if !paths.is_empty() {
            let endpoint = Endpoint::Operation(self.operation);
            self.span.left_out(&endpoint, paths);
        }
    }
}
