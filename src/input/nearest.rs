//! Guesses which name was meant by a misspelled one.

/// No name is longer, and what is longer takes long to compare.
const LONGEST: usize = 100;

/// Returns the end of an error about an unknown name: the name that was meant, or nothing.
pub(crate) fn did_you_mean(given: &str, names: &mut dyn Iterator<Item = &str>) -> String {
    match nearest(given, names) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    }
}

/// Returns the name that is most similar to the given one, if any is similar.
fn nearest<'n>(given: &str, names: &mut dyn Iterator<Item = &'n str>) -> Option<&'n str> {
    if given.len() > LONGEST {
        return None;
    }
    let plain = plain(given);
    let mut nearest: Option<(usize, &str)> = None;
    for name in names {
        let edits = distance(&plain, &self::plain(name));
        if nearest.is_none_or(|(least, _)| edits < least) {
            nearest = Some((edits, name));
        }
    }
    let (edits, name) = nearest?;
    (edits <= plain.len() / 4 + 1 && edits < plain.len()).then_some(name)
}

/// Removes the differences of `customAttributes`, `custom-attributes` and `custom_attributes`.
fn plain(name: &str) -> Vec<char> {
    let mut letters = Vec::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_alphanumeric() {
            letters.push(letter);
        }
    }
    letters
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
        let of = |given| nearest(given, &mut NAMES.into_iter());
        assert_eq!(of("custom_atributes"), Some("custom_attributes"));
        assert_eq!(of("customAttributes"), Some("custom_attributes"));
        assert_eq!(of("pt_BR"), Some("pt-BR"));
        assert_eq!(of("Email"), Some("email"));
        assert_eq!(of("emial"), Some("email"));
    }

    #[test]
    fn a_name_that_is_like_no_other_has_no_hint() {
        assert_eq!(nearest("favourite_colour", &mut NAMES.into_iter()), None);
        let long = "custom_attributes".repeat(10);
        assert_eq!(nearest(&long, &mut [long.as_str()].into_iter()), None);
        assert_eq!(nearest("x", &mut NAMES.into_iter()), None);
        assert_eq!(nearest("name", &mut [].into_iter()), None);
    }
}
