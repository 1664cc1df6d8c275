//! The document of every type of a version, in every form it can be asked for.

use std::collections::BTreeSet;

use intercom_client::schemars::{Schema, generate::SchemaSettings};
use serde_json::Value;

/// The references anywhere in a value.
fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn check(version: &str, make: fn(SchemaSettings) -> Schema) {
    let mut known = BTreeSet::new();
    for settings in [
        SchemaSettings::draft2020_12(),
        SchemaSettings::draft07(),
        SchemaSettings::openapi3(),
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true),
    ] {
        let place = settings.definitions_path.clone();
        {
            let document = make(settings);
            let document = document.as_value();
            assert_eq!(document["title"], format!("Intercom API {version}"));
            // The schemas of OpenAPI 3.0 have no meta-schema of their own.
            if !place.starts_with("/components") {
                jsonschema::meta::validate(document)
                    .unwrap_or_else(|error| panic!("{version}: {error}"));
            }
            let types = document.pointer(&place).and_then(Value::as_object).unwrap();
            assert!(types.len() > 100, "{version}: {}", types.len());
            let names: BTreeSet<String> = types.keys().cloned().collect();
            // A type that was met twice would have got a second name in one of them.
            let before = std::mem::replace(&mut known, names.clone());
            assert!(before.is_empty() || before == names, "{version}");
            for (name, schema) in types {
                assert!(schema["description"].is_string(), "{version}: {name}");
            }
            let mut all = BTreeSet::new();
            references(document, &mut all);
            assert!(all.len() > 50, "{version}: {}", all.len());
            for reference in all {
                let target = reference
                    .strip_prefix('#')
                    .and_then(|at| document.pointer(at));
                assert!(
                    target.is_some_and(Value::is_object),
                    "{version}: {reference}"
                );
            }
        }
    }
}

macro_rules! each_version {
    ($($module:ident $version:literal;)*) => {$(
        #[test]
        fn $module() {
            check($version, intercom_client::$module::json_schema);
        }
    )*};
}
include!(concat!(env!("OUT_DIR"), "/each_version.rs"));
