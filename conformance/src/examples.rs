//! `cargo xtask conformance examples`: every example of the originals, read and written again.

use std::path::Path;

use crate::{
    cases::{self, Example},
    known::{File, Suite},
    original,
    read::{Body, BodyKind},
    report::compare,
    versions,
};
use intercom_client_codegen::{error::Problem, spec::document::operations};
use xtask::repo::Tree;

/// Every example of every operation of every version, from the originals in a directory.
pub fn examples(tree: &Tree, from: &Path) -> Result<(), Problem> {
    let known = File::in_tree(tree)?;
    let names = tree.read_names()?;
    let versions = versions(tree)?;
    let mut bodies = Vec::new();
    for version in &versions {
        let document = original(&from.join(format!("{version}.yaml")))?;
        for found in operations(&document) {
            let name = names.get(&found.key());
            let name = name.map_err(|problem| problem.within(version))?;
            let mut add = |kind: BodyKind, example: Example<'_>| {
                bodies.push(Body {
                    version: version.clone(),
                    operation: found.key(),
                    name: name.clone(),
                    kind,
                    what: example.what.to_owned(),
                    example: example.name.unwrap_or("example").to_owned(),
                    value: example.value.clone(),
                });
            };
            for example in cases::response_examples(&document, &found) {
                let is_success = (200..300).contains(&cases::status(example.what));
                add(
                    if is_success {
                        BodyKind::Response
                    } else {
                        BodyKind::Error
                    },
                    example,
                );
            }
            for example in cases::bodies(&document, &found) {
                add(BodyKind::Body, example);
            }
        }
    }
    compare(tree, &known, Suite::Examples, &versions, &bodies)
}
