//! Where a list starts, and the size of its pages.

use reqwest::RequestBuilder;

use super::page_request::{apply_cursor, apply_size};
use crate::error::{Error, InvalidField};
use crate::input::IntoField;
use crate::operation::{ListKind, Operation};
use crate::wire::endpoint::Endpoint;

/// The page size and the start cursor of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paging {
    size: Option<i64>,
    start: Option<String>,
    invalid: Option<InvalidField>,
}

impl Paging {
    pub(crate) fn per_page(mut self, size: impl IntoField<i64>) -> Self {
        match size.into_field() {
            Ok(Some(size)) if size < 1 => {
                self.reject(InvalidField::new("per_page", "is less than 1"));
            }
            Ok(Some(size)) => self.size = Some(size),
            Ok(None) => {}
            Err(error) => self.reject(error.within("per_page")),
        }
        self
    }

    pub(crate) fn starting_after(mut self, cursor: impl IntoField<String>) -> Self {
        match cursor.into_field() {
            Ok(Some(cursor)) => self.start = Some(cursor),
            Ok(None) => {}
            Err(error) => self.reject(error.within("starting_after")),
        }
        self
    }

    fn reject(&mut self, error: InvalidField) {
        self.invalid.get_or_insert(error);
    }

    pub(crate) fn start(&self) -> Option<String> {
        self.start.clone()
    }

    /// Returns the request of the first page.
    pub(crate) fn apply(
        self,
        operation: &'static Operation,
        request: RequestBuilder,
    ) -> Result<RequestBuilder, Error> {
        let broken = |reason: &str| Error::invalid_request(operation, reason);
        if let Some(error) = self.invalid {
            return Err(broken(&error.to_string()));
        }
        if self.size.is_none() && self.start.is_none() {
            return Ok(request);
        }
        let kind = operation.list.unwrap_or(ListKind::Whole);
        let (http, request) = request.build_split();
        let endpoint = Endpoint::Operation(operation);
        let mut request = request.map_err(|error| Error::unbuildable(&endpoint, error))?;
        if let Some(size) = self.size {
            apply_size(&mut request, kind, size).map_err(broken)?;
        }
        if let Some(cursor) = &self.start {
            apply_cursor(&mut request, kind, cursor).map_err(broken)?;
        }
        Ok(RequestBuilder::from_parts(http, request))
    }
}
