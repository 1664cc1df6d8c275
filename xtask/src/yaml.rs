//! Reads YAML and JSON into a JSON value without changing what was written.
//!
//! OpenAPI asks for YAML 1.2, where `no` and `on` are text and only `true` and `false` are not. Keys are text always
//! (`200:` is a response code), and so is the version, of which `2.10` must not become the number 2.1.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use crate::warnings::Notes;
use intercom_client_codegen::{error::Problem, spec::document::escape};

/// Deeper than any description, shallow enough for recursive code.
const DEPTH: usize = 120;

/// Reads a document of either kind.
pub fn parse(text: &str, notes: &mut Notes) -> Result<Value, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        return Ok(read(text)?.into_value("", notes));
    }
    // Flow-style YAML begins like this too; what is neither is reported as JSON.
    serde_json::from_str(text).or_else(|error| match read(text) {
        Ok(node) => Ok(node.into_value("", notes)),
        Err(_) => Err(Problem::new(format!("not JSON: {error}"))),
    })
}

/// A document before its scalars have types.
#[derive(Clone)]
enum Node {
    Scalar { text: String, plain: bool },
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// A list or map of which not everything was read.
struct Open {
    anchor: usize,
    node: Node,
    key: Option<String>,
}

fn read(text: &str) -> Result<Node, Problem> {
    let not_yaml = |why: String| Problem::new(format!("not YAML: {why}"));
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| not_yaml(error.to_string()))?;
        let at = |why: &str| not_yaml(format!("{why} in line {}", span.start.line()));
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text =
                    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let plain = style == ScalarStyle::Plain && !is_text;
                let text = text.into_owned();
                (anchor, Node::Scalar { text, plain })
            }
            Event::Alias(anchor) => {
                let node = anchors.get(&anchor);
                (
                    0,
                    node.ok_or_else(|| at("an alias without its anchor"))?
                        .clone(),
                )
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)
                if open.len() < DEPTH =>
            {
                let node = match event {
                    Event::SequenceStart(..) => Node::List(Vec::new()),
                    _ => Node::Map(Vec::new()),
                };
                open.push(Open {
                    anchor,
                    node,
                    key: None,
                });
                continue;
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                return Err(at("too deep a nesting"));
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(closed) => (closed.anchor, closed.node),
                None => continue,
            },
            Event::DocumentStart(_) if root.is_some() => return Err(at("a second document")),
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            None => root = Some(node),
            Some(parent) => match (&mut parent.node, parent.key.take(), node) {
                (Node::List(items), _, node) => items.push(node),
                (Node::Map(entries), Some(key), node) => entries.push((key, node)),
                (Node::Map(_), None, Node::Scalar { text, .. }) => parent.key = Some(text),
                _ => return Err(at("a key that is not a scalar")),
            },
        }
    }
    root.ok_or_else(|| not_yaml("there is nothing in it".to_owned()))
}

impl Node {
    fn into_value(self, pointer: &str, notes: &mut Notes) -> Value {
        match self {
            Node::Scalar { text, plain: true } => scalar(text),
            Node::Scalar { text, plain: false } => Value::String(text),
            Node::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, item)| item.into_value(&format!("{pointer}/{index}"), notes))
                .collect(),
            Node::Map(entries) => {
                let of_strings = entries.iter().any(|(key, node)| {
                    key == "type" && matches!(node, Node::Scalar { text, .. } if text == "string")
                });
                let mut map = Map::new();
                for (key, node) in entries {
                    let pointer = format!("{pointer}/{}", escape(&key));
                    let is_text = pointer == "/info/version"
                        || of_strings && matches!(key.as_str(), "default" | "enum");
                    let node = if is_text { node.with_digits() } else { node };
                    let value = node.into_value(&pointer, notes);
                    if map.insert(key, value).is_some() {
                        notes.add(format!("{pointer}: written twice, the last one counts"));
                    }
                }
                Value::Object(map)
            }
        }
    }

    /// The same where a number with a point is text: as a number, `2.10` would lose its last digit.
    fn with_digits(self) -> Self {
        match self {
            Node::Scalar { text, plain } => Node::Scalar {
                plain: plain && !scalar(text.clone()).is_f64(),
                text,
            },
            Node::List(items) => Node::List(items.into_iter().map(Node::with_digits).collect()),
            map @ Node::Map(_) => map,
        }
    }
}

/// A plain scalar by the core schema of YAML 1.2; what JSON has no number for stays text.
fn scalar(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(&text).map_or(Value::String(text), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.ends_with(|last: char| last.is_ascii_digit() || last == '.')
        && unsigned
            .chars()
            .all(|each| matches!(each, '0'..='9' | '.' | 'e' | 'E' | '+' | '-'));
    if !is_number {
        return None;
    }
    let integer = text.parse::<i64>().map(Number::from);
    integer
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok()
        .or_else(|| Number::from_f64(text.parse().ok()?))
}

#[cfg(test)]
mod tests;
