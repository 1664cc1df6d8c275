//! The description of the next version, with what no description had so far.

use serde_json::{Value, json};

use super::odd;

/// A description of `version` that has all of `newest` but what was taken out or renamed, and seven resources more.
pub fn description(newest: &Value, version: &str) -> Value {
    let mut next = newest.clone();
    next["info"]["version"] = version.into();
    next.as_object_mut().unwrap().remove("x-source");
    let enums = &mut next["components"]["schemas"]["intercom_version"];
    enums["default"] = version.into();
    enums["enum"].as_array_mut().unwrap().push(version.into());
    for (from, to) in [
        ("contact", "person"),
        ("tag", "tag_resource"),
        ("admin_reply_conversation_request", "teammate_reply_request"),
        ("close_conversation_request", "finish_conversation_request"),
    ] {
        rename(&mut next, from, to);
    }
    let paths = next["paths"].as_object_mut().unwrap();
    paths.remove("/contacts/{contact_id}/block").unwrap();
    for added in [added_paths(), odd::paths()] {
        paths.extend(added.as_object().unwrap().clone());
    }
    let schemas = next["components"]["schemas"].as_object_mut().unwrap();
    for added in [added_schemas(), odd::schemas()] {
        schemas.extend(added.as_object().unwrap().clone());
    }
    let components = next["components"].as_object_mut().unwrap();
    for (kind, added) in odd::shared().as_object().unwrap() {
        let known = components.entry(kind).or_insert_with(|| json!({}));
        let known = known.as_object_mut().unwrap();
        known.extend(added.as_object().unwrap().clone());
    }
    next
}

fn rename(document: &mut Value, from: &str, to: &str) {
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let schema = schemas.remove(from).unwrap();
    schemas.insert(to.to_owned(), schema);
    redirect(
        document,
        &format!("#/components/schemas/{from}"),
        &format!("#/components/schemas/{to}"),
    );
}

fn redirect(node: &mut Value, from: &str, to: &str) {
    match node {
        Value::Object(map) => map.values_mut().for_each(|value| redirect(value, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|value| redirect(value, from, to)),
        Value::String(text) if text == from => *text = to.to_owned(),
        _ => {}
    }
}

fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn content(kind: &str, schema: Value) -> Value {
    json!({ "content": { kind: { "schema": schema } } })
}

fn ok(schema: Value) -> Value {
    json!({ "200": content("application/json", schema) })
}

fn parameter(name: &str, place: &str, schema: Value) -> Value {
    json!({ "name": name, "in": place, "schema": schema })
}

fn list_of(schema: Value) -> Value {
    json!({ "type": "array", "items": schema })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn styled(name: &str, style: &str, explode: bool, schema: Value) -> Value {
    let mut parameter = parameter(name, "query", schema);
    parameter["style"] = style.into();
    parameter["explode"] = explode.into();
    parameter
}

fn added_paths() -> Value {
    let id = || parameter("id", "path", text());
    let operation = |id: &str,
                     tag: &str,
                     parameters: Vec<Value>,
                     body: Option<Value>,
                     responses: Value| {
        let mut operation = json!({ "operationId": id, "tags": [tag], "parameters": parameters, "responses": responses });
        if let Some(body) = body {
            operation["requestBody"] = body;
        }
        operation
    };
    let json_body = |schema| Some(content("application/json", schema));
    let mut filter = styled("filter", "deepObject", true, of("vessel_filter"));
    filter["required"] = true.into();
    let mut unique = list_of(text());
    unique["uniqueItems"] = true.into();
    json!({
        "/vessels": {
            "get": operation("listVessels", "Vessels", vec![
                parameter("ids", "query", list_of(json!({ "type": "integer" }))),
                styled("states", "form", false, list_of(of("vessel_state"))),
                styled("ports", "pipeDelimited", false, list_of(text())),
                parameter("colours", "query", unique),
                filter,
                parameter("starting_after", "query", text()),
                parameter("stream", "query", json!({ "type": "boolean" })),
                parameter("session", "cookie", text()),
            ], None, ok(of("vessel_list"))),
            "post": operation("createVessel", "Vessels", vec![
                parameter("X-Fleet", "header", text()),
                parameter("X-Roles", "header", list_of(text())),
            ], json_body(of("vessel_input_form")), json!({ "202": content("application/json", of("vessel_job")) })),
        },
        "/vessels/{id}": {
            "get": operation("showVessel", "Vessels", vec![id(), parameter("If-None-Match", "header", text())], None, ok(of("vessel"))),
            "patch": operation("patchVessel", "Vessels", vec![id()], json_body(of("vessel_change")), ok(of("vessel"))),
            "delete": operation("deleteVessel", "Vessels", vec![id()], None, json!({ "204": {} })),
        },
        "/vessels/{id}/pictures": {
            "post": operation("addVesselPicture", "Vessels", vec![id()], Some(content("multipart/form-data", json!({
                "type": "object", "properties": { "file": { "type": "string", "format": "binary" }, "title": text() },
            }))), ok(of("vessel"))),
        },
        "/vessels/{id}/log": {
            "put": operation("writeVesselLog", "Vessels", vec![id()], Some(content("text/plain", text())), json!({ "204": {} })),
            "get": operation("readVesselLog", "Vessels", vec![id()], None, json!({ "200": content("text/plain", text()) })),
        },
        "/vessels/{id}/clone": {
            "post": operation("cloneVessel", "Vessels", vec![id()], None, ok(of("vessel"))),
        },
        "/vessels/bulk": {
            "post": operation("bulkVessels", "Vessels", vec![], json_body(json!({
                "type": "object", "properties": { "vessels": list_of(of("vessel_change")) },
            })), json!({ "207": content("application/json", json!({
                "type": "object", "properties": { "results": list_of(of("bulk_result")) },
            })) })),
        },
        "/moorings/search": {
            "post": operation("searchMoorings", "Moorings", vec![], Some(content("application/x-www-form-urlencoded", json!({
                "type": "object", "required": ["place"],
                "properties": { "place": text(), "depths": list_of(json!({ "type": "number" })) },
            }))), ok(of("mooring_list"))),
        },
        "/moorings/{mooring_id}/tides": {
            "get": operation("listTides", "Moorings", vec![parameter("mooring_id", "path", text())], None, ok(list_of(of("tide")))),
        },
        "/moorings/{mooring_id}/moorings_metrics": {
            "get": operation("mooringMetrics", "Moorings", vec![parameter("mooring_id", "path", text())], None,
                json!({ "200": content("application/vnd.harbour+json", of("mooring_metrics")) })),
        },
        "/charts": {
            "get": operation("listCharts", "Charts", vec![], None, ok(of("chart"))),
            "post": operation("createChart", "Charts", vec![], json_body(of("chart_shape")), ok(of("chart"))),
        },
        "/charts/{id}/publish": {
            "post": operation("publishChart", "Charts", vec![id()], None, json!({ "200": {}, "202": {} })),
        },
        "/webhooks": {
            "get": operation("listWebhooks", "Webhooks", vec![], None, ok(json!({
                "type": "object", "properties": { "data": list_of(of("webhook")), "type": { "type": "string", "enum": ["list"] } },
            }))),
            "post": operation("createWebhook", "Webhooks", vec![], json_body(of("webhook")), json!({ "201": content("application/json", of("webhook")) })),
        },
        "/lanterns/{url}": {
            "get": operation("showLantern", "Lanterns", vec![parameter("url", "path", text())], None, ok(of("signal"))),
            "put": operation("setLantern", "Lanterns", vec![parameter("url", "path", text())], json_body(of("signal")), ok(of("signal"))),
        },
        "/lanterns/{lantern_id}/{colour}": {
            "get": operation("showLanternColour", "Lanterns", vec![
                parameter("lantern_id", "path", text()), parameter("colour", "path", text()),
            ], None, ok(of("signal"))),
        },
    })
}

fn added_schemas() -> Value {
    json!({
        "vessel_state": { "type": "string", "enum": ["2fa", "3rd_party", "open", "OPEN", "in_use", "in-use", ""] },
        "vessel_filter": { "type": "object", "required": ["state"], "properties": {
            "state": of("vessel_state"), "built_after": { "type": "integer", "format": "date-time" },
        } },
        // Of itself, in a list, in a map and in a union.
        "vessel": { "type": "object", "properties": {
            "id": text(), "type": { "type": "string", "enum": ["vessel"] }, "self": text(), "1st_mate": text(), "@flag": text(),
            "state": of("vessel_state"), "tender": of("vessel"), "tenders": list_of(of("vessel")),
            "fleet": { "type": "object", "additionalProperties": of("vessel") },
            "grid": list_of(list_of(json!({ "type": "integer" }))),
            "cargo": { "oneOf": [of("crate_cargo"), of("oil_cargo")], "discriminator": {
                "propertyName": "kind",
                "mapping": { "crates": "#/components/schemas/crate_cargo", "oil": "#/components/schemas/oil_cargo" },
            } },
            "length": { "oneOf": [{ "type": "number" }, { "type": "string" }] },
            "crew": { "allOf": [of("crew")], "nullable": true },
        } },
        "crew": { "allOf": [of("crew_base"), { "type": "object", "properties": { "captain": of("crew") } }] },
        "crew_base": { "type": "object", "required": ["name"], "properties": { "name": text() } },
        "crate_cargo": { "type": "object", "properties": { "kind": text(), "count": { "type": "integer" } } },
        "oil_cargo": { "type": "object", "properties": { "kind": text(), "litres": { "type": "number" } } },
        "vessel_list": { "type": "object", "properties": {
            "type": text(), "data": list_of(of("vessel")), "pages": of("cursor_pages"),
        } },
        "vessel_input_form": { "type": "object", "required": ["name"], "properties": {
            "name": text(), "body": text(), "url": text(), "send": { "type": "boolean" }, "state": of("vessel_state"),
            "tags": { "type": "array", "items": text(), "uniqueItems": true },
        } },
        "vessel_change": { "type": "object", "properties": {
            "name": { "type": "string", "nullable": true }, "cargo": { "oneOf": [
                { "type": "object", "properties": { "a": text() } }, { "type": "object", "properties": { "a": text() } },
            ] },
        } },
        "vessel_job": { "type": "object", "properties": { "id": text(), "status": text() } },
        "bulk_result": { "type": "object", "properties": { "status": { "type": "integer" }, "error": text() } },
        "mooring_list": { "type": "object", "properties": { "moorings": list_of(of("mooring")), "total_count": { "type": "integer" } } },
        "mooring": { "type": "object", "properties": { "id": { "type": "integer" }, "tags": of("tags") } },
        "mooring_metrics": { "type": "object", "properties": { "data": list_of(of("tide")) } },
        "tide": { "type": "object", "properties": { "height": { "type": "number" }, "at": { "type": "integer", "format": "date-time" } } },
        "chart": { "type": "object", "properties": { "id": text(), "layers": list_of(json!({})) } },
        "chart_shape": { "oneOf": [of("circle_shape"), of("box_shape")], "discriminator": { "propertyName": "shape" } },
        "circle_shape": { "type": "object", "required": ["shape"], "properties": { "shape": text(), "radius": { "type": "number" } } },
        "box_shape": { "type": "object", "required": ["shape"], "properties": { "shape": text(), "width": { "type": "number" } } },
        "webhook": { "type": "object", "properties": { "id": text(), "url": text(), "topics": list_of(text()) } },
        "signal": { "anyOf": [of("flash"), of("steady")] },
        "flash": { "type": "object", "properties": { "type": { "type": "string", "enum": ["flash"] }, "every": { "type": "integer" } } },
        "steady": { "type": "object", "properties": { "type": { "type": "string", "enum": ["steady"] }, "colour": text() } },
    })
}
