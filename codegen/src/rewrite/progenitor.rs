//! Runs progenitor.

use std::{
    panic,
    sync::{Mutex, PoisonError},
};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{Error, GenerationSettings, Generator, InterfaceStyle, TypeImpl};

use crate::{
    casing,
    error::Problem,
    lower::{DefinitionKind, Normalized, time},
};

/// The code progenitor makes of a normalized description.
pub fn generate(normalized: &Normalized) -> Result<TokenStream, Problem> {
    run(normalized, Generator::generate_tokens)
}

/// The helpers progenitor makes for tests with httpmock.
pub fn mocks(normalized: &Normalized) -> Result<TokenStream, Problem> {
    run(normalized, |generator, document| {
        generator.httpmock(document, "crate")
    })
}

fn run(
    normalized: &Normalized,
    step: impl FnOnce(&mut Generator, &OpenAPI) -> Result<TokenStream, Error>,
) -> Result<TokenStream, Problem> {
    let document = serde_json::from_value(normalized.document()).map_err(|error| {
        Problem::new(format!(
            "the prepared description is no OpenAPI 3.0: {error}"
        ))
    })?;
    let settings = settings(normalized);
    // What progenitor does not support it meets with a panic; a maintainer needs its sentence, not its backtrace.
    // One at a time: of two that swapped it at once, the later would put the earlier's silence back for good.
    static HOOK: Mutex<()> = Mutex::new(());
    let guard = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        step(&mut Generator::new(&settings), &document)
    }));
    panic::set_hook(hook);
    drop(guard);
    match outcome {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(Problem::new(format!("progenitor: {error}"))),
        Err(payload) => {
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            Err(Problem::new(format!(
                "progenitor stopped: {}",
                text.unwrap_or("no reason given")
            )))
        }
    }
}

fn settings(normalized: &Normalized) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    settings.with_derive("PartialEq");
    settings.with_map_type("::serde_json::Map");
    settings.with_replacement(
        casing::type_name(time::SCHEMA),
        "::chrono::DateTime<::chrono::Utc>",
        std::iter::empty::<TypeImpl>(),
    );
    for (name, definition) in &normalized.schemas {
        // These are written anew: progenitor's enums refuse values they do not know.
        if matches!(
            definition.kind,
            DefinitionKind::Enum(_) | DefinitionKind::Tagged(_)
        ) {
            let name = casing::type_name(name);
            let path = format!("crate::{}::types::{name}", normalized.version.feature());
            settings.with_replacement(name, path, std::iter::empty::<TypeImpl>());
        }
    }
    settings
}
