//! What a person has to say something about has a reason, or `"todo"`, and no reason is left of what went.

use std::collections::BTreeSet;

use intercom_client_codegen::{
    lower::{pagination::PagingKind, review},
    spec::docs::{Entry, Section},
};

use crate::{for_each_version, shared};

#[test]
fn every_operation_type_and_field_has_words_or_waits_for_them() {
    let mut missing: BTreeSet<String> = BTreeSet::new();
    for_each_version(|_, shared, normalized| {
        let entries = review::missing(&normalized, &shared.docs).into_iter();
        missing.extend(entries.map(|entry| entry.to_string()));
    });
    assert_eq!(missing, BTreeSet::new());
}

/// Words of fields and schemas may stand for several, and those of older originals stay; a reason stands for one thing.
#[test]
fn no_reason_stands_for_what_is_not_there() {
    let mut needed: BTreeSet<Entry> = BTreeSet::new();
    for_each_version(|_, _, normalized| needed.extend(review::entries(&normalized)));
    let docs = shared().docs;
    let sections = [
        (Section::Operations, &docs.operations),
        (Section::Resources, &docs.resources),
        (Section::NotStreamed, &docs.not_streamed),
        (Section::PlainJson, &docs.plain_json),
    ];
    for (section, words) in sections {
        for (key, reason) in words {
            let entry = Entry::new(section, key.clone());
            assert!(needed.contains(&entry), "nothing needs {entry}");
            assert!(reason.len() > 3, "{entry}: {reason}");
        }
    }
}

#[test]
fn most_lists_of_every_version_have_a_stream() {
    for_each_version(|version, _, normalized| {
        let operations = normalized.operations.iter();
        let streams = operations.filter(|found| found.operation.list.is_some());
        let streams = streams.count();
        assert!(streams >= 20, "{version}: {streams}");
    });
}

/// Else a stream would end after the first page, and nobody would notice.
#[test]
fn lists_that_go_on_beside_their_items_come_in_pages() {
    let mut found = 0;
    for_each_version(|version, _, normalized| {
        for prepared in &normalized.operations {
            let name = &prepared.operation.name;
            let expected = match (name.resource.as_str(), name.verb.as_str()) {
                ("contacts", "list_merge_history") => PagingKind::NextLink,
                ("audiences" | "content_snippets", "list") => PagingKind::PageNumber,
                _ => continue,
            };
            found += 1;
            let list = prepared.operation.list.as_ref().unwrap();
            assert_eq!(list.kind, expected, "{version} {name:?}");
        }
    });
    assert!(found >= 3, "{found}");
}
