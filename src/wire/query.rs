//! The query of a URL.

use reqwest::Url;

/// Returns the value of a parameter; none if it is empty.
pub(crate) fn get(url: &str, name: &str) -> Option<String> {
    // A link may be relative to any server.
    let url = Url::parse("http://localhost").ok()?.join(url).ok()?;
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(key, _)| key == name)?;
    Some(value.into_owned()).filter(|value| !value.is_empty())
}

/// Sets parameters in place of those of the same names.
pub(crate) fn set<T: AsRef<str>>(url: &mut Url, parameters: &[(T, T)]) {
    let is_set = |name: &str| parameters.iter().any(|(set, _)| set.as_ref() == name);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_set(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(kept).extend_pairs(parameters);
}
