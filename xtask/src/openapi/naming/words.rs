//! English words as paths use them: what is certainly a verb, what is certainly none, and what a participle did.

use intercom_client_codegen::casing::{is_plural, is_uncountable, plural, singular};

/// First words by which a path segment says what it does.
const VERBS: [&str; 38] = [
    "add",
    "assign",
    "attach",
    "cancel",
    "change",
    "collect",
    "convert",
    "detach",
    "download",
    "enqueue",
    "find",
    "get",
    "list",
    "mark",
    "me",
    "notify",
    "publish",
    "redact",
    "register",
    "remove",
    "reset",
    "restore",
    "resume",
    "retry",
    "run",
    "scroll",
    "search",
    "send",
    "set",
    "snooze",
    "start",
    "stop",
    "submit",
    "unassign",
    "unpublish",
    "update",
    "upload",
    "verify",
];

/// Words that are verbs where they stand alone, and may be something else before another word.
const ACTIONS: [&str; 40] = [
    "accept",
    "activate",
    "apply",
    "approve",
    "archive",
    "block",
    "clone",
    "close",
    "complete",
    "confirm",
    "copy",
    "deactivate",
    "decline",
    "disable",
    "dismiss",
    "duplicate",
    "enable",
    "export",
    "import",
    "invite",
    "link",
    "lock",
    "merge",
    "move",
    "open",
    "pin",
    "redirect",
    "refresh",
    "reject",
    "reopen",
    "reorder",
    "replace",
    "reply",
    "revoke",
    "rotate",
    "sync",
    "transfer",
    "unarchive",
    "unlink",
    "validate",
];

/// Nouns that stand alone in a path and that no request does.
const NOUNS: [&str; 6] = [
    "config", "draft", "history", "preview", "settings", "status",
];

/// What is counted, and read in one piece.
const MEASURES: [&str; 4] = ["analytics", "metrics", "statistics", "stats"];

/// Things with a life of their own, which are attached to others rather than made below them.
const ATTACHED: [&str; 4] = ["companies", "contacts", "subscriptions", "tags"];

/// A participle before a noun, what makes it so, and what ends it: `/tickets/{}/linked_conversations`.
const PARTICIPLES: [(&str, &str, &str); 7] = [
    ("assigned", "assign", "unassign"),
    ("attached", "attach", "detach"),
    ("blocked", "block", "unblock"),
    ("followed", "follow", "unfollow"),
    ("linked", "link", "unlink"),
    ("pinned", "pin", "unpin"),
    ("subscribed", "subscribe", "unsubscribe"),
];

/// Whether a segment may say what is done: neither a plural nor a noun that has none.
pub fn is_action(word: &str) -> bool {
    let last = word.rsplit('_').next().unwrap_or(word);
    !is_plural(word) && !is_uncountable(word) && !NOUNS.contains(&last)
}

/// `find_by_external_id`, `run_assignment_rules`.
pub fn starts_with_verb(word: &str) -> bool {
    word.split_once('_')
        .is_some_and(|(first, _)| is_verb(first))
}

/// Certainly a verb; what is none may be one too.
pub fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Whether a word that stands alone says what is done.
pub fn is_certain_action(word: &str) -> bool {
    is_verb(word) || ACTIONS.contains(&word)
}

pub fn is_measure(word: &str) -> bool {
    MEASURES.contains(&word)
}

pub fn is_attached(word: &str) -> bool {
    ATTACHED.contains(&word)
}

/// `link` and `unlink`, and the `conversation` of `linked_conversations`.
pub fn participle(word: &str) -> Option<(&'static str, &'static str, String)> {
    let (first, rest) = word.split_once('_')?;
    let (_, make, end) = PARTICIPLES.iter().find(|(found, ..)| *found == first)?;
    Some((make, end, singular(rest)))
}

/// Several of what a word says: `statuses`, but `deleted` and `merge_history`.
pub fn many(word: &str) -> String {
    let has_none = word.ends_with("ed")
        || word.ends_with("history")
        || is_plural(word)
        || is_uncountable(word);
    if has_none {
        word.to_owned()
    } else {
        plural(word)
    }
}

/// What is left of a name when number and `_` do not matter.
pub fn essence(name: &str) -> String {
    name.split('_').map(singular).collect()
}

/// What a word says more than the name before it: the `schedules` of `office_hours_schedules` where those are office hours.
pub fn without_prefix<'w>(word: &'w str, name: &str) -> &'w str {
    let mut rest = word;
    for expected in name.split('_') {
        match rest.split_once('_') {
            Some((first, more)) if singular(first) == singular(expected) => rest = more,
            _ => return word,
        }
    }
    rest
}
