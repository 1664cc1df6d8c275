//! The requests about the job of an export.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::state::JobState;
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

/// What the API says of a job.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    status: Option<String>,
    /// An instant in any form, or an empty text.
    #[serde(default)]
    download_expires_at: Value,
}

impl Answer {
    pub(super) fn state(&self) -> JobState {
        JobState::read(self.status.as_deref())
    }

    /// Whether the file has been dropped by now, as far as the API tells and the clocks agree.
    pub(super) fn has_expired(&self) -> bool {
        let expires: Option<DateTime<Utc>> = match &self.download_expires_at {
            Value::String(text) => json::instant(text),
            Value::Number(seconds) => json::instant(&seconds.to_string()),
            _ => None,
        };
        expires.is_some_and(|end| end <= Utc::now())
    }
}

#[derive(Deserialize)]
struct Created {
    job_identifier: String,
    #[serde(flatten)]
    answer: Answer,
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
        let Created {
            job_identifier,
            answer,
        } = created.into_inner();
        Ok((job_identifier, answer))
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
