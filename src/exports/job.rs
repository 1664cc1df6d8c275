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

/// What jobs of reports are asked for with besides their id.
pub(crate) struct Ids {
    pub(crate) app_id: String,
    pub(crate) client_id: String,
}

pub(super) struct Jobs {
    client: VersionedClient,
    pub(super) operations: &'static Operations,
    ids: Option<Ids>,
}

/// What the API says of a job, in whatever form it does.
#[derive(Default)]
pub(super) struct Answer {
    id: Option<String>,
    state: String,
    expires_at: Option<DateTime<Utc>>,
}

impl Answer {
    pub(super) fn state(&self) -> JobState {
        JobState::read(&self.state)
    }

    /// Whether the file has been dropped by now, as far as the API tells and the clocks agree.
    pub(super) fn has_expired(&self) -> bool {
        self.expires_at.is_some_and(|end| end <= Utc::now())
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: Map<String, Value> = json::deserialize(deserializer)?;
        let mut answer = Self::default();
        for (name, value) in &fields {
            let value = text(value);
            match key(name).as_str() {
                "jobidentifier" => answer.id = value.or(answer.id),
                // Names that the API has elsewhere.
                "jobid" | "id" => answer.id = answer.id.or(value),
                "status" => answer.state = value.unwrap_or(answer.state),
                "state" if answer.state.is_empty() => answer.state = value.unwrap_or_default(),
                "downloadexpiresat" => {
                    answer.expires_at = value.and_then(|value| json::instant(&value));
                }
                _ => {}
            }
        }
        Ok(answer)
    }
}

/// The text that a value is or stands for; an empty one is none.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The answer of a job that was created, which has to have an id.
struct Created {
    id: String,
    answer: Answer,
}

impl<'de> Deserialize<'de> for Created {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut answer = Answer::deserialize(deserializer)?;
        let id = answer.id.take().filter(|id| id != "0");
        if id.is_none() {
            json::missing("job_identifier");
        }
        let id = id.unwrap_or_default();
        Ok(Self { id, answer })
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

    pub(super) async fn create(&self, body: &Value) -> Result<(String, Answer), Error> {
        let operation = self.operations.create;
        let request = self.client.request(operation, &[])?.json(body);
        let created: Response<Created> = self.client.send(operation, request).await?;
        let Created { id, answer } = created.into_inner();
        Ok((id, answer))
    }

    pub(super) async fn get(&self, job_id: &str) -> Result<Answer, Error> {
        let operation = self.operations.get;
        let mut request = self.client.request(operation, &[job_id])?;
        if let Some(Ids { app_id, client_id }) = &self.ids {
            request = request.query(&[("app_id", app_id), ("client_id", client_id)]);
        }
        let answer: Response<Answer> = self.client.send(operation, request).await?;
        Ok(answer.into_inner())
    }

    /// `None` where the jobs cannot be cancelled.
    pub(super) async fn cancel(&self, job_id: &str) -> Result<Option<Answer>, Error> {
        let Some(operation) = self.operations.cancel else {
            return Ok(None);
        };
        let request = self.client.request(operation, &[job_id])?;
        let answer: Response<Answer> = self.client.send(operation, request).await?;
        Ok(Some(answer.into_inner()))
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
