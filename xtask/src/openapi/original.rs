//! An original, as Intercom published it, and the facts it gives.

use serde_json::Value;

use crate::{
    openapi::strip,
    source::{self, Source},
    warnings::Notes,
    write, yaml,
};
use intercom_client_codegen::{
    error::Problem,
    spec::{load::Description, version::Version},
};

/// A description's facts and where they are from.
#[derive(Debug)]
pub struct Facts {
    pub description: Description,
    /// As they stand in `openapi/`.
    pub text: String,
    pub notes: Notes,
}

/// The facts of the original `bytes`; `recorded` says what to record of it, given its checksum. What is facts already
/// keeps its own record.
pub fn facts(
    bytes: &[u8],
    version: &Version,
    recorded: impl FnOnce(String) -> Source,
) -> Result<Facts, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Problem::new(format!("not YAML or JSON: {error}")))?;
    let mut notes = Notes::default();
    let original = Description::from_document(yaml::parse(text, &mut notes)?)?;
    if original.version != *version {
        return Err(Problem::new(format!(
            "/info/version: expected {version}, found {}",
            original.version
        )));
    }
    let source = match Source::of(&original.document)? {
        Some(source) => source,
        None => recorded(source::sha256(bytes)),
    };
    let mut document = strip::of(&original.document, &mut notes);
    if let Value::Object(map) = &mut document {
        map.insert(source::KEY.to_owned(), source.to_value());
    }
    Ok(Facts {
        text: write::json(&document)?,
        description: Description {
            version: version.clone(),
            document,
        },
        notes,
    })
}
