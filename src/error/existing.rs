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
        let words = self.messages().flat_map(str::split_whitespace);
        let ids = words.filter_map(|word| word.strip_prefix("id="));
        let mut ids = ids
            .map(|id| id.trim_end_matches(['.', ',', ';', ')', '"', '\'']))
            .filter(|id| is_id(id));
        let id = ids.next()?;
        ids.next().is_none().then_some(id)
    }

    /// Whether what exists already is archived.
    pub(crate) fn is_of_archived(&self) -> bool {
        let mut words = self.messages().flat_map(str::split_whitespace);
        words.any(|word| {
            let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
            word.eq_ignore_ascii_case("archived")
        })
    }

    fn messages(&self) -> impl Iterator<Item = &str> {
        let errors = self.errors().iter();
        errors.filter_map(|error| error.message.as_deref())
    }
}

fn is_id(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.chars().all(is_letter)
}
