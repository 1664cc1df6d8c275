//! What a file imports.

/// The `use` declarations of a file, and all else, each with its lines where they were.
pub fn split(text: &str) -> (String, String) {
    let (mut uses, mut rest, mut is_use) = (String::new(), String::new(), false);
    for line in text.lines() {
        is_use |= line.starts_with("use ") || (line.starts_with("pub") && line.contains(" use "));
        uses.push_str(if is_use { line } else { "" });
        rest.push_str(if is_use { "" } else { line });
        uses.push('\n');
        rest.push('\n');
        is_use &= !line.ends_with(';');
    }
    (uses, rest)
}

/// The paths of this crate that a file names, in `use` and elsewhere, with their lines; unit tests are left out.
pub fn imports(module: &str, text: &str) -> Vec<(usize, String)> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |(_, word)| *word);
    let is_child = |name| {
        (0..tokens.len()).any(|at| [word(at), word(at + 1), word(at + 2)] == ["mod", name, ";"])
    };
    let mut found = Vec::new();
    for (at, (line, first)) in tokens.iter().enumerate() {
        if word(at + 1) != "::" || (at > 0 && word(at - 1) == "::") {
            continue;
        }
        let mut base: Vec<&str> = module.split("::").collect();
        match *first {
            "crate" => base.clear(),
            "self" => {}
            "super" => drop(base.pop()),
            child if is_child(child) => base.push(child),
            _ => continue,
        }
        let mut paths = Vec::new();
        tree(&tokens, at + 2, base, &mut paths);
        found.extend(paths.into_iter().map(|path| (*line, path.join("::"))));
    }
    found
}

/// Collects the paths of a tree as `use` has them, which begins at a token; returns the token after it.
pub fn tree<'t>(
    tokens: &[(usize, &'t str)],
    mut at: usize,
    mut path: Vec<&'t str>,
    paths: &mut Vec<Vec<&'t str>>,
) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |(_, word)| *word);
    loop {
        match word(at) {
            "{" => {
                while !matches!(word(at), "}" | "") {
                    at += 1;
                    if word(at) != "}" {
                        at = tree(tokens, at, path.clone(), paths);
                    }
                    // An alias.
                    while !matches!(word(at), "," | "}" | "") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "super" => drop(path.pop()),
            "self" => {}
            name if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => path.push(name),
            _ => break,
        }
        at += 1;
        if word(at) != "::" {
            break;
        }
        at += 1;
    }
    paths.push(path);
    at
}

/// Words, `::` and single signs, with their lines; no comments and no texts.
pub fn tokens(text: &str) -> Vec<(usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut tokens, mut rest, mut line) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\'' if rest.starts_with("'\"'") => 3,
            '"' => {
                let mut is_escaped = true;
                let end = rest.find(|c| {
                    let is_end = c == '"' && !is_escaped;
                    is_escaped = c == '\\' && !is_escaped;
                    is_end
                });
                end.map_or(rest.len(), |end| end + 1)
            }
            ':' if rest.starts_with("::") => 2,
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let is_sign = length == first.len_utf8() || first == ':';
        if is_word(first) || (is_sign && !first.is_whitespace()) {
            tokens.push((line, &rest[..length]));
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}
