//! The JSON Schemas of the types: true of what they write.

mod bodies;
mod documents;

use intercom_client::{
    schemars::{JsonSchema, generate::SchemaSettings},
    v2_14::types,
};
use jsonschema::Validator;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use self::bodies::Body;

/// The validator of one type's schema.
fn writes<T: JsonSchema>() -> Validator {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = generator.into_root_schema_for::<T>();
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(schema.as_value()).unwrap()
}

/// Reads a body as `T` and writes it again.
fn through<T: DeserializeOwned + Serialize>(body: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(T::deserialize(body)?)
}

/// The pointers of a value and of everything below it.
fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                pointers(value, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

/// The body with another value at a pointer, and without the one there was.
fn changed(body: &Value, pointer: &str, values: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = values
        .iter()
        .map(|value| {
            let mut changed = body.clone();
            *changed.pointer_mut(pointer).unwrap() = value.clone();
            changed
        })
        .collect();
    if let Some((parent, key)) = pointer.rsplit_once('/') {
        let mut without = body.clone();
        if let Some(Value::Object(map)) = without.pointer_mut(parent) {
            map.remove(key);
            all.push(without);
        }
    }
    all
}

/// What to put in every place: right there, wrong there, or right in another form.
fn pool() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(9_223_372_036_854_775_808_u64),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("12"),
        json!(" -1.5e3 "),
        json!("nan"),
        json!("true"),
        json!("admin"),
        json!("2023-11-14T22:13:20Z"),
        json!("https://api.intercom.io/x?starting_after=abc"),
        json!([]),
        json!([null]),
        json!(["x"]),
        json!([{}]),
        json!([{ "type": "contact", "id": "1" }]),
        json!({}),
        json!({ "not_described": { "yet": [1, null] } }),
        json!({ "data": [] }),
        json!({ "data": [7] }),
        json!({ "type": "list", "id": 7 }),
        json!({ "type": "contact", "id": "1" }),
    ]
}

/// A body with each value of the pool in each place, and what was changed.
fn all_changed(value: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    pointers(value, String::new(), &mut all);
    let pool = pool();
    let each = |pointer: &String| {
        let changed = changed(value, pointer, &pool);
        changed
            .into_iter()
            .map(|changed| (pointer.clone(), changed))
            .collect::<Vec<_>>()
    };
    all.iter().flat_map(each).collect()
}

#[test]
fn what_was_received_is_written_as_its_schema_says() {
    for body in bodies::received() {
        let written = (body.through)(&body.value).unwrap();
        let valid = body.writes.validate(&written);
        valid.unwrap_or_else(|error| panic!("{}: {error}\n{written:#}", body.name));
        assert_eq!((body.through)(&written).unwrap(), written, "{}", body.name);
    }
}

#[test]
fn what_a_request_writes_is_what_its_schema_says_and_can_be_read_again() {
    let mut tried = 0;
    for Body {
        name,
        writes,
        through,
        value,
    } in bodies::sent()
    {
        for (pointer, changed) in all_changed(&value) {
            let Ok(written) = through(&changed) else {
                continue;
            };
            if let Err(error) = writes.validate(&written) {
                let at = error.instance_path();
                panic!("{name}{pointer}: {error} at {at}\n{written:#}");
            }
            assert_eq!(through(&written).unwrap(), written, "{name}{pointer}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn what_the_schema_of_a_request_admits_is_sent_as_it_is() {
    let mut tried = 0;
    for Body {
        name,
        writes,
        through,
        value,
    } in bodies::sent()
    {
        for (pointer, changed) in all_changed(&value) {
            // To JSON Schema these are integers, too.
            let text = changed.to_string();
            let is_beyond = text.contains("e+300") || text.contains("9223372036854775808");
            if !is_beyond && writes.is_valid(&changed) {
                let sent = through(&changed)
                    .unwrap_or_else(|error| panic!("{name}{pointer}: {error}\n{changed:#}"));
                // Its constants are sent by themselves.
                for (field, value) in changed.as_object().into_iter().flatten() {
                    assert_eq!(sent[field], *value, "{name}{pointer}");
                }
                assert_eq!(sent.is_object(), changed.is_object(), "{name}{pointer}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn what_no_type_writes_is_refused() {
    let contact = writes::<types::Contact>();
    assert!(
        contact.is_valid(
            &json!({ "id": "1", "email": "ada@example.com", "created_at": 1_700_000_000 })
        )
    );
    for wrong in [
        json!({ "id": "1", "email": null }),
        json!({ "id": "1", "external_id": 7 }),
        json!({ "id": "1", "owner_id": "814860" }),
        json!({ "id": "1", "created_at": "2023-11-14T22:13:20Z" }),
        json!({ "id": "1", "tags": [] }),
        json!({ "id": "1", "custom_attributes": [] }),
    ] {
        assert!(!contact.is_valid(&wrong), "{wrong}");
    }
    let close = writes::<types::CloseConversationRequest>();
    assert!(
        !close.is_valid(&json!({ "admin_id": "1" })),
        "its constants are always sent"
    );
    let update = writes::<types::UpdateContactRequest>();
    assert!(update.is_valid(&json!({ "phone": null })), "null clears");
    assert!(
        !update.is_valid(&json!({ "email": null })),
        "an email is not cleared"
    );
    let message = writes::<types::FinAgentMessage>();
    let sent =
        |timestamp: Value| json!({ "author": "user", "body": "Hello", "timestamp": timestamp });
    assert!(message.is_valid(&sent(json!("2023-11-14T22:13:20Z"))));
    assert!(!message.is_valid(&sent(json!(1_700_000_000))));
}

#[test]
fn a_body_that_was_built_is_what_its_schema_says() {
    let created =
        intercom_client::chrono::DateTime::from_timestamp_millis(1_700_000_000_250).unwrap();
    let update = types::UpdateContactRequest::new()
        .clear_phone()
        .signed_up_at(created);
    let update = update.to_json().unwrap();
    writes::<types::UpdateContactRequest>()
        .validate(&update)
        .unwrap();
    let close = types::CloseConversationRequest::new("1").to_json().unwrap();
    writes::<types::CloseConversationRequest>()
        .validate(&close)
        .unwrap();
    writes::<types::ConversationsManageRequest>()
        .validate(&close)
        .unwrap();
}

#[test]
fn known_values_and_meanings_are_documented() {
    let settings = SchemaSettings::draft2020_12();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<types::Contact>();
    let schema = schema.as_value();
    assert_eq!(schema["title"], "Contact");
    assert!(
        schema["description"]
            .as_str()
            .is_some_and(|text| text.len() > 10)
    );
    assert_eq!(
        schema["properties"]["email"]["description"],
        "The contact's email address, if it is known."
    );
    let settings = SchemaSettings::draft2020_12();
    let state = settings
        .into_generator()
        .into_root_schema_for::<types::ConversationPartState>();
    let known: Vec<&str> = types::ConversationPartState::VALUES.to_vec();
    assert_eq!(state.as_value()["anyOf"][0]["enum"], json!(known));
}
