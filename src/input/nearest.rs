//! Guesses which name was meant by a misspelled one.

/// Returns the name that is most similar to the given one, if any is similar.
pub(crate) fn nearest<'n>(
    given: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let plain = plain(given);
    let near = names
        .into_iter()
        .map(|name| (distance(&plain, &self::plain(name)), name));
    let (edits, name) = near.min_by_key(|(edits, _)| *edits)?;
    (edits <= plain.len() / 4 + 1 && edits < plain.len()).then_some(name)
}

/// Removes the differences of `customAttributes`, `custom-attributes` and `custom_attributes`.
fn plain(name: &str) -> Vec<char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Counts the letters to insert, remove or replace.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, against) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 5] = ["custom_attributes", "email", "name", "pt-BR", "pt"];

    #[test]
    fn a_misspelled_name_is_recognised() {
        let of = |given| nearest(given, NAMES);
        assert_eq!(of("custom_atributes"), Some("custom_attributes"));
        assert_eq!(of("customAttributes"), Some("custom_attributes"));
        assert_eq!(of("pt_BR"), Some("pt-BR"));
        assert_eq!(of("Email"), Some("email"));
        assert_eq!(of("emial"), Some("email"));
    }

    #[test]
    fn a_name_that_is_like_no_other_has_no_hint() {
        assert_eq!(nearest("favourite_colour", NAMES), None);
        assert_eq!(nearest("x", NAMES), None);
        assert_eq!(nearest("name", []), None);
    }
}
