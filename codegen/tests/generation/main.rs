//! What the build script makes of the descriptions, for every version.

mod odd;
mod reserved;
mod review;
mod small;
mod verbs;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use intercom_client_codegen::{
    Features, Shared, casing,
    lower::{DefinitionKind, Normalized, select::Selection},
    rewrite::progenitor,
    spec::{correct, document, load, version::Version},
};
use quote::ToTokens;
use syn::{Item, visit::Visit};

fn openapi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi")
}

fn shared() -> Shared {
    Shared::read(&openapi()).unwrap()
}

/// Runs `check` for every version, with its number. The descriptions are read once for all tests.
fn for_each_version(mut check: impl FnMut(&str, &Shared, Normalized)) {
    static ALL: OnceLock<(Shared, Vec<(Version, Normalized)>)> = OnceLock::new();
    let (shared, versions) = ALL.get_or_init(|| {
        let shared = shared();
        let versions = load::versions(&openapi()).unwrap();
        let read = |facts: PathBuf| shared.normalized(&facts).unwrap();
        let versions = versions.into_iter();
        let versions = versions.map(|(version, facts)| (version, read(facts)));
        let versions = versions.collect();
        (shared, versions)
    });
    assert!(versions.len() >= 9);
    for (version, normalized) in versions {
        check(version.as_str(), shared, normalized.clone());
    }
}

/// Does the same for the versions that somebody has looked through: what is true of these need not be true of a description that
/// nobody has seen.
fn for_each_reviewed_version(mut check: impl FnMut(&str, &Shared, Normalized)) {
    let unreviewed = load::unreviewed(&openapi()).unwrap();
    for_each_version(|version, shared, normalized| {
        if unreviewed.iter().all(|found| found.as_str() != version) {
            check(version, shared, normalized);
        }
    });
}

/// The items of the modules `types` and `builder` and of the root, by module and name, as tokens.
fn items(file: &syn::File) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    collect(&file.items, "", &mut found);
    found
}

fn collect(items: &[Item], module: &str, found: &mut BTreeMap<String, Vec<String>>) {
    for item in items {
        let name = match item {
            Item::Mod(inner) => {
                let nested = inner
                    .content
                    .as_ref()
                    .map_or(&[][..], |(_, items)| items.as_slice());
                collect(nested, &format!("{module}{}::", inner.ident), found);
                continue;
            }
            Item::Struct(item) => item.ident.to_string(),
            Item::Enum(item) => item.ident.to_string(),
            Item::Static(item) => item.ident.to_string(),
            Item::Impl(item) => {
                let of = item.trait_.as_ref().map(|(path, _)| path);
                let name = item.self_ty.to_token_stream();
                format!("{} {name}", of.to_token_stream()).trim().to_owned()
            }
            // The name is among the tokens.
            Item::Macro(item) => item.mac.tokens.to_string(),
            Item::Use(_) => continue,
            other => panic!("an unexpected item: {}", other.to_token_stream()),
        };
        let tokens = item.to_token_stream().to_string();
        found
            .entry(format!("{module}{name}"))
            .or_default()
            .push(tokens);
    }
}

#[test]
fn every_version_has_the_operations_it_is_known_to_have() {
    let expected = [
        ("2.7", 98),
        ("2.8", 98),
        ("2.9", 108),
        ("2.10", 108),
        ("2.11", 108),
        ("2.12", 118),
        ("2.13", 133),
        ("2.14", 150 + 4),
        ("2.15", 162 + 4),
    ];
    let expected = BTreeMap::from(expected);
    for_each_version(|version, _, normalized| {
        if let Some(expected) = expected.get(version) {
            assert_eq!(normalized.operations.len(), *expected, "{version}");
        }
    });
}

/// The names of the structs that say what mocks match and their responses; `None` without the module `mock`.
fn mocked(file: &syn::File) -> Option<Vec<String>> {
    fn module<'i>(items: &'i [Item], name: &str) -> Option<&'i [Item]> {
        items.iter().find_map(|item| match item {
            Item::Mod(found) if found.ident == name => Some(found.content.as_ref()?.1.as_slice()),
            _ => None,
        })
    }
    let items = module(module(&file.items, "mock")?, "operations")?;
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(found) => Some(found.ident.to_string()),
        _ => None,
    });
    Some(structs.collect())
}

#[test]
fn mocks_are_made_of_every_operation_that_is_selected_and_only_if_asked_for() {
    let mock = Features {
        mock: true,
        ..Features::default()
    };
    for_each_version(|version, shared, normalized| {
        let count = normalized.operations.len();
        let all = shared.module(normalized, &Selection::All, mock).unwrap();
        let names = mocked(&all).unwrap();
        assert_eq!(names.len(), 2 * count, "{version}");

        let facts = openapi().join(format!("{version}.json"));
        let tags = Selection::Only(BTreeSet::from(["tags".to_owned()]));
        let module = |features| {
            let normalized = shared.normalized(&facts).unwrap();
            shared.module(normalized, &tags, features).unwrap()
        };
        let names = mocked(&module(mock)).unwrap();
        assert!(names.contains(&"TagsGetWhen".to_owned()), "{version}");
        assert!(
            names.iter().all(|name| name.starts_with("Tags")),
            "{names:?}"
        );
        assert_eq!(mocked(&module(Features::default())), None, "{version}");
    });
}

#[test]
fn a_resource_alone_has_the_same_items_as_with_all_others() {
    for_each_version(|version, shared, normalized| {
        let resources: BTreeSet<String> = normalized
            .operations
            .iter()
            .map(|prepared| prepared.operation.name.resource.clone())
            .collect();
        let all = shared
            .module(normalized.clone(), &Selection::All, Features::default())
            .unwrap();
        let all = items(&all);
        for resource in resources {
            let selection = Selection::Only(BTreeSet::from([resource.clone()]));
            let alone = shared
                .module(normalized.clone(), &selection, Features::default())
                .unwrap();
            let alone = items(&alone);
            assert!(
                alone.keys().any(|name| name.starts_with("requests::")),
                "{version} {resource}"
            );
            for (name, tokens) in alone {
                // These list what is on.
                if name != "Api" && name != "OPERATIONS" {
                    assert_eq!(
                        Some(&tokens),
                        all.get(&name),
                        "{version} {resource}: {name}"
                    );
                }
            }
        }
    });
}

/// How many lines a file has once it is formatted.
fn lines(file: &syn::File) -> usize {
    prettyplease::unparse(file).lines().count()
}

#[test]
fn rewriting_leaves_less_to_compile() {
    for_each_reviewed_version(|version, shared, normalized| {
        let generated = progenitor::generate(&normalized).unwrap();
        let before = lines(&syn::parse2(generated).unwrap());
        let module = shared.module(normalized, &Selection::All, Features::default());
        let after = lines(&module.unwrap());
        println!("{version}: {before} lines generated, {after} after they were rewritten");
        assert!(after < before, "{version}");
    });
}

/// Collects the names of types and variants, and the enums that have no variant.
#[derive(Default)]
struct Names {
    all: Vec<String>,
    uninhabited: Vec<String>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.all.push(item.ident.to_string());
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.all.push(item.ident.to_string());
        self.all.extend(
            item.variants
                .iter()
                .map(|variant| variant.ident.to_string()),
        );
        if item.variants.is_empty() {
            self.uninhabited.push(item.ident.to_string());
        }
    }
}

#[test]
fn no_type_has_a_made_up_name_and_every_type_has_values() {
    for_each_version(|version, shared, normalized| {
        let module = shared
            .module(normalized, &Selection::All, Features::default())
            .unwrap();
        let mut names = Names::default();
        names.visit_file(&module);
        assert!(names.all.len() > 200, "{version}");
        for name in &names.all {
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let numbered = stem.len() < name.len();
            let made_up = ["Variant", "Subtype", "Response"]
                .iter()
                .any(|word| stem.ends_with(word));
            assert!(!(numbered && made_up), "{version}: {name}");
        }
        assert_eq!(names.uninhabited, Vec::<String>::new(), "{version}");
    });
}

#[test]
fn messages_and_events_can_be_sent_in_every_version() {
    for_each_version(|version, _, normalized| {
        for (schema, required) in [
            ("create_message_request", "from"),
            ("create_data_event_request", "event_name"),
        ] {
            let definition = &normalized.schemas[schema];
            let DefinitionKind::Struct { required: all, .. } = &definition.kind else {
                panic!("{version}: {schema} is no struct");
            };
            assert!(all.contains(required), "{version}: {schema}");
        }
    });
}

#[test]
fn what_alternatives_only_require_is_folded_into_one_struct() {
    for_each_version(|version, _, normalized| {
        // Each of its alternatives requires one field; none of these is required of all.
        let DefinitionKind::Struct { required, .. } =
            &normalized.schemas["create_contact_request"].kind
        else {
            panic!("{version}: create_contact_request is no struct");
        };
        assert!(required.is_empty(), "{version}: {required:?}");
    });
}

/// The keys of all operations of some versions.
fn keys(shared: &Shared, of: impl Fn(&Version) -> bool) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, facts) in load::versions(&openapi())
        .unwrap()
        .into_iter()
        .filter(|(version, _)| of(version))
    {
        let mut description = load::description(&facts).unwrap();
        correct::apply(&shared.corrections, &mut description).unwrap();
        keys.extend(document::operations(&description.document).map(|found| found.key()));
    }
    keys
}

#[test]
fn names_are_pinned_for_all_operations_and_for_nothing_else() {
    let shared = shared();
    let keys = keys(&shared, |_| true);
    let pinned: BTreeSet<String> = shared.names.0.keys().cloned().collect();
    assert_eq!(keys, pinned);
}

/// One that moved to another path may keep its name.
#[test]
fn no_two_operations_of_a_version_share_resource_and_verb() {
    for_each_version(|version, _, normalized| {
        let mut homes: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for prepared in &normalized.operations {
            let name = &prepared.operation.name;
            if let Some(other) = homes.insert((&name.resource, &name.verb), &prepared.path) {
                let (resource, verb) = (&name.resource, &name.verb);
                panic!(
                    "{version}: {other} and {} are {resource}.{verb}",
                    prepared.path
                );
            }
        }
    });
}

#[test]
fn every_resource_is_a_feature() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    for name in shared().names.0.values() {
        assert!(
            manifest.contains(&format!("\n{} = []\n", name.resource)),
            "{}",
            name.resource
        );
    }
}

#[test]
fn every_type_has_a_schema_where_schemas_are_asked_for_and_none_where_not() {
    for_each_version(|version, shared, normalized| {
        let types: Vec<String> = normalized.schemas.keys().cloned().collect();
        let features = Features {
            schemars: true,
            ..Features::default()
        };
        let module = shared
            .module(normalized, &Selection::All, features)
            .unwrap();
        let tokens = module.to_token_stream().to_string();
        let (_, named) = tokens.rsplit_once("described ! {").unwrap();
        let (named, _) = named.split_once('}').unwrap();
        let named: BTreeSet<&str> = named.split_whitespace().collect();
        let types: BTreeSet<String> = types.iter().map(|name| casing::type_name(name)).collect();
        assert!(named.iter().copied().eq(types.iter()), "{version}");
    });
    let shared = shared();
    let (_, facts) = load::versions(&openapi()).unwrap().remove(0);
    let normalized = shared.normalized(&facts).unwrap();
    let module = shared.module(normalized, &Selection::All, Features::default());
    let tokens = module.unwrap().to_token_stream().to_string();
    assert!(
        !tokens.contains("schema"),
        "what is not asked for is not generated"
    );
}
