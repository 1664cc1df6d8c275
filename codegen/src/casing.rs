//! English and Rust word forms for generated names.

use heck::{ToSnakeCase, ToUpperCamelCase};

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

/// Words that JSON may use freely and Rust may not.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// `contact_tags` → `ContactTags`, by the rule progenitor follows.
pub fn type_name(schema: &str) -> String {
    let cleaned: String = schema
        .replace('\'', "")
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let name = cleaned.to_upper_camel_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("X{name}")
    } else {
        name
    }
}

/// `Help Center` → `help_center`.
pub fn snake(text: &str) -> String {
    text.to_snake_case()
}

/// A snake-case name in a form in which Rust takes it.
pub fn identifier(name: String) -> String {
    match name.chars().next() {
        None => "_".to_owned(),
        Some('0'..='9') => format!("_{name}"),
        Some(_) if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// `companies` → `company`, `ticket_statuses` → `ticket_status`; what is no plural comes back as it is.
pub fn singular(name: &str) -> String {
    if is_uncountable(name) {
        return name.to_owned();
    }
    let replaced = |ending, by| Some(format!("{}{by}", name.strip_suffix(ending)?));
    let unchanged = |ending| name.ends_with(ending).then(|| name.to_owned());
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
        .unwrap_or_else(|| name.to_owned())
}

/// Whether [`singular`] makes another word of it.
pub fn is_plural(name: &str) -> bool {
    singular(name) != name
}

/// Whether its last word has no plural, or is its own.
pub fn is_uncountable(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    UNCOUNTABLE.contains(&last)
}

/// One thing of a list of this name: `companies` → `company`, `news` → `news_item`.
pub fn item(list: &str) -> String {
    let item = singular(list);
    if item == list {
        format!("{list}_item")
    } else {
        item
    }
}

/// `recipient` → `recipients`.
pub fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| name.ends_with(end)) => {
            format!("{name}es")
        }
        _ => format!("{name}s"),
    }
}

/// The name of an enum's variant for a value on the wire; `None` where no name can be made.
pub fn variant_name(value: &str) -> Option<String> {
    let symbol = match value {
        "=" => Some("Equal"),
        "!=" => Some("NotEqual"),
        "<" => Some("LessThan"),
        "<=" => Some("LessThanOrEqual"),
        ">" => Some("GreaterThan"),
        ">=" => Some("GreaterThanOrEqual"),
        "~" => Some("Contains"),
        "!~" => Some("NotContains"),
        "^" => Some("StartsWith"),
        "$" => Some("EndsWith"),
        "NIN" => Some("NotIn"),
        "" => Some("Empty"),
        _ => None,
    };
    let name = match symbol {
        Some(name) => name.to_owned(),
        None if value.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("V{}", digits_first(value))
        }
        None => type_name(value),
    };
    match name.as_str() {
        "" => None,
        // The catch-all of every enum has this name already.
        "Unknown" | "Self" => Some(format!("{name}_")),
        _ => Some(name),
    }
}

/// The name of a variant where another value, which differs in case or in what stands between words, has it already.
pub fn distinct_variant(name: String, value: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(&name) {
        return name;
    }
    let form = if value == value.to_ascii_uppercase() {
        "Uppercase"
    } else if value == value.to_ascii_lowercase() {
        "Lowercase"
    } else {
        "Capitalized"
    };
    let name = name.trim_end_matches('_');
    let numbered = (2..).map(|number| format!("{name}{form}{number}"));
    let mut names = [format!("{name}{form}")].into_iter().chain(numbered);
    names
        .find(|name| !is_taken(name))
        .unwrap_or_else(|| name.to_owned())
}

/// `3rd_party` → `3rdParty`; digits that something stands between stay apart: `2.14` → `2_14`.
fn digits_first(value: &str) -> String {
    let words = value.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.fold(String::new(), |mut name, word| {
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let starts = is_digit(word.chars().next());
        if is_digit(name.chars().next_back()) && starts {
            name.push('_');
        }
        name.push_str(&if starts {
            word.to_ascii_lowercase()
        } else {
            word.to_upper_camel_case()
        });
        name
    })
}

/// Variant names without the words that all of them begin or end with; unchanged where one would be left empty.
pub fn without_common_words(names: &[String]) -> Vec<String> {
    let words: Vec<Vec<String>> = names
        .iter()
        .map(|name| name.to_snake_case().split('_').map(str::to_owned).collect())
        .collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let Some(first) = words.first().filter(|_| words.len() > 1) else {
        return names.to_vec();
    };
    let prefix = (0..shortest)
        .take_while(|&at| words.iter().all(|word| word[at] == first[at]))
        .count();
    let from_end = |word: &[String], at: usize| word[word.len() - 1 - at].clone();
    let suffix = (0..shortest - prefix)
        .take_while(|&at| {
            words
                .iter()
                .all(|word| from_end(word, at) == from_end(first, at))
        })
        .count();
    if prefix + suffix >= shortest {
        return names.to_vec();
    }
    words
        .iter()
        .map(|word| word[prefix..word.len() - suffix].join("_"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_has_a_singular_and_the_other_way_round() {
        for (one, many) in [
            ("tag", "tags"),
            ("company", "companies"),
            ("reply", "replies"),
            ("ticket_status", "ticket_statuses"),
            ("address", "addresses"),
            ("day", "days"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("wish", "wishes"),
        ] {
            assert_eq!(singular(many), one);
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn what_is_no_plural_is_its_own_singular_and_holds_items() {
        for name in [
            "news", "fin_news", "series", "metadata", "status", "address", "analysis", "admin",
        ] {
            assert_eq!(singular(name), name);
            assert_eq!(item(name), format!("{name}_item"));
        }
        assert_eq!(item("tags"), "tag");
    }

    #[test]
    fn variant_names_lose_the_words_they_share() {
        let names = ["close_conversation_request", "open_conversation_request"];
        let names: Vec<String> = names.map(str::to_owned).to_vec();
        assert_eq!(without_common_words(&names), ["close", "open"]);
    }

    #[test]
    fn a_name_that_would_be_empty_keeps_all_its_words() {
        let names = vec!["recipient".to_owned(), "recipient_list".to_owned()];
        assert_eq!(without_common_words(&names), names);
    }

    #[test]
    fn a_value_that_begins_with_digits_has_a_name() {
        for (value, name) in [
            ("2.14", "V2_14"),
            ("3rd_party_error", "V3rdPartyError"),
            ("24_7", "V24_7"),
            ("2FA", "V2fa"),
            ("7-day", "V7Day"),
        ] {
            assert_eq!(variant_name(value).as_deref(), Some(name));
        }
    }

    #[test]
    fn values_that_differ_only_in_case_have_names_of_their_own() {
        let mut names: Vec<String> = Vec::new();
        for value in ["open", "OPEN", "Open", "in_use", "in-use"] {
            let name = variant_name(value).unwrap();
            let name = distinct_variant(name, value, |name| names.iter().any(|it| it == name));
            names.push(name);
        }
        let expected = [
            "Open",
            "OpenUppercase",
            "OpenCapitalized",
            "InUse",
            "InUseLowercase",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn every_search_operator_has_a_name() {
        for operator in [
            "=", "!=", "IN", "NIN", "<", ">", "<=", ">=", "~", "!~", "^", "$",
        ] {
            assert!(variant_name(operator).is_some(), "{operator}");
        }
    }
}
