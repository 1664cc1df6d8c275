//! What is valid and odd: names that Rust or the crate has, names given twice, values at the top, references into references.

use serde_json::{Value, json};

fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn ok(schema: Value) -> Value {
    json!({ "200": { "content": { "application/json": { "schema": schema } } } })
}

pub fn paths() -> Value {
    let id = json!({ "name": "id", "in": "path", "schema": { "type": "string" } });
    let header = json!({ "name": "New", "in": "header", "schema": { "type": "string" } });
    let digit = json!({ "name": "1st-port", "in": "query", "schema": { "type": "string" } });
    let place = json!({ "name": "clone", "in": "query", "schema": { "type": "object" } });
    let ids = json!({ "type": "object", "properties": { "ids": { "type": "array", "items": { "type": "string" } } } });
    let ids = json!({ "content": { "application/json": { "schema": ids } } });
    json!({
        "/option": { "get": { "tags": ["Option"], "responses": ok(of("option")), "parameters": [header, digit, place] } },
        "/option/": { "get": { "tags": ["Option"], "responses": ok(of("result")) } },
        "/buoys": {
            "get": { "tags": ["😀", "Buoys"], "operationId": "list", "responses": ok(json!({ "type": "array", "items": of("buoy") })) },
            "delete": { "tags": ["Buoys"], "operationId": "all \"buoys\"", "requestBody": ids, "responses": { "204": {} } },
        },
        "/buoys/{id}": {
            "parameters": [{ "$ref": "#/components/parameters/buoy" }],
            "get": { "tags": ["Buoys"], "responses": { "200": { "$ref": "#/components/responses/buoy" } } },
            "put": { "tags": ["Buoys"], "parameters": [id], "requestBody": { "$ref": "#/components/requestBodies/buoy" }, "responses": ok(of("buoy")) },
            "delete": { "tags": ["Buoys"], "responses": { "204": {} } },
            "head": { "tags": ["Buoys"], "responses": { "200": {} } },
        },
        "/buoys/{id}/depth": { "get": { "tags": ["Buoys"], "parameters": [id], "responses": ok(json!({ "type": "number" })) } },
        "/buoys/{id}/colour": { "get": { "tags": ["Buoys"], "parameters": [id], "responses": ok(json!({ "type": "string" })) } },
        "/buoys/{id}/light": { "get": { "tags": ["Buoys"], "parameters": [id], "responses": ok(json!({ "$ref": "#/components/schemas/buoy/properties/light" })) } },
    })
}

/// Parameters, bodies and responses that are others.
pub fn shared() -> Value {
    let body = json!({ "content": { "application/json": { "schema": of("buoy") } } });
    json!({
        "parameters": {
            "buoy": { "$ref": "#/components/parameters/buoy_id" },
            "buoy_id": { "name": "id", "in": "path", "schema": { "type": "string" } },
        },
        "requestBodies": { "buoy": { "$ref": "#/components/requestBodies/buoy_body" }, "buoy_body": body },
        "responses": { "buoy": { "$ref": "#/components/responses/buoy_response" }, "buoy_response": body },
    })
}

pub fn schemas() -> Value {
    let kind = |value: &str| json!({ "type": "string", "enum": [value] });
    json!({
        "option": { "type": "object", "properties": { "id": { "type": "string" }, "default": of("default"), "unknown_fields": { "type": "string" } } },
        "default": { "type": "string", "enum": ["Self", "self", "Unknown", "unknown", "Err", "Ok"] },
        "result": { "type": "object", "properties": { "into": of("into"), "nothing": { "type": "object", "properties": {} } } },
        "into": { "oneOf": [of("vec"), of("string")], "discriminator": { "propertyName": "kind", "mapping": {
            "aB": "#/components/schemas/vec", "a_b": "#/components/schemas/string",
        } } },
        "vec": { "type": "object", "properties": { "kind": { "type": "string" }, "not": of("into") } },
        "string": { "type": "object", "properties": { "kind": { "type": "string" }, "of": { "type": "array", "items": of("into") } } },
        // Its own types would be called as two others are.
        "buoy": { "type": "object", "properties": {
            "id": { "type": "string" }, "light": { "type": "object", "properties": { "range": { "type": "number" } } },
            "input": { "type": "object", "properties": { "a": { "type": "string" } } },
            "beside": { "oneOf": [of("buoy"), of("beacon")] },
        } },
        "buoy_input": { "type": "object", "properties": { "b": { "type": "string" } } },
        "buoy_light": { "type": "object", "properties": { "c": { "type": "string" } } },
        "BuoyLight": { "type": "object", "properties": { "d": { "type": "string" } } },
        "beacon": { "type": "object", "properties": { "beside": { "oneOf": [of("buoy"), of("beacon")] } } },
        "flag": { "oneOf": [of("flag_up"), of("flag_down"), of("flag_up")] },
        "flag_up": { "type": "object", "properties": { "kind": kind("up"), "next": of("flag") } },
        "flag_down": { "type": "object", "properties": { "kind": kind("down") } },
    })
}
