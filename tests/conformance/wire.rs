//! Calls every operation of a version against a server of its original, and says what came of each request.

use std::{collections::BTreeSet, pin::Pin};

use futures_util::{StreamExt, stream};
use intercom_client::{CallOptions, Error, Intercom, Response, RetryPolicy, reqwest};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::VERSIONS;

pub type Call = fn(
    Intercom,
    CallOptions,
    String,
    Map<String, Value>,
    Option<Value>,
) -> Pin<Box<dyn Future<Output = Outcome> + Send>>;

type Outcome = Result<Response<Value>, Error>;

/// Operations that are driven at a time.
const AT_ONCE: usize = 8;

/// What Prism's own errors say of themselves.
const PRISM: &str = "https://stoplight.io/prism/errors#";

/// Where the version is served.
#[derive(Deserialize)]
struct Stage {
    version: String,
    /// Refuses to give an answer that contradicts the description.
    strict: String,
    /// Gives it.
    lenient: String,
}

#[derive(Deserialize)]
struct Job {
    operation: String,
    requests: Vec<Request>,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Request {
    what: String,
    example: String,
    /// Sent only if the server takes none of those before.
    spare: bool,
    parameters: Map<String, Value>,
    body: Option<Value>,
    prefer: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    what: String,
    example: String,
    status: u16,
    prefer: String,
    /// The code that the error has to have.
    code: Option<String>,
}

/// Drives what the lines say, the first of which is the stage.
pub fn all(lines: &str) {
    let mut lines = lines.lines();
    let stage: Stage = lines
        .next()
        .and_then(|line| serde_json::from_str(line).ok())
        .expect("the first line is the stage");
    let jobs: Vec<Job> = lines
        .map(|line| serde_json::from_str(line).expect("each line is a job"))
        .collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(drive(&stage, &jobs));
}

async fn drive(stage: &Stage, jobs: &[Job]) {
    let version = VERSIONS.iter().find(|it| it.number == stage.version);
    let version = version.expect("every version is on");
    let driven: BTreeSet<&str> = jobs.iter().map(|job| job.operation.as_str()).collect();
    for operation in version.operations {
        let name = format!("{}.{}", operation.resource, operation.name);
        if !driven.contains(name.as_str()) {
            say(
                &name,
                "operation",
                "none",
                &["the original does not have it".to_owned()],
            );
        }
    }
    let driver = Driver {
        call: version.call,
        strict: client(&stage.strict),
        lenient: client(&stage.lenient),
    };
    let jobs = stream::iter(jobs).map(|job| driver.operation(job));
    jobs.buffer_unordered(AT_ONCE).collect::<()>().await;
}

fn client(url: &str) -> Intercom {
    // Node.js closes idle connections, perhaps just when one is used again.
    let http = reqwest::Client::builder().pool_max_idle_per_host(0);
    let client = Intercom::builder("token").base_url(url);
    // Errors are what is asked for, each once.
    let client = client.retry(RetryPolicy::never()).pacing(false);
    let client = client.http_client_builder(http).build();
    client.expect("the client can be built")
}

fn say(operation: &str, what: &str, example: &str, complaints: &[String]) {
    println!(
        "{}",
        json!({ "operation": operation, "what": what, "example": example, "complaints": complaints })
    );
}

struct Driver {
    call: Call,
    strict: Intercom,
    lenient: Intercom,
}

impl Driver {
    async fn operation(&self, job: &Job) {
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
                say(&job.operation, &request.what, &request.example, &complaints);
            }
            match complaints.is_empty() {
                true => accepted = accepted.or(Some(request)),
                false => last = complaints,
            }
        }
        let Some(request) = accepted else {
            let complaints = last.iter().map(|last| format!("is not driven: {last}"));
            let complaints: Vec<String> = complaints.collect();
            return say(&job.operation, "operation", "none", &complaints);
        };
        for answer in &job.answers {
            let complaints = self.answer(job, request, answer).await;
            say(&job.operation, &answer.what, &answer.example, &complaints);
        }
    }

    async fn answer(&self, job: &Job, request: &Request, answer: &Answer) -> Vec<String> {
        let mut options = CallOptions::new().header("prefer", &answer.prefer);
        if answer.status >= 400 {
            // Prism gives an error only as what was asked for, Intercom as JSON always.
            options = options.header("accept", "application/json");
        }
        let outcome = self.send(&self.strict, options.clone(), job, request).await;
        let Some(contradictions) = contradictions(&outcome) else {
            return wrong(&outcome, answer);
        };
        let outcome = self.send(&self.lenient, options, job, request).await;
        let mut complaints = wrong(&outcome, answer);
        complaints.push(format!("contradicts the description: {contradictions}"));
        complaints
    }

    async fn send(
        &self,
        intercom: &Intercom,
        options: CallOptions,
        job: &Job,
        request: &Request,
    ) -> Outcome {
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
fn rejections(outcome: &Outcome) -> Vec<String> {
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

/// What Prism finds wrong with its own answer.
fn contradictions(outcome: &Outcome) -> Option<String> {
    let problem = problem(outcome.as_ref().err()?)?;
    problem
        .is("VIOLATIONS")
        .then(|| problem.sentences().join("; "))
}

/// What is wrong with how an answer was read.
fn wrong(outcome: &Outcome, answer: &Answer) -> Vec<String> {
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
    if status != answer.status {
        complaints.push(format!("came with the status {status}"));
    }
    if answer.status >= 400 && answer.code.is_some() && answer.code.as_deref() != code {
        complaints.push(format!(
            "has the code {code:?} in place of {:?}",
            answer.code
        ));
    }
    complaints
}

fn undecodable(error: &Error) -> String {
    match error.body().map(|body| body.as_ref()) {
        Some(b"null") => "the whole answer is null".to_owned(),
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
