//! Refuses a module in which two things would have one name, before rustc does: a description may have a field `name` and
//! a field `clear_name`, and both lead to the same method.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{File, ImplItem, Item};

use crate::error::Problem;

/// Checks types and their own methods, in every module of a file.
pub fn check(file: &File) -> Result<(), Problem> {
    module(&file.items, "")
}

fn module(items: &[Item], path: &str) -> Result<(), Problem> {
    let mut types: BTreeSet<String> = BTreeSet::new();
    let mut methods: BTreeSet<(String, String)> = BTreeSet::new();
    for item in items {
        for name in names(item) {
            if !types.insert(name.clone()) {
                return Err(Problem::new(format!(
                    "two types would be called `{path}{name}`; a correction or another name in openapi/names.json can tell them apart"
                )));
            }
        }
        match item {
            Item::Mod(inner) => {
                let within = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                module(within, &format!("{path}{}::", inner.ident))?;
            }
            Item::Impl(found) if found.trait_.is_none() => {
                let owner = found.self_ty.to_token_stream().to_string();
                for item in &found.items {
                    let ImplItem::Fn(method) = item else { continue };
                    let name = method.sig.ident.to_string();
                    if !methods.insert((owner.clone(), name.clone())) {
                        return Err(Problem::new(format!(
                            "`{path}{owner}` would have two methods `{name}`; a correction that leaves one of the fields or parameters out can help"
                        )));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The types that an item defines; a macro defines what is called `struct` or `enum` in it.
fn names(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) => vec![item.ident.to_string()],
        Item::Enum(item) => vec![item.ident.to_string()],
        Item::Trait(item) => vec![item.ident.to_string()],
        Item::Macro(item) => defined(item.mac.tokens.clone()),
        _ => Vec::new(),
    }
}

fn defined(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_next = false;
    for token in tokens {
        let TokenTree::Ident(ident) = token else {
            is_next = false;
            continue;
        };
        if is_next {
            names.push(ident.to_string());
        }
        is_next = ident == "struct" || ident == "enum";
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &str) -> String {
        let file = syn::parse_str(code).unwrap();
        check(&file).map_or_else(|problem| problem.to_string(), |()| "none".to_owned())
    }

    #[test]
    fn a_name_that_two_things_would_have_is_named_with_its_place() {
        let twice = "pub mod types { pub struct Boat; open_enum! { /// A boat.\npub enum Boat { A = \"a\", } } }";
        assert!(problem(twice).starts_with("two types would be called `types::Boat`;"));
        let methods =
            "pub mod requests { impl Boat { fn name(self) {} } impl Boat { fn name(self) {} } }";
        let expected = "`requests::Boat` would have two methods `name`;";
        assert!(problem(methods).starts_with(expected));
        let fine = "pub struct Boat; pub mod mock { pub struct Boat; } impl Boat { fn new() {} } impl Default for Boat { fn default() -> Self { Self } }";
        assert_eq!(problem(fine), "none");
    }
}
