//! Every version of the client, by its number.

use std::pin::Pin;

use intercom_client::{CallOptions, Error, Intercom, Operation, Response};
use intercom_client_codegen::{error::Problem, spec::version::Version};
use serde_json::{Map, Value};

/// Reads a body of an operation as its type does, and writes it again.
pub type Read = fn(&str, &[u8]) -> Result<Value, Error>;

/// Calls an operation by its name.
pub type Call = fn(
    Intercom,
    CallOptions,
    String,
    Map<String, Value>,
    Option<Value>,
) -> Pin<Box<dyn Future<Output = CallOutcome> + Send>>;

/// What a call returns.
pub type CallOutcome = Result<Response<Value>, Error>;

/// What is asked of a version.
pub struct Linked {
    number: &'static str,
    pub read_response: Read,
    pub read_body: Read,
    pub operations: &'static [&'static Operation],
    pub call: Call,
}

/// The version of the client that has this number.
pub fn linked(version: &Version) -> Result<&'static Linked, Problem> {
    let found = VERSIONS.iter().find(|it| it.number == version.as_str());
    found.ok_or_else(|| {
        Problem::new(format!(
            "conformance/Cargo.toml does not turn on `{}` of intercom-client",
            version.feature()
        ))
    })
}

macro_rules! each_version {
    ($($module:ident $number:literal;)*) => {
        const VERSIONS: &[Linked] = &[$(Linked {
            number: $number,
            read_response: intercom_client::$module::Api::read_response,
            read_body: intercom_client::$module::Api::read_body,
            operations: intercom_client::$module::OPERATIONS,
            call: |intercom, options, operation, parameters, body| {
                Box::pin(async move {
                    let api = intercom.$module().with_options(options);
                    api.call(&operation, parameters).body(body).send().await
                })
            },
        }),*];
    };
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));
