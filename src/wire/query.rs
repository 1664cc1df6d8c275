//! The query of a URL.

use reqwest::Url;

/// Returns the value of a parameter; none if it is empty.
pub(crate) fn get(url: &str, name: &str) -> Option<String> {
    // A link may be relative to any server.
    let url = Url::parse("http://localhost").ok()?.join(url).ok()?;
    for (key, value) in url.query_pairs() {
        if key == name {
            return (!value.is_empty()).then(|| value.into_owned());
        }
    }
    None
}

/// Sets parameters in place of those of the same names.
pub(crate) fn set<T: AsRef<str>>(url: &mut Url, parameters: &[(T, T)]) {
    let mut names = Vec::new();
    for (name, _) in parameters {
        names.push(name.as_ref());
    }
    remove(url, &names);
    let mut query = url.query_pairs_mut();
    for (name, value) in parameters {
        query.append_pair(name.as_ref(), value.as_ref());
    }
}

fn remove(url: &mut Url, names: &[&str]) {
    let mut kept = Vec::new();
    for (name, value) in url.query_pairs() {
        if !names.contains(&&*name) {
            kept.push((name.into_owned(), value.into_owned()));
        }
    }
    let mut query = url.query_pairs_mut();
    query.clear();
    for (name, value) in &kept {
        query.append_pair(name, value);
    }
}
