//! The calls as a careful user would write them.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, Result, redirect};
use serde::Serialize;

use crate::TOKEN;
use crate::contacts::Contact;

#[derive(Serialize)]
pub struct NewContact<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub role: &'a str,
}

pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    /// With the limits that this crate sets, but that one is for the whole call.
    pub fn new(url: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("intercom-version", HeaderValue::from_static("2.14"));
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .user_agent("overhead/1.0")
            .default_headers(headers);
        Self {
            http: http.build().unwrap(),
            url: url.to_owned(),
        }
    }

    pub async fn get(&self, id: &str) -> Result<Contact> {
        self.contact(self.http.get(format!("{}/contacts/{id}", self.url)))
            .await
    }

    pub async fn create(&self, new: &NewContact<'_>) -> Result<Contact> {
        let url = format!("{}/contacts", self.url);
        self.contact(self.http.post(url).json(new)).await
    }

    async fn contact(&self, request: RequestBuilder) -> Result<Contact> {
        let response = request.bearer_auth(TOKEN).send().await?;
        response.error_for_status()?.json().await
    }
}
