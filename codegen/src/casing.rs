//! English and Rust word forms for generated names.

use heck::{ToSnakeCase, ToUpperCamelCase};

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

/// `companies` → `company`; a word that is no plural gets `_item`.
pub fn singular(name: &str) -> String {
    if name.ends_with("news") {
        format!("{name}_item")
    } else if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = name.strip_suffix("sses") {
        format!("{stem}ss")
    } else if name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us") {
        name[..name.len() - 1].to_owned()
    } else {
        format!("{name}_item")
    }
}

/// `recipient` → `recipients`.
pub fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with('s') => format!("{name}es"),
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
        // A version: `2.14` is `V2_14`.
        None if value.starts_with(|first: char| first.is_ascii_digit()) => {
            format!(
                "V{}",
                value.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_")
            )
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
    fn every_search_operator_has_a_name() {
        for operator in [
            "=", "!=", "IN", "NIN", "<", ">", "<=", ">=", "~", "!~", "^", "$",
        ] {
            assert!(variant_name(operator).is_some(), "{operator}");
        }
    }
}
