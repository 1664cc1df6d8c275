//! What is known about an error besides its response: the server, the page of the list, the error before.

use serde_json::Value;

use super::{Error, ErrorKind};
use crate::wire::RawResponse;
use crate::wire::region::Region;

impl Error {
    /// Adds the server that rejected the token, since a token of another region is rejected in the same way.
    pub(crate) fn by(mut self, host: &str, region: Option<Region>) -> Self {
        if self.is_unauthorized() {
            let region = region.map(|region| format!(" of region {region}"));
            let region = region.unwrap_or_default();
            self.0.reason = format!("{} by {host}{region}", self.0.reason).into();
        }
        self
    }

    /// Turns an error of a page after the first into one of pagination: it does not mean that something does not exist.
    pub(crate) fn of_later_page(mut self) -> Self {
        if self.is_not_found() || self.is_gone() {
            self.0.kind = ErrorKind::Pagination;
            self.0.reason = format!("{}, and the page before led here", self.0.reason).into();
        }
        self
    }

    /// Returns the response as a success, if the error only means that an earlier attempt has deleted it already.
    pub(crate) fn was_deleted_before(self, deleted: Option<Value>) -> Result<RawResponse, Self> {
        let is_there_no_more = self.is_not_found() || self.is_gone();
        match (deleted, self.0.response.as_ref()) {
            (Some(deleted), Some(response)) if is_there_no_more && self.0.maybe_applied => {
                Ok(RawResponse {
                    body: deleted.to_string().into(),
                    stats: self.0.stats,
                    ..response.clone()
                })
            }
            _ => Err(self),
        }
    }

    /// Makes another error the cause, since it made the request necessary. The cause of this error follows after it.
    pub(crate) fn caused_by(mut self, mut cause: Self) -> Self {
        if let Some(own) = self.0.source.take() {
            cause.0.source = Some(own);
        }
        self.0.source = Some(Box::new(cause));
        self
    }
}
