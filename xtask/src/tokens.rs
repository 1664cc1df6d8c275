//! Writes the tokens of every version, and compares them with those of another commit, whatever the formatting.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use quote::ToTokens;
use syn::Item;

use crate::{print::say, repo::Tree};
use intercom_client_codegen::{
    Features, Shared, error::Problem, lower::select::Selection, spec::load,
};

/// What is built besides the operations: nothing, and everything.
const BUILDS: [(&str, Features); 2] = [
    (
        "",
        Features {
            dynamic: false,
            mock: false,
            schemars: false,
        },
    ),
    (
        "-all-features",
        Features {
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
        for (suffix, features) in BUILDS {
            let normalized = shared.normalized(&facts)?;
            let module = shared.module(normalized, &Selection::All, features)?;
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

/// Fails unless the files of two folders have the same items, but for the paths that `renamed` maps to others.
pub fn compare(before: &Path, after: &Path, renamed: &Path) -> Result<(), Problem> {
    let renamed: BTreeMap<String, String> = serde_json::from_value(load::json(renamed)?)
        .map_err(|error| Problem::new(format!("{}: {error}", renamed.display())))?;
    // As tokens are printed.
    let spaced = |path: &str| path.replace("::", " :: ");
    let rename = |line: &str| {
        let paths = renamed.iter();
        paths.fold(line.to_owned(), |line, (from, to)| {
            line.replace(&spaced(from), &spaced(to))
        })
    };
    let (names, others) = (files(before)?, files(after)?);
    if names != others {
        return Err(Problem::new(format!(
            "{} has other files than {}",
            after.display(),
            before.display()
        )));
    }
    let mut differing = 0;
    for name in &names {
        let (old, new) = (read(&before.join(name))?, read(&after.join(name))?);
        let (old, new) = (
            counted(old.lines().map(rename)),
            counted(new.lines().map(str::to_owned)),
        );
        let gone = old.difference(&new).map(|(item, _)| ('-', item));
        let added = new.difference(&old).map(|(item, _)| ('+', item));
        for (sign, item) in gone.chain(added) {
            say(format!("{}: {sign} {item}", name.display()));
            differing += 1;
        }
    }
    if differing > 0 {
        return Err(Problem::new(format!(
            "{differing} items differ; a path that was only renamed belongs into the map"
        )));
    }
    say(format!("{} files have the same items", names.len()));
    Ok(())
}

/// Items, each with how many like it come before it.
fn counted(items: impl Iterator<Item = String>) -> BTreeSet<(String, usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let number = |item: String| {
        let earlier = seen.entry(item.clone()).or_default();
        *earlier += 1;
        (item, *earlier)
    };
    items.map(number).collect()
}

fn files(directory: &Path) -> Result<BTreeSet<std::ffi::OsString>, Problem> {
    let failed = |error| Problem::new(format!("cannot list {}: {error}", directory.display()));
    let entries = fs::read_dir(directory).map_err(failed)?;
    entries
        .map(|entry| Ok(entry.map_err(failed)?.file_name()))
        .collect()
}

fn read(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", path.display())))
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
