//! A small checkout to import into, and a description that is all ours.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

pub const MANIFEST: &str = r#"[package]
name = "small"

[features]
default = ["v1_0"]

# Versions.
## Version 1.0 of the API, as `Intercom::v1_0()`.
v1_0 = []

# Resources.
## Every resource.
all-resources = [
    "boats",
]
## Boats.
boats = []

# TLS.
rustls = []
"#;

/// A description with everything that an import has to tell apart.
pub const DESCRIPTION: &str = r#"---
openapi: 3.0.1
info:
  title: Harbour
  version: 1.0
  description: Prose of the whole.
servers:
- url: https://harbour.example
  description: Prose of a server.
security:
- token: []
tags:
- name: Boats
  description: Prose of a tag.
  externalDocs: {url: https://prose.example}
paths:
  /boats/{id}:
    x-extension: Prose of an extension.
    get:
      summary: Prose of an operation.
      tags: [Boats]
      operationId: showBoat
      parameters:
      - name: id
        in: path
        required: true
        description: Prose of a parameter.
        example: prose
        schema: {type: string}
      - name: page
        in: query
        schema: {type: integer, default: 1}
      responses:
        200:
          description: Prose of a response.
          headers:
            x-rate: {description: Prose of a header., schema: {type: integer}}
          content:
            application/json:
              examples: {one: {value: prose}}
              schema: {$ref: '#/components/schemas/boat'}
        x-more: prose
  /boats:
    post:
      tags: [Boats]
      requestBody:
        description: Prose of a body.
        content:
          multipart/form-data:
            schema: {type: object, properties: {picture: {type: string, format: binary}}}
          application/json:
            schema:
              type: object
              required: [title]
              properties: {title: {type: string}, kind: {type: string, enum: [sail, motor]}}
      responses:
        '201': {description: Prose.}
components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: Prose.}
  schemas:
    x-boat: {title: Prose of a title., type: string}
    boat:
      title: Prose of a title.
      description: Prose of a schema.
      type: object
      x-tags: [prose]
      discriminator: {propertyName: type, mapping: {sail: '#/components/schemas/x-boat'}}
      properties:
        title: {type: string, title: Prose., example: prose}
        description: {type: string, nullable: true, description: Prose.}
        example: {$ref: '#/components/schemas/x-boat'}
        summary: {type: array, items: {type: string, description: Prose.}}
        x-y: {type: object, additionalProperties: false}
        flag: {type: string, enum: [no, on, 2.10], default: no}
        odd: {type: integer, const: 3}
"#;

/// The manifest that turns on every version, where there is one.
pub const CONFORMANCE: &str = "conformance/Cargo.toml";

pub struct Checkout(TempDir);

/// How a command ended.
pub struct Ran {
    pub succeeded: bool,
    pub out: String,
    pub err: String,
}

impl Checkout {
    pub fn new() -> Self {
        let checkout = Self(tempfile::tempdir().unwrap());
        fs::create_dir(checkout.path("openapi")).unwrap();
        checkout.write("Cargo.toml", MANIFEST);
        checkout.write(
            "openapi/upstream.json",
            r#"{"repository": "harbour/OpenAPI", "commit": "abc"}"#,
        );
        checkout
    }

    /// With a version that was imported from `DESCRIPTION`.
    pub fn with_1_0() -> Self {
        let checkout = Self::new();
        let ran = checkout.import("1.0", DESCRIPTION);
        assert!(ran.succeeded, "{}", ran.err);
        checkout
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn import(&self, version: &str, description: &str) -> Ran {
        fs::create_dir_all(self.path("originals")).unwrap();
        let name = format!("originals/{version}.yaml");
        self.write(&name, description);
        let file = self.path(&name);
        self.run(&["import", version, "--from", file.to_str().unwrap()])
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("openapi")
            .args(arguments)
            .arg("--root")
            .arg(self.0.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .unwrap()
                .replace(self.0.path().to_str().unwrap(), "")
        };
        Ran {
            succeeded: output.status.success(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// With the files of a checkout of this repository that an import reads or writes.
    pub fn copy_of(repository: &Path) -> Self {
        let checkout = Self::new();
        let openapi = fs::read_dir(repository.join("openapi")).unwrap();
        let manifests = ["Cargo.toml", CONFORMANCE].map(|name| repository.join(name));
        let files = openapi.map(|entry| entry.unwrap().path()).chain(manifests);
        fs::create_dir(checkout.path("conformance")).unwrap();
        for file in files {
            let inside = file.strip_prefix(repository).unwrap();
            fs::copy(&file, checkout.0.path().join(inside)).unwrap();
        }
        checkout
    }

    /// The same as `files`, by their names in the checkout.
    pub fn contents(&self) -> BTreeMap<String, String> {
        let inside = |path: PathBuf| {
            let path = path.strip_prefix(self.0.path()).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let files = self.files().into_iter();
        files.map(|(path, text)| (inside(path), text)).collect()
    }

    /// Every file that an import may write.
    pub fn files(&self) -> BTreeMap<PathBuf, String> {
        let openapi = fs::read_dir(self.path("openapi"))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let read = |path: PathBuf| (path.clone(), fs::read_to_string(Path::new(&path)).unwrap());
        let manifests = ["Cargo.toml", CONFORMANCE].map(|name| self.path(name));
        let manifests = manifests.into_iter().filter(|path| path.exists());
        openapi.chain(manifests).map(read).collect()
    }
}
