//! Upserts: create what does not exist, or update what does.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::ops::Deref;

use http::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Body, RequestBuilder};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{CallFuture, Response};
use crate::transport::options::CallOptions;
use crate::wire::endpoint::Endpoint;

/// What an upsert created or updated, with its response.
///
/// It dereferences to the value. If the value was updated, the [`response`](Self::response) and its
/// [`attempts`](Response::attempts) are those of the update, and [`elapsed`](Response::elapsed) is the time of both requests.
#[derive(Clone, Debug)]
pub struct Upserted<T> {
    response: Response<T>,
    was_created: bool,
    was_archived: bool,
}

impl<T> Upserted<T> {
    /// Returns whether it was created. If not, it existed already and was updated.
    pub fn was_created(&self) -> bool {
        self.was_created
    }

    /// Returns whether it was archived. If so, it was unarchived and then updated.
    pub fn was_archived(&self) -> bool {
        self.was_archived
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

/// A request that creates something, or updates it if it exists already; made by `upsert` of a request that creates.
///
/// ```no_run
/// # #[cfg(all(feature = "v2_14", feature = "contacts"))]
/// # async fn run(api: intercom_client::v2_14::Api) -> Result<(), intercom_client::Error> {
/// let contact = api.contacts().create().email("ada@example.com").name("Ada").upsert().await?;
/// println!("{} {}", contact.id, contact.was_created());
///
/// let kept = api.contacts().create().email("ada@example.com").upsert().keep_archived().await;
/// if let Some(id) = kept.as_ref().err().and_then(|error| error.existing_id()) {
///     println!("{id} is archived");
/// }
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Upsert<T> {
    operations: &'static Operations,
    request: Result<(VersionedClient, RequestBuilder), Error>,
    keep_archived: bool,
    kind: PhantomData<fn() -> T>,
}

/// The operations of an upsert.
pub(crate) struct Operations {
    pub(crate) create: &'static Operation,
    pub(crate) update: &'static Operation,
    pub(crate) unarchive: Option<&'static Operation>,
}

impl<T: DeserializeOwned + Send + 'static> Upsert<T> {
    pub(crate) fn new(
        operations: &'static Operations,
        request: Result<(VersionedClient, RequestBuilder), Error>,
    ) -> Self {
        Self {
            operations,
            request,
            keep_archived: false,
            kind: PhantomData,
        }
    }

    /// Leaves an archived match as it is. The call then fails with the conflict, and
    /// [`Error::existing_id`] is the id of the match.
    pub fn keep_archived(mut self) -> Self {
        self.keep_archived = true;
        self
    }

    async fn send(self) -> Result<Upserted<T>, Error> {
        let (client, request) = self.request?;
        let Operations {
            create,
            update,
            unarchive,
        } = *self.operations;
        let since = Some(Instant::now());
        let again = request.try_clone();
        let conflict = match client.send(create, request).await {
            Ok(response) => {
                return Ok(Upserted {
                    response,
                    was_created: true,
                    was_archived: false,
                });
            }
            Err(error) => error,
        };
        let (Some(id), Some(again)) = (conflict.existing_id().map(str::to_owned), again) else {
            return Err(conflict);
        };
        let is_archived = conflict.is_of_archived();
        let endpoint = Endpoint::Operation(create);
        let again = again.build();
        let again = again.map_err(|error| Error::unbuildable(&endpoint, error))?;
        let body = again.body().and_then(Body::as_bytes);
        let body = body.unwrap_or_default().to_vec();
        let rest = CallOptions {
            since,
            ..CallOptions::new()
        };
        let client = client.with_options(rest);
        if is_archived {
            let Some(unarchive) = unarchive.filter(|_| !self.keep_archived) else {
                return Err(conflict);
            };
            let request = client.request(unarchive, &[&id])?;
            if let Err(error) = client.send_empty(unarchive, request).await {
                return Err(error.caused_by(conflict));
            }
        }
        let request = client
            .request(update, &[&id])?
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        match client.send(update, request).await {
            Ok(response) => Ok(Upserted {
                response,
                was_created: false,
                was_archived: is_archived,
            }),
            // To unarchive it was done already.
            Err(error) => Err(error.caused_by(conflict).with_maybe_applied(is_archived)),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Upsert<T> {
    type Output = Result<Upserted<T>, Error>;
    type IntoFuture = CallFuture<Upserted<T>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        CallFuture::new(self.send())
    }
}

impl<T> fmt::Debug for Upsert<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upsert")
            .field("keep_archived", &self.keep_archived)
            .finish_non_exhaustive()
    }
}
