//! Paths: the parameters of templates, and paths that a caller writes out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything that has a meaning in a URL, and everything that might get one.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Fills the parameters of a template, each as one segment. The error says what is wrong.
pub(crate) fn fill(template: &str, parameters: &[&str]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut parameters = parameters.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err("the path template is broken".to_owned());
        };
        let Some(value) = parameters.next() else {
            return Err(format!("{name} was not given"));
        };
        if value.is_empty() {
            return Err(format!("{name} is empty"));
        }
        if matches!(decoded(value).as_str(), "." | "..") {
            // The URL parser would resolve it, and the request go to another operation.
            return Err(format!("{name} is a relative path segment"));
        }
        path.push_str(before);
        encode(value, &mut path);
        rest = after;
    }
    if parameters.next().is_some() {
        return Err("more path parameters were given than the path has".to_owned());
    }
    path.push_str(rest);
    Ok(path)
}

/// Returns why a path that a caller wrote out, with or without a query, is rejected.
pub(crate) fn problem(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return Some("the path does not start with \"/\"");
    }
    // The URL parser drops line breaks and tabs, and takes "\" for "/".
    for c in path.chars() {
        if c.is_control() || c == '\\' {
            return Some("the path holds a control character or a backslash");
        }
    }
    if path.contains('#') {
        return Some("the path holds a fragment");
    }
    let path = match path.split_once('?') {
        Some((path, _query)) => path,
        None => path,
    };
    if path.contains("//") {
        return Some("the path holds an empty segment");
    }
    for segment in path.split('/') {
        if is_dots(segment) {
            return Some("the path holds a \".\" or \"..\" segment");
        }
    }
    None
}

/// Whether a server that decodes `segment` may find a "." or ".." segment in it.
fn is_dots(segment: &str) -> bool {
    for part in decoded(segment).split('/') {
        for part in part.split('\\') {
            if matches!(part, "." | "..") {
                return true;
            }
        }
    }
    false
}

/// Decodes a segment.
pub(crate) fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// Appends a text as one segment of a path, or one value of a query.
pub(crate) fn encode(segment: &str, path: &mut String) {
    path.extend(utf8_percent_encode(segment, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_one_segment_whatever_it_holds() {
        for (value, segment) in [
            ("123", "123"),
            ("a/b", "a%2Fb"),
            ("a?b#c", "a%3Fb%23c"),
            ("50%", "50%25"),
            ("%2F", "%252F"),
            ("../x", "..%2Fx"),
            ("a b\tc\n", "a%20b%09c%0A"),
            ("a\\b", "a%5Cb"),
            ("ü", "%C3%BC"),
            ("...", "..."),
            ("{x}", "%7Bx%7D"),
        ] {
            let path = fill("/contacts/{id}/notes", &[value]).unwrap();
            assert_eq!(path, format!("/contacts/{segment}/notes"));
        }
    }

    #[test]
    fn a_parameter_that_would_change_the_path_is_refused_by_name() {
        for value in ["", ".", "..", "%2e", "%2E.", ".%2e", "%2e%2E"] {
            let error = fill("/contacts/{id}/tags/{tag_id}", &["1", value]).unwrap_err();
            assert!(error.starts_with("tag_id is"), "{value}: {error}");
        }
    }

    #[test]
    fn the_number_of_parameters_must_be_that_of_the_template() {
        assert!(fill("/contacts/{id}", &[]).is_err());
        assert!(fill("/contacts", &["1"]).is_err());
        assert_eq!(fill("/contacts", &[]).as_deref(), Ok("/contacts"));
    }

    #[test]
    fn a_written_path_that_a_parser_would_change_is_refused() {
        for path in [
            "",
            "contacts",
            "https://evil.example/",
            "//evil.example/",
            "/contacts//notes",
            "/contacts/.",
            "/contacts/../admins",
            "/contacts/%2e%2E/admins",
            "/contacts/x%2f..%2fy",
            "/contacts/.\t./admins",
            "/contacts\\..\\admins",
            "/contacts#part",
        ] {
            assert!(problem(path).is_some(), "{path}");
        }
        for path in [
            "/",
            "/contacts/1",
            "/contacts/a%20b?q=../x//y",
            "/a/..b/%zz/100%",
        ] {
            assert_eq!(problem(path), None, "{path}");
        }
    }
}
