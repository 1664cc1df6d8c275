//! The requests about the job of an export.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::state::{JobState, key};
use crate::client::versioned::VersionedClient;
use crate::error::Error;
use crate::json;
use crate::operation::Operation;
use crate::response::{ByteStream, Response};

/// The operations of one kind of export, in one version.
pub(crate) struct Operations {
    pub(crate) create: &'static Operation,
    pub(crate) get: &'static Operation,
    pub(crate) download: &'static Operation,
    /// Some jobs cannot be cancelled.
    pub(crate) cancel: Option<&'static Operation>,
}

/// The ids that requests about the job of a report have besides the job's own.
pub(crate) struct Ids {
    pub(crate) app_id: String,
    pub(crate) client_id: String,
}

pub(super) struct Jobs {
    client: VersionedClient,
    pub(super) operations: &'static Operations,
    ids: Option<Ids>,
}

/// The API's description of a job, in any of its forms.
#[derive(Default)]
pub(super) struct JobResponse {
    id: Option<String>,
    state: String,
    expires_at: Option<DateTime<Utc>>,
}

impl JobResponse {
    pub(super) fn state(&self) -> JobState {
        JobState::read(&self.state)
    }

    /// Whether the file is gone by now, if the API says when and the clocks agree.
    pub(super) fn has_expired(&self) -> bool {
        self.expires_at.is_some_and(|end| end <= Utc::now())
    }
}

impl<'de> Deserialize<'de> for JobResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: Map<String, Value> = json::deserialize(deserializer)?;
        let mut response = Self::default();
        for (name, value) in &fields {
            let value = text(value);
            match key(name).as_str() {
                "jobidentifier" => response.id = value.or(response.id),
                // Other names of it in the API.
                "jobid" | "id" => response.id = response.id.or(value),
                "status" => response.state = value.unwrap_or(response.state),
                "state" if response.state.is_empty() => response.state = value.unwrap_or_default(),
                "downloadexpiresat" => {
                    response.expires_at = value.and_then(|value| json::instant(&value));
                }
                _ => {}
            }
        }
        Ok(response)
    }
}

/// A text or a number as text; none if it is empty.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The response to the request that creates a job, which has to have an id.
struct Created {
    id: String,
    response: JobResponse,
}

impl<'de> Deserialize<'de> for Created {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut response = JobResponse::deserialize(deserializer)?;
        let id = response.id.take().filter(|id| id != "0");
        if id.is_none() {
            json::missing("job_identifier");
        }
        let id = id.unwrap_or_default();
        Ok(Self { id, response })
    }
}

impl Jobs {
    pub(super) fn new(
        client: VersionedClient,
        operations: &'static Operations,
        ids: Option<Ids>,
    ) -> Self {
        Self {
            client,
            operations,
            ids,
        }
    }

    pub(super) async fn create(&self, body: &Value) -> Result<(String, JobResponse), Error> {
        let operation = self.operations.create;
        let request = self.client.request(operation, &[])?.json(body);
        let created: Response<Created> = self.client.send(operation, request).await?;
        let Created { id, response } = created.into_inner();
        Ok((id, response))
    }

    pub(super) async fn get(&self, job_id: &str) -> Result<JobResponse, Error> {
        let operation = self.operations.get;
        let mut request = self.client.request(operation, &[job_id])?;
        if let Some(Ids { app_id, client_id }) = &self.ids {
            request = request.query(&[("app_id", app_id), ("client_id", client_id)]);
        }
        let response: Response<JobResponse> = self.client.send(operation, request).await?;
        Ok(response.into_inner())
    }

    /// `None` where the jobs cannot be cancelled.
    pub(super) async fn cancel(&self, job_id: &str) -> Result<Option<JobResponse>, Error> {
        let Some(operation) = self.operations.cancel else {
            return Ok(None);
        };
        let request = self.client.request(operation, &[job_id])?;
        let response: Response<JobResponse> = self.client.send(operation, request).await?;
        Ok(Some(response.into_inner()))
    }

    pub(super) async fn download(&self, job_id: &str) -> Result<Response<ByteStream>, Error> {
        let operation = self.operations.download;
        let mut request = self.client.request(operation, &[job_id])?;
        if let Some(Ids { app_id, .. }) = &self.ids {
            request = request.query(&[("app_id", app_id)]);
        }
        self.client.send_stream(operation, request).await
    }
}
