//! What a conflict says about what exists already.

use super::Error;

impl Error {
    /// Returns the id in a conflict: that of the contact that already has the email or external id.
    ///
    /// It is taken from the only word `id=…` in the message. If there are several, none of them is certain.
    pub fn existing_id(&self) -> Option<&str> {
        if !self.is_conflict() {
            return None;
        }
        let mut found = None;
        for error in self.errors() {
            let message = error.message.as_deref().unwrap_or_default();
            for word in message.split_whitespace() {
                let Some(id) = word.strip_prefix("id=") else {
                    continue;
                };
                let id = id.trim_end_matches(['.', ',', ';', ')', '"', '\'']);
                if is_id(id) && found.replace(id).is_some() {
                    return None;
                }
            }
        }
        found
    }

    /// Whether what exists already is archived.
    pub(crate) fn is_of_archived(&self) -> bool {
        for error in self.errors() {
            let message = error.message.as_deref().unwrap_or_default();
            for word in message.split_whitespace() {
                let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
                if word.eq_ignore_ascii_case("archived") {
                    return true;
                }
            }
        }
        false
    }
}

fn is_id(text: &str) -> bool {
    for byte in text.bytes() {
        if !byte.is_ascii_alphanumeric() && byte != b'-' && byte != b'_' {
            return false;
        }
    }
    !text.is_empty()
}
