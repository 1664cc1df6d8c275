//! What is valid and odd has a module, and what has none is refused in a sentence that says what a correction would have to say.

use intercom_client_codegen::{
    Features, Shared, lower::select::Selection, spec::load::Description,
};
use quote::ToTokens;
use serde_json::{Value, json};

/// A description whose `GET /things` returns the schema `thing`, among these schemas.
fn description(schemas: Value) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/thing" });
    json!({
        "openapi": "3.0.1",
        "info": { "version": "9.1" },
        "paths": { "/things": { "get": {
            "operationId": "get", "responses": { "200": { "content": { "application/json": { "schema": schema } } } },
        } } },
        "components": { "schemas": schemas },
    })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// The module of a description without spaces, or why there is none.
fn module(document: Value) -> String {
    let names = json!({ "GET /things": { "resource": "things", "verb": "get" } });
    let shared = Shared {
        corrections: Vec::new(),
        names: serde_json::from_value(names).unwrap(),
        docs: Default::default(),
    };
    let described = Description::from_document(document).and_then(|found| shared.normalize(found));
    let module =
        described.and_then(|normalized| shared.module(normalized, &Selection::All, Features::ALL));
    match module {
        Ok(module) => module.to_token_stream().to_string().replace(' ', ""),
        Err(problem) => problem.to_string(),
    }
}

fn of_schemas(schemas: Value) -> String {
    module(description(schemas))
}

#[track_caller]
fn has(module: &str, parts: &[&str]) {
    for part in parts {
        assert!(module.contains(part), "{part}: {module:.2000}");
    }
}

#[test]
fn a_schema_that_has_a_name_of_the_prelude_is_a_model() {
    let option = json!({ "$ref": "#/components/schemas/option" });
    let default = json!({ "type": "string", "enum": ["a", "b"] });
    let module = of_schemas(json!({
        "thing": object(json!({ "option": option, "default": { "$ref": "#/components/schemas/default" } })),
        "option": object(json!({ "id": { "type": "string" } })),
        "default": default,
    }));
    has(&module, &["pubstructOptionModel{", "pubenumDefaultModel{"]);
    assert!(!module.contains("pubstructOption{"), "{module:.2000}");
}

#[test]
fn of_two_types_of_one_name_the_second_is_a_model() {
    let module = of_schemas(json!({
        "thing": object(json!({ "part": object(json!({ "a": { "type": "string" } })) })),
        "thing_part": object(json!({ "b": { "type": "string" } })),
        "ThingPart": object(json!({ "c": { "type": "string" } })),
    }));
    has(
        &module,
        &[
            "pubstructThingPart{",
            "pubstructThingPartModel{",
            "pubstructThingPartModel2{",
        ],
    );
    let module = of_schemas(json!({
        "thing": object(json!({ "part": object(json!({ "a": { "type": "string" } })) })),
        "thing_part": object(json!({ "b": { "type": "string" } })),
    }));
    has(
        &module,
        &["pubstructThingPart{", "pubstructThingPartModel{"],
    );
}

#[test]
fn a_union_within_itself_ends() {
    let both = json!({ "oneOf": [{ "$ref": "#/components/schemas/thing" }, { "$ref": "#/components/schemas/other" }] });
    let module = of_schemas(json!({
        "thing": object(json!({ "next": both.clone() })),
        "other": object(json!({ "next": both, "name": { "type": "string" } })),
    }));
    has(&module, &["pubstructThingNext{"]);
    let kind = |value: &str| json!({ "type": "string", "enum": [value] });
    let module = of_schemas(json!({
        "thing": { "oneOf": [{ "$ref": "#/components/schemas/not" }, { "$ref": "#/components/schemas/leaf" }] },
        "not": object(json!({ "kind": kind("not"), "of": { "$ref": "#/components/schemas/thing" } })),
        "leaf": object(json!({ "kind": kind("leaf") })),
    }));
    has(&module, &["Not(::std::boxed::Box<Not>)", "Leaf(Leaf)"]);
}

#[test]
fn schemas_that_double_one_another_are_soon_read() {
    let twice = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    let mut schemas =
        json!({ "thing": { "allOf": [twice("part1".into()), twice("part1".into())] } });
    for number in 1..40 {
        let next = || twice(format!("part{}", number + 1));
        schemas[format!("part{number}")] = json!({ "allOf": [next(), next()] });
    }
    schemas["part40"] = object(json!({ "a": { "type": "string" } }));
    has(&of_schemas(schemas), &["pubmodtypes{"]);
}

#[test]
fn values_that_differ_in_case_from_names_of_the_enum_have_names_of_rust() {
    let values = json!({ "type": "string", "enum": ["Self", "self", "Unknown", "unknown"] });
    let module = of_schemas(json!({ "thing": object(json!({ "kind": values })) }));
    has(
        &module,
        &["Self_=", "SelfLowercase=", "Unknown_=", "UnknownLowercase="],
    );
}

#[test]
fn a_discriminator_whose_values_differ_in_case_has_two_variants() {
    let module = of_schemas(json!({
        "thing": {
            "oneOf": [{ "$ref": "#/components/schemas/one" }, { "$ref": "#/components/schemas/two" }],
            "discriminator": { "propertyName": "kind", "mapping": { "aB": "#/components/schemas/one", "a_b": "#/components/schemas/two" } },
        },
        "one": object(json!({ "kind": { "type": "string" } })),
        "two": object(json!({ "kind": { "type": "string" } })),
    }));
    has(&module, &["AB(One)", "ABLowercase(Two)"]);
}

#[test]
fn an_object_without_properties_and_a_property_of_a_reserved_name_are_fields() {
    let module = of_schemas(json!({
        "thing": object(json!({ "nothing": object(json!({})), "unknown_fields": { "type": "string" } })),
    }));
    has(
        &module,
        &["pubstructThingNothing{", "pubunknown_fields_:Option<"],
    );
}

#[test]
fn a_mock_responds_with_a_value_that_is_no_object() {
    for (kind, given) in [
        ("string", "String"),
        ("integer", "i64"),
        ("boolean", "bool"),
    ] {
        let module = of_schemas(json!({ "thing": { "type": kind } }));
        let given = format!("value:implstd::borrow::Borrow<{given}>");
        assert!(
            module.contains(&given)
                || module.contains(&given.replace("String", "::std::string::String")),
            "{kind}"
        );
    }
}

#[test]
fn references_lead_through_others_and_into_schemas() {
    let mut document = description(json!({
        "thing": object(json!({ "part": object(json!({ "a": { "type": "string" } })) })),
    }));
    document["paths"]["/things"]["get"]["parameters"] =
        json!([{ "$ref": "#/components/parameters/one" }]);
    document["components"]["parameters"] = json!({
        "one": { "$ref": "#/components/parameters/two" },
        "two": { "name": "colour", "in": "query", "schema": { "$ref": "#/components/schemas/thing/properties/part/properties/a" } },
    });
    has(&module(document), &["pubfncolour("]);
}

#[test]
fn what_has_no_module_is_refused_with_what_a_correction_says() {
    let parameter = |parameter: Value| {
        let mut document = description(json!({ "thing": object(json!({})) }));
        document["paths"]["/things"]["get"]["parameters"] = json!([parameter]);
        document
    };
    let path = |path: &str| {
        let mut document = description(json!({ "thing": object(json!({})) }));
        document["paths"][path] = json!({});
        document
    };
    let itself = json!({ "$ref": "#/components/parameters/x" });
    let mut circle = parameter(itself.clone());
    circle["components"]["parameters"] = json!({ "x": itself });
    let within = object(json!({ "b": object(json!({ "c": { "type": "string" } })) }));
    for (document, sentence) in [
        (
            description(json!({ "thing": object(json!({ "fooBar": {}, "foo_bar": {} })) })),
            "`fooBar` and `foo_bar` would be one field; leave one",
        ),
        (
            description(json!({ "thing": object(json!({ "😀": {} })) })),
            "no field can be named after `😀`; leave the property out",
        ),
        (
            description(json!({ "thing": { "$ref": "#/components/schemas/thing" } })),
            "nested without end; a correction that puts `{}`",
        ),
        (
            description(json!({ "thing": {}, "😀": {} })),
            "no type can be named after it; a correction",
        ),
        (circle, "leads to nothing but itself; correct it"),
        (
            parameter(json!({ "name": "", "in": "query" })),
            "no setter can be named after it; leave the parameter out",
        ),
        (
            parameter(json!({ "name": "a", "in": "header", "schema": within.clone() })),
            "the object `a` cannot be written there; correct it to a string",
        ),
        (
            parameter(json!({ "name": "a", "in": "query", "schema": within })),
            "the object `b` cannot be written there; correct it to a string",
        ),
        (
            parameter(json!({ "name": "a b", "in": "header" })),
            "no header can be called so; correct it",
        ),
        (path("boats"), "/paths/boats: not a path of the form"),
        (
            path("/boats/{"),
            "/paths/~1boats~1{: not a path of the form",
        ),
    ] {
        has(&module(document), &[sentence]);
    }
}

#[test]
fn a_type_that_requires_itself_is_refused_where_it_is_written() {
    let mut document = description(json!({
        "thing": { "type": "object", "required": ["other"], "properties": { "other": { "$ref": "#/components/schemas/other" } } },
        "other": { "type": "object", "required": ["thing"], "properties": { "thing": { "$ref": "#/components/schemas/thing" } } },
    }));
    has(&module(document.clone()), &["pubstructOther{"]);
    let schema = json!({ "$ref": "#/components/schemas/thing" });
    document["paths"]["/things"]["get"]["requestBody"] =
        json!({ "content": { "application/json": { "schema": schema } } });
    has(
        &module(document),
        &["it requires itself, so that no value of it would end; correct `required`"],
    );
}

#[test]
fn a_header_that_the_connection_sets_is_no_parameter() {
    let mut document = description(json!({ "thing": { "type": "object" } }));
    let header =
        |name: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" } });
    document["paths"]["/things"]["get"]["parameters"] =
        json!([header("Content-Length"), header("Host"), header("X-Fleet")]);
    let module = module(document);
    has(&module, &["pubfnx_fleet("]);
    assert!(!module.contains("content_length") && !module.contains("fnhost("));
}

#[test]
fn a_mock_responds_with_a_code_that_http_has() {
    for (code, status) in [("201", "201"), ("2XX", "200"), ("29999", "200")] {
        let mut document = description(json!({ "thing": { "type": "object" } }));
        let responses = &mut document["paths"]["/things"]["get"]["responses"];
        let response = responses["200"].take();
        *responses = json!({ code: response });
        has(&module(document), &[&format!("self.0.status({status}u16)")]);
    }
}
