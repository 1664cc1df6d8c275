//! Which of the names that the rule gives a person should read first.

use intercom_client_codegen::{casing::singular, spec::names::Name};

use super::words::is_certain_action;

/// Why a name may be a poor one; nothing for one that looks like the others.
pub fn about(name: &Name) -> Option<&'static str> {
    let words: Vec<&str> = name.verb.split('_').collect();
    let first = words[0];
    let regular = ["create", "update", "delete", "list", "get", "download"];
    let resource: Vec<&str> = name.resource.split('_').collect();
    let is_of_resource = |word: &&str| resource.iter().any(|of| singular(of) == singular(word));
    if ["post", "put", "patch"].contains(&first)
        || name.verb.contains("_by_") && !regular.contains(&first)
    {
        Some("a shorter one was taken")
    } else if words.iter().any(is_of_resource) {
        Some("it has a word of the resource")
    } else if words.len() > 3 {
        Some("it is long")
    } else if !regular.contains(&first) && !is_certain_action(first) {
        Some("it may be no verb")
    } else {
        None
    }
}
