//! Calls every operation of a version against a server of its original, and reports what came of each request.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use intercom_client::{CallOptions, Error, Intercom, RetryPolicy, reqwest};
use intercom_client_codegen::{self as codegen, spec::version::Version};
use serde_json::{Value, json};

use crate::{
    plan::{ExpectedResponse, Job, Request},
    versions::{Call, CallOutcome, linked},
};

/// Operations that are driven at a time.
const AT_ONCE: usize = 8;

/// What Prism's own errors say of themselves.
const PRISM: &str = "https://stoplight.io/prism/errors#";

/// Where a version is served.
pub struct Served {
    /// Refuses to send a response that contradicts the description.
    pub strict: String,
    /// Sends it.
    pub lenient: String,
}

/// What came of one request, or of an operation as a whole.
pub struct Driven {
    /// `contacts.get`.
    pub operation: String,
    pub what: String,
    pub example: String,
    pub complaints: Vec<String>,
}

impl Driven {
    fn new(operation: &str, what: &str, example: &str, complaints: Vec<String>) -> Self {
        Self {
            operation: operation.to_owned(),
            what: what.to_owned(),
            example: example.to_owned(),
            complaints,
        }
    }
}

/// Does all jobs of a version.
pub fn all(
    version: &Version,
    served: &Served,
    jobs: &[Job],
) -> Result<Vec<Driven>, codegen::error::Problem> {
    let linked = linked(version)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| codegen::error::Problem::new(format!("cannot start tokio: {error}")))?;
    let driver = Driver {
        call: linked.call,
        strict: client(&served.strict)?,
        lenient: client(&served.lenient)?,
    };
    let known: BTreeSet<&str> = jobs.iter().map(|job| job.operation.as_str()).collect();
    let names = linked
        .operations
        .iter()
        .map(|operation| format!("{}.{}", operation.resource, operation.name));
    let mut driven: Vec<Driven> = names
        .filter(|name| !known.contains(name.as_str()))
        .map(|name| {
            let complaints = vec!["the original does not have it".to_owned()];
            Driven::new(&name, "operation", "none", complaints)
        })
        .collect();
    runtime.block_on(async {
        let jobs = stream::iter(jobs).map(|job| driver.operation(job));
        let mut done = jobs.buffer_unordered(AT_ONCE);
        while let Some(of_one) = done.next().await {
            driven.extend(of_one);
        }
    });
    Ok(driven)
}

fn client(url: &str) -> Result<Intercom, codegen::error::Problem> {
    // Node.js closes idle connections, perhaps just when one is used again.
    let http = reqwest::Client::builder().pool_max_idle_per_host(0);
    let client = Intercom::builder("token").base_url(url);
    // Errors are what is asked for, each once.
    let client = client.retry(RetryPolicy::never()).rate_limiting(false);
    client
        .http_client_builder(http)
        .build()
        .map_err(|error| codegen::error::Problem::new(format!("no client of {url}: {error}")))
}

struct Driver {
    call: Call,
    strict: Intercom,
    lenient: Intercom,
}

impl Driver {
    async fn operation(&self, job: &Job) -> Vec<Driven> {
        let mut driven = Vec::new();
        let mut say = |what: &str, example: &str, complaints: Vec<String>| {
            driven.push(Driven::new(&job.operation, what, example, complaints));
        };
        let mut accepted = None;
        let mut last = Vec::new();
        for request in &job.requests {
            if request.spare && accepted.is_some() {
                break;
            }
            let mut options = CallOptions::new();
            if let Some(prefer) = &request.prefer {
                options = options.header("prefer", prefer);
            }
            let outcome = self.send(&self.strict, options, job, request).await;
            let complaints = rejections(&outcome);
            if !request.spare {
                say(&request.what, &request.example, complaints.clone());
            }
            if complaints.is_empty() {
                accepted = accepted.or(Some(request));
            } else {
                last = complaints;
            }
        }
        let Some(request) = accepted else {
            let complaints = last.iter().map(|last| format!("is not driven: {last}"));
            say("operation", "none", complaints.collect());
            return driven;
        };
        for expected in &job.responses {
            let complaints = self.response(job, request, expected).await;
            say(&expected.what, &expected.example, complaints);
        }
        driven
    }

    async fn response(
        &self,
        job: &Job,
        request: &Request,
        expected: &ExpectedResponse,
    ) -> Vec<String> {
        let mut options = CallOptions::new().header("prefer", &expected.prefer);
        if expected.status >= 400 {
            // Prism sends an error only as what was asked for, Intercom as JSON always.
            options = options.header("accept", "application/json");
        }
        let outcome = self.send(&self.strict, options.clone(), job, request).await;
        let Some(contradictions) = contradictions(&outcome) else {
            return wrong(&outcome, expected);
        };
        let outcome = self.send(&self.lenient, options, job, request).await;
        let mut complaints = wrong(&outcome, expected);
        complaints.push(format!("contradicts the description: {contradictions}"));
        complaints
    }

    async fn send(
        &self,
        intercom: &Intercom,
        options: CallOptions,
        job: &Job,
        request: &Request,
    ) -> CallOutcome {
        let (parameters, body) = (request.parameters.clone(), request.body.clone());
        (self.call)(
            intercom.clone(),
            options,
            job.operation.clone(),
            parameters,
            body,
        )
        .await
    }
}

/// Why the request was not taken, by the crate or by Prism.
fn rejections(outcome: &CallOutcome) -> Vec<String> {
    let headers = match outcome {
        Ok(response) => Some(response.headers()),
        Err(error) => error.headers(),
    };
    let violations = headers.and_then(|headers| headers.get("sl-violations"));
    let violations = violations.and_then(|value| value.to_str().ok());
    // More than fits in a header is no JSON any more.
    let violations = violations.map(|text| serde_json::from_str(text).unwrap_or(json!(text)));
    let mut found: Vec<String> = match violations {
        Some(Value::Array(violations)) => violations
            .iter()
            .filter(|violation| violation["location"][0] == "request")
            .map(violation)
            .collect(),
        Some(other) if other.to_string().contains("\"request\"") => vec![other.to_string()],
        _ => Vec::new(),
    };
    let Err(error) = outcome else { return found };
    match (error.status(), problem(error)) {
        (None, _) => found.push(error.to_string()),
        (Some(_), Some(problem)) if !problem.is("VIOLATIONS") => found.extend(problem.sentences()),
        _ => {}
    }
    found
}

/// What Prism finds wrong with its own response.
fn contradictions(outcome: &CallOutcome) -> Option<String> {
    let problem = problem(outcome.as_ref().err()?)?;
    problem
        .is("VIOLATIONS")
        .then(|| problem.sentences().join("; "))
}

/// What is wrong with how a response was read.
fn wrong(outcome: &CallOutcome, expected: &ExpectedResponse) -> Vec<String> {
    let rejections = rejections(outcome);
    if !rejections.is_empty() {
        return rejections;
    }
    let (status, code) = match outcome {
        Ok(response) => (Some(response.status()), None),
        Err(error) if error.is_decode() => return vec![undecodable(error)],
        Err(error) => (error.status(), error.code()),
    };
    let status = status.map_or(0, |status| status.as_u16());
    let mut complaints = Vec::new();
    if status != expected.status {
        complaints.push(format!("came with the status {status}"));
    }
    if expected.status >= 400 && expected.code.is_some() && expected.code.as_deref() != code {
        complaints.push(format!(
            "has the code {code:?} in place of {:?}",
            expected.code
        ));
    }
    complaints
}

fn undecodable(error: &Error) -> String {
    match error.body().map(|body| body.as_ref()) {
        Some(b"null") => "the whole response is null".to_owned(),
        _ => error.to_string(),
    }
}

/// An error of Prism's own, which Intercom would not send.
struct Problem(Value);

fn problem(error: &Error) -> Option<Problem> {
    let body: Value = serde_json::from_slice(error.body()?).ok()?;
    let is_prisms = body["type"].as_str()?.starts_with(PRISM);
    is_prisms.then_some(Problem(body))
}

impl Problem {
    fn is(&self, kind: &str) -> bool {
        self.0["type"]
            .as_str()
            .and_then(|kind| kind.strip_prefix(PRISM))
            == Some(kind)
    }

    fn sentences(&self) -> Vec<String> {
        match self.0["validation"].as_array() {
            Some(violations) => violations.iter().map(violation).collect(),
            None => vec![format!("{}: {}", self.0["title"], self.0["detail"])],
        }
    }
}

/// `request.body.name must be string`.
fn violation(violation: &Value) -> String {
    let steps = violation["location"].as_array().into_iter().flatten();
    let steps: Vec<String> = steps
        .map(|step| {
            step.as_str()
                .map_or_else(|| step.to_string(), str::to_owned)
        })
        .collect();
    let message = violation["message"].as_str().unwrap_or("is wrong");
    format!("{} {message}", steps.join("."))
}
