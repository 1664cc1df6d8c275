//! Writes the tokens of every version, so that two commits can be compared whatever the formatting.

use std::{fs, path::Path};

use quote::ToTokens;
use syn::Item;

use crate::{print::say, repo::Tree};
use intercom_client_codegen::{
    Extras, Shared, error::Problem, lower::select::Selection, spec::load,
};

/// What is built besides the operations: nothing, and everything.
const BUILDS: [(&str, Extras); 2] = [
    (
        "",
        Extras {
            dynamic: false,
            mock: false,
            schemars: false,
        },
    ),
    (
        "-all-features",
        Extras {
            dynamic: true,
            mock: true,
            schemars: true,
        },
    ),
];

/// Writes two files for each version into `directory`, with an item a line, sorted.
pub fn run(tree: &Tree, directory: &Path) -> Result<(), Problem> {
    let failed = |error| Problem::new(format!("cannot write to {}: {error}", directory.display()));
    fs::create_dir_all(directory).map_err(failed)?;
    let shared = Shared::read(&tree.openapi())?;
    for (version, facts) in load::versions(&tree.openapi())? {
        for (suffix, extras) in BUILDS {
            let normalized = shared.normalized(&facts)?;
            let module = shared.module(normalized, &Selection::All, extras)?;
            let mut lines = Vec::new();
            collect(&module.items, "", &mut lines);
            lines.sort_unstable();
            let name = format!("{}{suffix}.txt", version.feature());
            fs::write(directory.join(name), lines.join("\n") + "\n").map_err(failed)?;
            say(format!("{version}{suffix}: {} items", lines.len()));
        }
    }
    Ok(())
}

fn collect(items: &[Item], module: &str, lines: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Mod(inner) if inner.content.is_some() => {
                let path = format!("{module}{}::", inner.ident);
                let items = inner.content.as_ref().map(|(_, items)| items.as_slice());
                collect(items.unwrap_or_default(), &path, lines);
            }
            item => lines.push(format!("{module} {}", item.to_token_stream())),
        }
    }
}
