//! What is known of an error beyond its response: who refused, which page it was, what came before.

use super::{Error, ErrorKind};
use crate::wire::RawResponse;
use crate::wire::region::Region;

impl Error {
    /// The error with the server that refused the token: one of another region is refused just so.
    pub(crate) fn by(mut self, host: &str, region: Option<Region>) -> Self {
        if self.is_unauthorized() {
            let region = region.map(|region| format!(" of region {region}"));
            let region = region.unwrap_or_default();
            self.0.reason = format!("{} by {host}{region}", self.0.reason).into();
        }
        self
    }

    /// The error of a page after the first: nothing was not found, the list cannot be followed.
    pub(crate) fn of_later_page(mut self) -> Self {
        if self.is_not_found() || self.is_gone() {
            self.0.kind = ErrorKind::Pagination;
            self.0.reason = format!("{}, and the page before led here", self.0.reason).into();
        }
        self
    }

    /// The response of a success, if the error says no more than that an earlier attempt of a deletion has done it.
    pub(crate) fn was_deleted_before(self, id: Option<String>) -> Result<RawResponse, Self> {
        let is_there_no_more = self.is_not_found() || self.is_gone();
        match (id, self.0.response.as_ref()) {
            (Some(id), Some(response)) if is_there_no_more && self.0.maybe_applied => {
                Ok(RawResponse {
                    body: serde_json::json!({ "id": id }).to_string().into(),
                    stats: self.0.stats,
                    ..response.clone()
                })
            }
            _ => Err(self),
        }
    }

    /// The error of a request that another error made necessary, which is its cause; behind it stands the cause that it had.
    pub(crate) fn caused_by(mut self, mut cause: Self) -> Self {
        if let Some(own) = self.0.source.take() {
            cause.0.source = Some(own);
        }
        self.0.source = Some(Box::new(cause));
        self
    }
}
