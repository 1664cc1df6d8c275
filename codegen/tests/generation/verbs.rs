//! What requests and the structs that they carry have: setters that make sense, words about what is required, and the
//! same constructors in every version.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use intercom_client_codegen::{Features, casing, lower::select::Selection};
use syn::{Attribute, Expr, FnArg, ImplItem, Item, Lit, Meta, Pat, Type};

const REQUIRED: &str = "This field is required.";

#[derive(Default)]
struct Class {
    docs: String,
    methods: BTreeMap<String, Method>,
}

struct Method {
    docs: String,
    arguments: Vec<String>,
}

/// The types of a version by module and name: `types::Contact`.
type Classes = BTreeMap<String, Class>;

fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        match &pair.value {
            Expr::Lit(value) if pair.path.is_ident("doc") => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn collect(module: &str, items: &[Item], found: &mut Classes) {
    for item in items {
        match item {
            Item::Mod(inner) => {
                let items = inner.content.iter().flat_map(|(_, items)| items.clone());
                let items: Vec<Item> = items.collect();
                collect(&format!("{}::", inner.ident), &items, found);
            }
            Item::Struct(item) => {
                let class = found.entry(format!("{module}{}", item.ident)).or_default();
                class.docs = docs(&item.attrs);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Type::Path(path) = item.self_ty.as_ref() else {
                    continue;
                };
                let name = &path.path.segments.last().unwrap().ident;
                let class = found.entry(format!("{module}{name}")).or_default();
                let methods = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) => Some(method),
                    _ => None,
                });
                class.methods.extend(methods.map(|method| {
                    let arguments =
                        method
                            .sig
                            .inputs
                            .iter()
                            .filter_map(|argument| match argument {
                                FnArg::Typed(typed) => match typed.pat.as_ref() {
                                    Pat::Ident(name) => Some(name.ident.to_string()),
                                    _ => None,
                                },
                                FnArg::Receiver(_) => None,
                            });
                    let arguments = arguments.collect();
                    let docs = docs(&method.attrs);
                    (method.sig.ident.to_string(), Method { docs, arguments })
                }));
            }
            _ => {}
        }
    }
}

/// The types of every version, oldest first.
fn versions() -> &'static [(String, Classes)] {
    static ALL: OnceLock<Vec<(String, Classes)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        super::for_each_version(|version, shared, normalized| {
            let file = shared.module(normalized, &Selection::All, Features::default());
            let mut classes = Classes::new();
            collect("", &file.unwrap().items, &mut classes);
            all.push((version.to_owned(), classes));
        });
        all
    })
}

fn of<'c>(version: &str) -> &'c Classes {
    let found = versions().iter().find(|(number, _)| number == version);
    &found.unwrap().1
}

fn setter(property: &str) -> String {
    casing::identifier(casing::snake(property))
}

#[test]
fn a_verb_has_no_setter_of_what_it_sets_by_itself_or_what_is_for_other_verbs() {
    let shared = super::shared();
    let mut seen = 0;
    for (version, classes) in versions() {
        for name in shared.names.0.values() {
            for (verb, named) in &name.alternatives {
                let request = casing::type_name(&format!("{}_{verb}", name.resource));
                let Some(class) = classes.get(&format!("requests::{request}")) else {
                    continue;
                };
                seen += 1;
                let others = named.arguments.iter().chain(&named.except);
                for property in named.constants.keys().chain(others) {
                    let has = class.methods.contains_key(&setter(property));
                    assert!(!has, "{version}: {request}::{}", setter(property));
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn what_names_say_of_a_verb_is_of_a_field_that_its_body_has_in_some_version() {
    for (key, name) in &super::shared().names.0 {
        for (verb, named) in &name.alternatives {
            let body = format!("types::{}", casing::type_name(&named.of));
            let mut fields: BTreeSet<&str> = BTreeSet::new();
            for (_, classes) in versions() {
                let methods = classes.get(&body).map(|class| class.methods.keys());
                fields.extend(methods.into_iter().flatten().map(String::as_str));
            }
            let values = named.constants.keys().chain(named.defaults.keys());
            for property in values.chain(&named.arguments).chain(&named.except) {
                let is_field = fields.contains(setter(property).as_str());
                assert!(is_field, "{key}: `{verb}` names `{property}` of {body}");
            }
        }
    }
}

#[test]
fn a_version_has_the_verbs_whose_values_it_takes() {
    let verbs = |version: &str| {
        let handle = &of(version)["Tickets"];
        let all = ["note", "reply_as_admin", "reply_as_contact"];
        all.map(|verb| handle.methods.contains_key(verb))
    };
    assert_eq!(verbs("2.9"), [true, false, false]);
    assert_eq!(verbs("2.10"), [true, true, true]);
    assert_eq!(verbs("2.14"), [true, true, true]);
}

/// The names that a line of docs links to: of `Required: [`a`](Self::a).`
fn linked(docs: &str, line: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let line = docs.lines().find(|found| line(found)).unwrap_or_default();
    let parts = line.split("[`").skip(1);
    parts
        .map(|part| part.split('`').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_request_and_its_method_name_what_is_required_as_its_setters_do() {
    let mut seen = 0;
    for (version, classes) in versions() {
        let requests = classes
            .iter()
            .filter(|(name, _)| name.starts_with("requests::"));
        for (name, class) in requests {
            let is_list = |line: &str| line.starts_with(" Required: ");
            let listed = linked(&class.docs, is_list);
            let mut marked: BTreeSet<String> = class
                .methods
                .iter()
                .filter(|(_, method)| method.docs.contains(REQUIRED))
                .map(|(setter, _)| setter.clone())
                .collect();
            // A body that can only be set as a whole.
            marked.extend(
                listed
                    .iter()
                    .filter(|name| *name == "with_request")
                    .cloned(),
            );
            assert_eq!(listed, marked, "{version}: {name}");
            seen += listed.len();
            let links = format!("({name}::");
            let method = classes
                .iter()
                .filter(|(name, _)| !name.contains("::"))
                .flat_map(|(_, handle)| handle.methods.values())
                .find(|method| method.docs.contains(&links));
            let said = method.map(|method| linked(&method.docs, is_list));
            assert_eq!(said.unwrap_or_default(), listed, "{version}: {name}");
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn arguments_and_constants_are_not_said_to_be_required() {
    let classes = of("2.14");
    let required = |name: &str| linked(&classes[name].docs, |line| line.starts_with(" Required: "));
    assert_eq!(
        required("requests::ConversationsAssignToTeam"),
        BTreeSet::from(["admin_id".to_owned()])
    );
    assert_eq!(
        required("requests::ConversationsReplyAsContact"),
        BTreeSet::new()
    );
    let one_of = |line: &str| line.starts_with(" Exactly one of ");
    let ids = ["email", "intercom_user_id", "user_id"].map(str::to_owned);
    let docs = &classes["requests::ConversationsReplyAsContact"].docs;
    assert_eq!(linked(docs, one_of), BTreeSet::from(ids));
}

/// Structs whose `new` takes other arguments in some versions, since other fields are required there.
const DIFFERENT: [(&str, &str); 3] = [
    ("ContactReplyConversationRequest", "2.14: no body"),
    ("ContactReplyTicketRequest", "2.14: no body"),
    ("CreateMessageRequest", "2.16: no body"),
];

#[test]
fn constructors_take_the_same_in_every_version() {
    let mut all: BTreeMap<&str, Vec<(&str, &[String])>> = BTreeMap::new();
    for (version, classes) in versions() {
        for (name, class) in classes {
            let Some(name) = name.strip_prefix("types::") else {
                continue;
            };
            if let Some(new) = class.methods.get("new") {
                all.entry(name).or_default().push((version, &new.arguments));
            }
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    let mut found = Vec::new();
    for (name, versions) in &all {
        let first = versions[0].1;
        if let Some((version, arguments)) = versions.iter().find(|(_, other)| *other != first) {
            let gone = first.iter().filter(|name| !arguments.contains(name));
            let gone: Vec<&str> = gone.map(String::as_str).collect();
            found.push((*name, format!("{version}: no {}", gone.join(", "))));
        }
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, difference)| (*name, difference.as_str()))
        .collect();
    assert_eq!(found, DIFFERENT);
}
