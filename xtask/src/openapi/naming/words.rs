//! The little English that names need.

/// Nouns that look like a plural and are none, or have none.
const UNCOUNTABLE: [&str; 8] = [
    "analytics",
    "content",
    "data",
    "media",
    "metadata",
    "news",
    "series",
    "sms",
];

/// First words by which a path segment says what it does.
const VERBS: [&str; 35] = [
    "add", "assign", "attach", "cancel", "change", "collect", "convert", "detach", "download",
    "enqueue", "find", "get", "list", "mark", "notify", "publish", "redact", "register", "remove",
    "reset", "restore", "resume", "retry", "run", "search", "send", "set", "snooze", "start",
    "stop", "submit", "unassign", "update", "upload", "verify",
];

/// Words that JSON may use freely and Rust may not.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// `AI Content` as `ai_content`; letters and digits stay, everything else parts words.
pub fn snake(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_ascii_lowercase()
}

/// The same name in a form in which Rust takes it.
pub fn identifier(name: String) -> String {
    match name.chars().next() {
        None => "_".to_owned(),
        Some('0'..='9') => format!("_{name}"),
        Some(_) if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// `companies` as `company`, `ticket_statuses` as `ticket_status`; what is no plural comes back as it is.
pub fn singular(word: &str) -> String {
    let last = word.rsplit('_').next().unwrap_or(word);
    if UNCOUNTABLE.contains(&last) {
        return word.to_owned();
    }
    let replaced = |ending, by| Some(format!("{}{by}", word.strip_suffix(ending)?));
    let unchanged = |ending| word.ends_with(ending).then(|| word.to_owned());
    None.or_else(|| unchanged("ss"))
        .or_else(|| unchanged("is"))
        .or_else(|| replaced("ies", "y"))
        .or_else(|| replaced("sses", "ss"))
        .or_else(|| replaced("uses", "us"))
        .or_else(|| replaced("xes", "x"))
        .or_else(|| replaced("ches", "ch"))
        .or_else(|| replaced("shes", "sh"))
        .or_else(|| unchanged("us"))
        .or_else(|| replaced("s", ""))
        .unwrap_or_else(|| word.to_owned())
}

pub fn is_plural(word: &str) -> bool {
    singular(word) != word
}

/// Neither a plural nor one of the nouns that have none.
pub fn is_action(word: &str) -> bool {
    let last = word.rsplit('_').next().unwrap_or(word);
    !is_plural(word) && !UNCOUNTABLE.contains(&last)
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

/// What is left of a name when number and `_` do not matter.
pub fn essence(name: &str) -> String {
    name.split('_').map(singular).collect()
}
