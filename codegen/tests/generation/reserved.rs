//! Names that generated code has of its own: no parameter, verb or resource gets one of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use intercom_client_codegen::{
    Features, casing,
    lower::{self, Normalized, Prepared, select::Selection},
    spec::{
        self,
        load::Description,
        names::{Names, RESERVED},
        version::Version,
    },
};
use serde_json::{Value, json};
use syn::{ImplItem, Item, Type, UseTree};

/// A description with one operation, `GET /things/{id}`, that has a parameter in its query.
fn description(parameter: &str) -> Description {
    Description::from_document(json!({
        "openapi": "3.0.1",
        "info": { "version": "9.1" },
        "paths": { "/things/{id}": { "get": {
            "operationId": "showThing",
            "parameters": [{ "name": parameter, "in": "query", "schema": { "type": "string" } }],
            "responses": { "200": { "content": { "application/json": {
                "schema": { "type": "object", "properties": { "colour": { "type": "string" } } },
            } } } },
        } } },
    }))
    .unwrap()
}

fn names(resource: &str, verb: &str, setter: &str) -> Names {
    let name = json!({ "resource": resource, "verb": verb, "path": [setter] });
    let names: Value = json!({ "GET /things/{}": name });
    serde_json::from_value(names).unwrap()
}

fn rejection(parameter: &str, names: &Names) -> Option<String> {
    let lowered = lower::normalize(description(parameter), names, &super::shared().docs);
    lowered.err().map(|problem| problem.to_string())
}

#[test]
fn a_parameter_of_a_reserved_name_is_set_by_one_that_says_where_it_goes() {
    let named = names("things", "get", "thing_id");
    let setter = |parameter: &str| {
        let docs = &super::shared().docs;
        let lowered = lower::normalize(description(parameter), &named, docs).unwrap();
        let parameters = lowered.operations[0].parameters("query", &lowered);
        assert_eq!(parameters[0].property, parameter);
        parameters[0].name.to_string()
    };
    assert_eq!(setter("colour"), "colour");
    for parameter in RESERVED {
        assert_eq!(setter(parameter), format!("query_{parameter}"));
    }
    // As it would be written in Rust.
    assert_eq!(setter("intoRequest"), "query_into_request");
}

#[test]
fn a_path_parameter_of_a_reserved_name_is_refused_in_one_sentence() {
    assert_eq!(
        rejection("colour", &names("things", "get", "send")).unwrap(),
        "/paths/~1things~1{id}/get: openapi/names.json: `GET /things/{}` has the setter `send`, which is a name that every request has already; \
         choose another one"
    );
}

#[test]
fn a_verb_or_a_resource_of_a_reserved_name_is_refused_in_one_sentence() {
    let refused =
        |resource: &str, verb: &str| rejection("colour", &names(resource, verb, "thing_id"));
    for verb in ["client", "clone", "new"] {
        assert_eq!(
            refused("things", verb).unwrap(),
            format!(
                "/paths/~1things~1{{id}}/get: openapi/names.json: `GET /things/{{}}` has the verb `{verb}`, which the handle of `things` has already; \
                 choose another one"
            )
        );
    }
    assert_eq!(refused("things", "export"), None);
    let export = refused("data_export", "export").unwrap();
    assert!(export.contains("the verb `export`"), "{export}");
    for resource in ["api", "call", "webhooks", "with_options"] {
        assert_eq!(
            refused(resource, "get").unwrap(),
            format!(
                "/paths/~1things~1{{id}}/get: openapi/names.json: `GET /things/{{}}` has the resource `{resource}`, which is a name of the crate's own; \
                 call it something else"
            )
        );
    }
}

/// What the generated code of a version has.
#[derive(Default)]
struct Found {
    /// Methods by the type that has them.
    methods: BTreeMap<String, BTreeSet<String>>,
    /// Types, and what is imported.
    types: BTreeSet<String>,
}

impl Found {
    fn of<'i>(items: impl IntoIterator<Item = &'i Item>) -> Self {
        let mut found = Self::default();
        for item in items {
            match item {
                Item::Struct(item) => drop(found.types.insert(item.ident.to_string())),
                Item::Trait(item) => drop(found.types.insert(item.ident.to_string())),
                Item::Use(item) => imported(&item.tree, &mut found.types),
                Item::Impl(item) if item.trait_.is_none() => {
                    let Type::Path(path) = item.self_ty.as_ref() else {
                        continue;
                    };
                    let name = path.path.segments.last().unwrap().ident.to_string();
                    let methods = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                        _ => None,
                    });
                    found.methods.entry(name).or_default().extend(methods);
                }
                _ => {}
            }
        }
        found
    }
}

fn imported(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, found),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, found)),
        UseTree::Rename(_) | UseTree::Glob(_) => panic!("an import whose name is not known"),
    }
}

fn module<'i>(items: &'i [Item], name: &str) -> &'i [Item] {
    let found = items.iter().find_map(|item| match item {
        Item::Mod(found) if found.ident == name => found.content.as_ref(),
        _ => None,
    });
    &found.unwrap_or_else(|| panic!("no module {name}")).1
}

/// Each reviewed version with all that any feature adds.
fn for_each_module(check: impl Fn(&str, &Normalized, &[Item])) {
    super::for_each_reviewed_version(|version, shared, normalized| {
        let facts = super::openapi().join(format!("{version}.json"));
        let again = shared.normalized(&facts).unwrap();
        let all = Features {
            dynamic: true,
            mock: true,
            schemars: true,
        };
        let file = shared.module(again, &Selection::All, all).unwrap();
        check(version, &normalized, &file.items);
    });
}

/// Whether a name is refused, as resource or as verb.
fn is_refused(resource: &str, verb: &str) -> bool {
    rejection("colour", &names(resource, verb, "thing_id")).is_some()
}

#[test]
fn every_generated_method_that_is_no_parameter_verb_or_resource_is_reserved() {
    for_each_module(|version, normalized, items| {
        let builders = Found::of(module(items, "requests")).methods;
        let root = Found::of(items);
        let mock = Found::of(module(items, "mock"));
        let mut resources: BTreeMap<String, (String, BTreeSet<&str>)> = BTreeMap::new();
        for prepared in &normalized.operations {
            let name = &prepared.operation.name;
            let builder = casing::type_name(&format!("{}_{}", name.resource, name.verb));
            let parameters = prepared.item["parameters"].as_array().unwrap();
            let setters: BTreeSet<String> = parameters
                .iter()
                .map(|parameter| {
                    let place = parameter["in"].as_str().unwrap();
                    spec::names::setter(parameter["name"].as_str().unwrap(), place)
                })
                .collect();
            let body = body_fields(prepared, normalized);
            for method in &builders[&builder] {
                let plain = method.trim_end_matches('_');
                let is_known = setters.contains(method)
                    || plain == "locale" && body.contains("translated_content")
                    || prepared.operation.is_paged() && PAGING.contains(&plain)
                    || body.contains(plain);
                assert!(
                    is_known || RESERVED.contains(&method.as_str()),
                    "{version}: `{method}` of {builder} is not in RESERVED"
                );
            }
            let handle = casing::type_name(&name.resource);
            let (_, verbs) = resources
                .entry(handle)
                .or_insert_with(|| (name.resource.clone(), BTreeSet::new()));
            verbs.insert(&name.verb);
            verbs.extend(name.alternatives.keys().map(String::as_str));
        }
        for (handle, (resource, verbs)) in &resources {
            for found in [&root, &mock] {
                for method in &found.methods[handle] {
                    assert!(
                        verbs.contains(method.as_str()) || is_refused(resource, method),
                        "{version}: `{method}` of {handle} is not reserved"
                    );
                }
            }
        }
        for found in [&root, &mock] {
            for method in &found.methods["Api"] {
                let is_resource = resources.values().any(|(resource, _)| resource == method);
                assert!(
                    is_resource || is_refused(method, "get"),
                    "{version}: `{method}` of Api is not reserved"
                );
            }
            for name in &found.types {
                assert!(
                    resources.contains_key(name) || is_refused(&casing::snake(name), "get"),
                    "{version}: {name} would be the handle of a resource, too"
                );
            }
        }
    });
}

/// What the setters of the fields of a body are called.
fn body_fields(prepared: &Prepared, normalized: &Normalized) -> BTreeSet<String> {
    let definition = prepared
        .body_schema()
        .and_then(|name| normalized.schemas.get(name));
    // What the fields of a body that is one of several things make is one of these.
    let variants = definition.and_then(|found| found.schema["oneOf"].as_array());
    let variants = variants.into_iter().flatten().filter_map(|variant| {
        let target = variant["$ref"].as_str()?.rsplit('/').next()?;
        normalized.schemas.get(target)
    });
    let properties = definition.into_iter().chain(variants);
    let properties = properties.filter_map(|found| found.schema["properties"].as_object());
    let names = properties.flat_map(|all| all.keys());
    let setters = names.flat_map(|name| {
        let name = casing::snake(name);
        [
            format!("clear_{name}"),
            format!("{name}_entry"),
            format!("body_{name}"),
            format!("{name}_from"),
            casing::singular(&name),
            name,
        ]
    });
    setters.collect()
}

/// The setters of every list in pages.
const PAGING: [&str; 2] = ["per_page", "starting_after"];

/// A resource is a cargo feature.
#[test]
fn every_feature_that_is_no_resource_or_version_is_reserved() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    let (_, features) = manifest.split_once("\n[features]\n").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let names = super::shared().names;
    let resources: BTreeSet<&str> = names
        .0
        .values()
        .map(|name| name.resource.as_str())
        .collect();
    let mut others = 0;
    for (feature, _) in features.lines().filter_map(|line| line.split_once(" = [")) {
        let feature = feature.replace('-', "_");
        let number = feature.strip_prefix('v').unwrap_or_default();
        let is_version =
            feature == "preview" || number.replace('_', ".").parse::<Version>().is_ok();
        if !resources.contains(feature.as_str()) && !is_version {
            others += 1;
            assert!(is_refused(&feature, "get"), "{feature} is not reserved");
        }
    }
    assert!(others > 8, "{others}");
}
