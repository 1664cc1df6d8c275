//! The hand-written code and the generator stand in layers: a folder imports only what stands below it.

#[path = "layers/imports.rs"]
mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use self::imports::{imports, split, tokens, tree};

/// The layers from low to high; those of one line do not import one another. `lib.rs` is in none and imports any.
const LAYERS: &[&[&str]] = &[
    &["operation"],
    &["json"],
    &["wire"],
    &["error"],
    &["input"],
    &["response"],
    &["transport"],
    &["client"],
    &["list", "search", "upsert", "exports", "webhooks"],
    &["runtime"],
    // The modules of the versions, which the build script writes.
    &["generated"],
];
/// The steps of the generator, first to last, after what all of them use.
const STEPS: &[&[&str]] = &[
    &["error"],
    &["prelude"],
    &["casing"],
    &["spec"],
    &["lower"],
    &["rewrite"],
    &["emit"],
];
/// Of the layers below it, webhooks need these only: they call nothing.
const WEBHOOKS_NEED: [&str; 2] = ["json", "error"];
/// How many files may import each other in a circle; they have to be of one layer.
const LARGEST_CIRCLE: usize = 4;

/// The text of each file by its module, as `transport::retry`.
type Files = BTreeMap<String, String>;

#[test]
fn no_folder_imports_what_stands_above_it() {
    let (written, mut generator) = (files("src"), files("codegen/src"));
    // Elsewhere in the generator, paths are those of the code that it emits.
    generator
        .values_mut()
        .for_each(|text| *text = split(text).0);
    for (root, layers, files) in [("src", LAYERS, written), ("codegen/src", STEPS, generator)] {
        assert!(files.len() > 30, "{:?}", files.keys());
        let problems = problems(root, layers, &files);
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }
}

#[test]
fn emitted_code_names_public_items_and_what_is_in_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let root = fs::read_to_string(root).unwrap();
    let declared = root.lines().filter_map(|line| {
        let line = line
            .strip_prefix("pub use ")
            .or(line.strip_prefix("pub mod "))?;
        // What it is called outside: `{A, B}` of a path, an alias, or the last name.
        let names = line.rsplit("::").next()?;
        Some(names.rsplit(" as ").next()?.trim_matches(['{', '}', ';']))
    });
    let public: BTreeSet<&str> = declared
        .flat_map(|names| names.split([',', '}', ' ']))
        .collect();
    let mut named = BTreeSet::new();
    for (module, text) in files("codegen/src") {
        let (_, emitted) = split(&text);
        let tokens = tokens(&emitted);
        for at in
            (2..tokens.len()).filter(|at| [tokens[at - 2].1, tokens[at - 1].1] == ["crate", "::"])
        {
            let mut paths = Vec::new();
            tree(&tokens, at, Vec::new(), &mut paths);
            for path in paths.iter().filter(|path| !path.is_empty()) {
                let is_ours = STEPS.iter().any(|step| step.contains(&path[0]));
                let is_open = path[0] == "runtime" || public.contains(path[0]);
                let line = tokens[at].0;
                assert!(is_ours || is_open, "{module}:{line}: crate::{path:?}");
                named.insert(path[0].to_owned());
            }
        }
    }
    assert!(
        named.contains("runtime") && named.contains("Response"),
        "{named:?}"
    );
}

#[test]
fn circles_of_files_are_small_and_within_one_layer() {
    let files = files("src");
    let circle = largest_circle(&files);
    println!("largest circle: {} files: {circle:?}", circle.len());
    assert!(circle.len() <= LARGEST_CIRCLE, "{circle:?}");
    let layers: BTreeSet<_> = circle.iter().map(|file| layer(file)).collect();
    assert!(layers.len() <= 1, "{circle:?}");
}

fn files(root: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let (mut files, mut directories) = (Files::new(), vec![root.clone()]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let module = path.strip_prefix(&root).unwrap().with_extension("");
            let names = module.iter().map(|name| name.to_str().unwrap());
            let names: Vec<_> = names.filter(|name| *name != "mod").collect();
            files.insert(names.join("::"), fs::read_to_string(&path).unwrap());
        }
    }
    files.remove("lib").unwrap();
    files
}

fn layer(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// What is wrong, with file and line.
fn problems(root: &str, layers: &[&[&str]], files: &Files) -> Vec<String> {
    let tier = |layer: &str| layers.iter().position(|tier| tier.contains(&layer));
    let mut problems = Vec::new();
    for (module, text) in files {
        let (file, from) = (
            format!("{root}/{}.rs", module.replace("::", "/")),
            layer(module),
        );
        if tier(from).is_none() {
            problems.push(format!("{file} is in no layer"));
        }
        for (line, path) in imports(module, text) {
            let to = layer(&path);
            let is_needed = from != "webhooks" || WEBHOOKS_NEED.contains(&to);
            if tier(to).is_none() {
                problems.push(format!("{file}:{line}: crate::{path} leads through lib.rs"));
            } else if from != to && !(tier(to) < tier(from) && is_needed) {
                problems.push(format!("{file}:{line}: {from} imports crate::{path}"));
            }
        }
    }
    problems
}

/// The files that lead to each other, whatever way round; a path belongs to the deepest file on it.
fn largest_circle(files: &Files) -> Vec<&str> {
    let file = |path: String| {
        let mut ends =
            std::iter::once(path.len()).chain(path.rmatch_indices("::").map(|(end, _)| end));
        let found = ends.find_map(|end| files.get_key_value(&path[..end]));
        found.map(|(file, _)| file.as_str())
    };
    let edges: BTreeMap<&str, Vec<&str>> = files
        .iter()
        .map(|(module, text)| {
            let paths = imports(module, text).into_iter().map(|(_, path)| path);
            (module.as_str(), paths.filter_map(file).collect())
        })
        .collect();
    let reach = |from: &str| {
        let (mut reached, mut left) = (BTreeSet::new(), edges[from].clone());
        while let Some(module) = left.pop() {
            if reached.insert(module) {
                left.extend(&edges[module]);
            }
        }
        reached
    };
    let reached: BTreeMap<&str, _> = edges
        .keys()
        .map(|module| (*module, reach(module)))
        .collect();
    let circle = |one: &&str| {
        let others = reached[one].iter().copied();
        others
            .filter(|other| reached[other].contains(one))
            .collect::<Vec<_>>()
    };
    edges.keys().map(circle).max_by_key(Vec::len).unwrap()
}

fn of(files: &[(&str, &str)]) -> Files {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    files.iter().map(owned).collect()
}

#[test]
fn an_arrow_upwards_is_found_however_it_is_written() {
    for text in [
        "use crate::client::Intercom;",
        "\n\nuse crate::{\n    json,\n    client::{builder as b},\n};",
        "pub(crate) use crate::{json::{self, lost}, client};",
        "fn f() { let x = crate::client::f::<u8>(1); }",
        "const X: &str = \"a \\\" // b\"; type T = Vec<crate::client::T>;",
        "const X: char = '\"'; type T = crate::client::T;",
        "macro_rules! m { () => { $crate::client::T } }",
        "macro_rules! m { () => { impl crate::client::T for u8 {} } }",
        "use super::super::client::Intercom;",
        "/// Text\nuse self::super::super::client::*;",
    ] {
        let problems = problems("src", LAYERS, &of(&[("wire::path", text)]));
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert!(
            problems[0].contains("wire imports crate::client"),
            "{problems:?}"
        );
    }
    let problems = problems(
        "src",
        LAYERS,
        &of(&[("wire::path", "\n//\nuse crate::client::X;\n")]),
    );
    assert_eq!(
        problems,
        ["src/wire/path.rs:3: wire imports crate::client::X"]
    );
}

#[test]
fn neighbours_roots_and_strays_are_found_and_what_is_allowed_is_not() {
    for (file, text, problem) in [
        (
            "list",
            "use crate::search::X;",
            "list imports crate::search::X",
        ),
        (
            "webhooks::topic",
            "use crate::wire::X;",
            "webhooks imports crate::wire::X",
        ),
        (
            "client",
            "use crate::Error;",
            "crate::Error leads through lib.rs",
        ),
        (
            "client",
            "use super::{Error};",
            "crate::Error leads through lib.rs",
        ),
        ("client", "use crate::*;", "crate:: leads through lib.rs"),
        ("helpers", "", "src/helpers.rs is in no layer"),
    ] {
        let problems = problems("src", LAYERS, &of(&[(file, text)]));
        assert!(
            problems.len() == 1 && problems[0].ends_with(problem),
            "{problems:?}"
        );
    }
    for text in [
        "use crate::wire::X; use self::builder::X; pub(super) struct S;",
        "// use crate::runtime::X;\n/// [`X`](crate::runtime::X)\n/* crate::runtime */",
        "const X: &str = \"crate::runtime::X\"; use ::std::fmt; use std::runtime;",
        "#[cfg(test)]\nmod tests {\n    use crate::runtime::X;\n}\n",
    ] {
        assert_eq!(
            problems("src", LAYERS, &of(&[("client", text)])),
            [""; 0],
            "{text}"
        );
    }
}

#[test]
fn a_circle_is_found_through_others_and_through_modules_of_a_file() {
    let circle = |files: &[(&str, &str)]| largest_circle(&of(files)).len();
    let (two, three) = (("b", "use crate::c::X;"), ("c", "use super::a::{X, Y};"));
    assert_eq!(circle(&[("a", "use crate::{b::X};"), two, three]), 3);
    assert_eq!(circle(&[("a", "use crate::b as c;"), two, ("c", "")]), 0);
    let child = ("a::b", "use super::X;");
    assert_eq!(circle(&[("a", "mod b;\nfn f() { b::g() }"), child]), 2);
    assert_eq!(circle(&[("a", "mod b;"), child]), 0);
}
