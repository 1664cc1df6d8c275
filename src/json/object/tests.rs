use serde::de::MapAccess;
use serde_json::{Value, json};

use super::{Fields, Rest, optional, plain, unknown};
use crate::json::{ToJson, UnknownFields, Writer};

/// A struct within a struct of the same type, as the generator writes them.
#[derive(Debug, Default, PartialEq)]
struct Folder {
    name: Option<String>,
    parent: Option<Box<Folder>>,
    folders: Vec<Folder>,
    unknown_fields: UnknownFields,
}

impl Fields for Folder {
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
        rest: &mut Rest,
    ) -> Result<(), A::Error> {
        match name {
            "name" => optional(&mut self.name, map, rest),
            "parent" => optional(&mut self.parent, map, rest),
            "folders" => plain(&mut self.folders, map, rest),
            _ => unknown(map, rest),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.put("name", &self.name);
        writer.put("parent", &self.parent);
        writer.put("folders", &self.folders);
        writer.unknown(&self.unknown_fields);
    }

    fn unknown(&mut self) -> &mut UnknownFields {
        &mut self.unknown_fields
    }

    fn read_list(&mut self, list: &Value) -> bool {
        crate::json::listed(&mut self.folders, list)
    }
}

fn read(json: &Value) -> crate::json::Decoded<Read> {
    crate::json::decode(json.to_string().as_bytes()).unwrap()
}

/// Reads by serde, as a model does.
struct Read(Folder);

impl<'de> serde::Deserialize<'de> for Read {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::deserialize(deserializer).map(Self)
    }
}

#[test]
fn a_struct_within_itself_is_read_and_written_like_any_other() {
    let json = json!({
        "name": "c", "colour": 1, "parent": { "name": "b", "size": 2, "parent": { "name": "a" } },
        "folders": [{ "name": "d" }],
    });
    let Read(folder) = read(&json).value;
    let parent = folder.parent.as_deref().unwrap();
    assert_eq!(parent.name.as_deref(), Some("b"));
    assert_eq!(parent.unknown_fields.get("size"), Some(&json!(2)));
    let outermost = parent.parent.as_deref().unwrap();
    assert_eq!(outermost.name.as_deref(), Some("a"));
    assert_eq!(folder.to_json(), Some(json));
}

#[test]
fn odd_forms_of_a_struct_within_itself_are_noted_or_accepted() {
    let decoded = read(&json!({ "name": "c", "parent": { "name": { "odd": 1 } } }));
    let paths: Vec<&str> = decoded.unread.iter().map(|odd| &*odd.path).collect();
    assert_eq!(paths, ["parent.name"]);

    let decoded = read(&json!({ "name": "c", "parent": 7 }));
    let paths: Vec<&str> = decoded.unread.iter().map(|odd| &*odd.path).collect();
    assert_eq!(paths, ["parent"]);
    assert_eq!(decoded.value.0.parent, None);

    // A list in place of the object around it.
    let Read(folder) = read(&json!({ "parent": [{ "name": "d" }] })).value;
    assert_eq!(folder.parent.unwrap().folders[0].name.as_deref(), Some("d"));
}
