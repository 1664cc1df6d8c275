//! Create what is not there yet, and update what is.

use std::ops::Deref;

use http::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Body, RequestBuilder};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::Response;
use crate::transport::options::CallOptions;
use crate::wire::endpoint::Target;

/// What was created or updated, with the response in which it came.
///
/// It dereferences to the value. Where it was updated, the [`response`](Self::response) and its
/// [`attempts`](Response::attempts) are those of the update, and [`elapsed`](Response::elapsed) is the time of both.
#[derive(Clone, Debug)]
pub struct Upserted<T> {
    response: Response<T>,
    was_created: bool,
}

impl<T> Upserted<T> {
    /// Returns whether it was created. If not, it was there already and was updated.
    pub fn was_created(&self) -> bool {
        self.was_created
    }

    /// Returns the response that the value came in.
    pub fn response(&self) -> &Response<T> {
        &self.response
    }

    /// Takes the response out.
    pub fn into_response(self) -> Response<T> {
        self.response
    }

    /// Takes the value out.
    pub fn into_inner(self) -> T {
        self.response.into_inner()
    }
}

impl<T> Deref for Upserted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.response
    }
}

/// Sends a request that creates something; if that is there already, sends its body to the operation that updates.
pub(crate) async fn upsert<T: DeserializeOwned>(
    client: VersionedClient,
    create: &'static Operation,
    request: RequestBuilder,
    update: &'static Operation,
) -> Result<Upserted<T>, Error> {
    let since = Some(Instant::now());
    let again = request.try_clone();
    let error = match client.send(create, request).await {
        Ok(response) => {
            return Ok(Upserted {
                response,
                was_created: true,
            });
        }
        Err(error) => error,
    };
    let (Some(id), Some(again)) = (existing(&error), again) else {
        return Err(error);
    };
    let again = again.build();
    let again = again.map_err(|error| Error::unbuildable(&Target::Operation(create), error))?;
    let body = again
        .body()
        .and_then(Body::as_bytes)
        .unwrap_or_default()
        .to_vec();
    let request = client
        .request(update, &[&id])?
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .body(body);
    let rest = CallOptions {
        since,
        ..CallOptions::new()
    };
    let response = client.with_options(rest).send(update, request).await?;
    Ok(Upserted {
        response,
        was_created: false,
    })
}

/// The id of what is there already: a conflict names it in words.
fn existing(error: &Error) -> Option<String> {
    if !error.is_conflict() {
        return None;
    }
    let messages = error
        .errors()
        .iter()
        .filter_map(|error| error.message.as_deref());
    let mut ids = messages.filter_map(|message| {
        let (_, rest) = message.rsplit_once("id=")?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        Some(rest[..end.unwrap_or(rest.len())].to_owned()).filter(|id| !id.is_empty())
    });
    ids.next()
}
