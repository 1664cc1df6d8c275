//! The rule by which an operation that has no name yet gets one.
//!
//! It is used once per operation: `openapi/names.json` keeps what it said, or what somebody found better.

use intercom_client_codegen::{
    casing::{identifier, is_plural, singular, snake},
    spec::{
        document::{OperationRef, operations, path_parameters, path_shape},
        names::{Name, RESERVED},
    },
};
use serde_json::Value;

use super::{
    response::Response,
    words::{
        essence, is_action, is_attached, is_certain_action, is_measure, is_verb, many, participle,
        starts_with_verb, without_prefix,
    },
};

/// Names for an operation of a document, the best first; the ones after it are for when it is taken.
pub fn names(document: &Value, operation: &OperationRef<'_>) -> Vec<Name> {
    let tags = operation.operation["tags"].as_array().into_iter().flatten();
    let tags: Vec<&str> = tags.filter_map(Value::as_str).collect();
    let response = Response::of(document, operation);
    let mut names = for_path(operation.method, operation.path, &tags, response);
    // `DELETE /boats` is of many where `DELETE /boats/{}` is of one.
    let verb = names[0].verb.clone();
    if ["delete", "update"].contains(&verb.as_str()) && has_item(document, operation) {
        let mut of_many = names[0].clone();
        of_many.verb = format!("{verb}_many");
        names.insert(0, of_many);
    }
    names
}

/// Whether the same is done to one of what a path names.
fn has_item(document: &Value, operation: &OperationRef<'_>) -> bool {
    let item = format!("{}/{{}}", path_shape(operation.path));
    operations(document)
        .any(|other| other.method == operation.method && path_shape(other.path) == item)
}

/// The same, from what a name depends on.
pub fn for_path(method: &str, path: &str, tags: &[&str], response: Response) -> Vec<Name> {
    let segments: Vec<Segment> = path
        .split('/')
        .filter(|text| !text.is_empty())
        .map(Segment::of)
        .collect();
    let resource = resource(&segments, tags);
    let setters = setters(&segments, &resource);
    let name = |resource: &str, verb| Name {
        resource: identifier(resource.to_owned()),
        verb: identifier(verb),
        path: setters.clone(),
        alternatives: Default::default(),
    };
    // What the crate calls something of its own.
    let is_free = name(&resource, "get".to_owned()).is_free();
    let called = if resource.starts_with(|first: char| first.is_ascii_digit()) {
        // As the type of its handle is called.
        format!("x{resource}")
    } else if is_free {
        resource.clone()
    } else {
        format!("{resource}_api")
    };
    let method = method.to_ascii_lowercase();
    let steps = steps(&segments, &resource);
    let operation = Operation {
        method: &method,
        segments: &segments,
        steps: &steps,
        resource: &resource,
        response,
    };
    let verbs = operation.verbs().into_iter();
    verbs.map(|verb| name(&called, verb)).collect()
}

/// The words of a tag or a segment, of the letters and digits that names have; there may be none.
fn words(text: &str) -> String {
    let mut words = snake(text);
    words.retain(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let words: Vec<&str> = words.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_")
}

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Static(String),
    /// One parameter as a rule; `{name}.{format}` holds two.
    Parameters(Vec<String>),
}

impl Segment {
    fn of(text: &str) -> Self {
        let parameters: Vec<_> = path_parameters(text).into_iter().map(words).collect();
        if parameters.is_empty() {
            Self::Static(words(text))
        } else {
            Self::Parameters(parameters)
        }
    }

    fn fixed(&self) -> Option<&str> {
        match self {
            Self::Static(text) => Some(text),
            Self::Parameters(_) => None,
        }
    }
}

/// The tag that names the path's first segment, else the first tag; what the path says in two words is one name:
/// `/conversations/attributes` are the conversation attributes.
fn resource(segments: &[Segment], tags: &[&str]) -> String {
    let first = segments
        .iter()
        .filter_map(Segment::fixed)
        .find(|text| !text.is_empty())
        .unwrap_or("root");
    let mut tags = tags
        .iter()
        .map(|tag| words(tag))
        .filter(|tag| !tag.is_empty());
    let named = tags.clone().find(|tag| essence(tag) == essence(first));
    let name = named
        .or_else(|| tags.next())
        .unwrap_or_else(|| first.to_owned());
    match name.split_once('_') {
        Some((owner, rest)) if owner == first => format!("{}_{rest}", singular(owner)),
        _ => name,
    }
}

/// A static segment that says more than the resource's name does.
struct Step<'a> {
    text: &'a str,
    /// Where it is in the path.
    index: usize,
    /// Whether a parameter follows, so that it is one of many.
    one_of: bool,
}

impl Step<'_> {
    fn word(&self) -> String {
        if self.one_of {
            singular(self.text)
        } else {
            self.text.to_owned()
        }
    }
}

fn steps<'a>(segments: &'a [Segment], resource: &str) -> Vec<Step<'a>> {
    let all = segments.iter().enumerate().filter_map(|(index, segment)| {
        let one_of = matches!(segments.get(index + 1), Some(Segment::Parameters(_)));
        Some(Step {
            text: segment.fixed()?,
            index,
            one_of,
        })
    });
    let mut steps: Vec<Step<'_>> = all.collect();
    let names_it = |text: &str| essence(text) == essence(resource);
    // `/ticket_types/{}/attributes` are the ticket type attributes.
    if steps.len() > 1 && names_it(&format!("{}_{}", steps[0].text, steps[1].text)) {
        steps.drain(..2);
    } else if let Some(first) = steps.first()
        && (resource.starts_with(&format!("{}_", singular(first.text)))
            && first.index + 1 < segments.len()
            || resource.ends_with(&format!("_{}", first.text)))
    {
        // `/fin/reply` of the fin agent, `/events` of the data events.
        steps.remove(0);
    }
    steps.retain(|step| !step.text.is_empty() && !names_it(step.text));
    for step in &mut steps {
        step.text = without_prefix(step.text, resource);
    }
    steps
}

/// What is known of an operation that needs a verb.
struct Operation<'a> {
    method: &'a str,
    segments: &'a [Segment],
    steps: &'a [Step<'a>],
    resource: &'a str,
    response: Response,
}

impl Operation<'_> {
    fn verbs(&self) -> Vec<String> {
        let regular = self.regular();
        let by_parameters = format!("{regular}{}", self.by_parameters());
        let special = self.special().into_iter();
        special
            .chain([regular, by_parameters, self.in_full()])
            .collect()
    }

    /// `_by_ticket_id_and_tag_id`; nothing for a path without parameters.
    fn by_parameters(&self) -> String {
        let names = self.segments.iter().filter_map(|segment| match segment {
            Segment::Parameters(names) => Some(names.join("_and_")),
            Segment::Static(_) => None,
        });
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            String::new()
        } else {
            format!("_by_{}", names.join("_and_"))
        }
    }

    /// All that the path says, which no other operation's does.
    fn in_full(&self) -> String {
        let words = self.segments.iter().map(|segment| match segment {
            Segment::Static(text) => text.clone(),
            Segment::Parameters(names) => format!("by_{}", names.join("_and_")),
        });
        joined(self.method, words)
    }

    /// What an operation does that is more than reading or writing a thing.
    fn special(&self) -> Option<String> {
        let (segments, steps) = (self.segments, self.steps);
        let verb = |step: &&Step<'_>| starts_with_verb(step.text);
        if let Some(step) = steps.iter().rev().find(verb) {
            return Some(match step.text.strip_prefix("get_") {
                Some(things) if self.response.is_list() => format!("list_{things}"),
                _ => step.text.to_owned(),
            });
        }
        let last = steps.last()?;
        let others = &steps[..steps.len() - 1];
        let action = |action: &Step<'_>, others: &[Step<'_>]| {
            joined(action.text, others.iter().map(Step::word))
        };

        // `/export/workflows/{}`: an action before the resource itself.
        let first = &steps[0];
        let next = segments.get(first.index + 1).and_then(Segment::fixed);
        if first.index == 0
            && is_action(first.text)
            && next.is_some_and(|text| essence(text) == essence(self.resource))
        {
            return Some(action(first, &steps[1..]));
        }

        let is_below_item = last.index > 0 && segments[last.index - 1].fixed().is_none();
        let rest = &segments[last.index + 1..];
        match (self.method, rest) {
            ("post", []) if is_attached(last.text) && is_below_item => {
                Some(format!("attach_{}", singular(last.text)))
            }
            ("delete", [_]) if is_attached(last.text) && is_below_item => {
                Some(format!("detach_{}", singular(last.text)))
            }
            ("post" | "put", []) if is_below_item && participle(last.text).is_some() => {
                participle(last.text).map(|(make, _, thing)| format!("{make}_{thing}"))
            }
            ("delete", [_]) if is_below_item && participle(last.text).is_some() => {
                participle(last.text).map(|(_, end, thing)| format!("{end}_{thing}"))
            }
            ("post", []) if is_action(last.text) => Some(action(last, others)),
            ("put" | "patch", []) if is_certain_action(last.text) => Some(action(last, others)),
            ("get", []) if is_verb(last.text) && !is_below_item => Some(action(last, others)),
            ("get", [Segment::Parameters(names)]) if is_named_by(last.text, names) => {
                let thing = joined("get", others.iter().map(Step::word));
                Some(format!("{thing}_by_{}", names.join("_and_")))
            }
            ("get" | "post", [Segment::Parameters(_)])
                if is_action(last.text) && last.index > 0 =>
            {
                Some(action(last, others))
            }
            _ => None,
        }
    }

    /// `list`, `get`, `download`, `create`, `update` or `delete`, and of what.
    fn regular(&self) -> String {
        let verb = match self.method {
            "get" => self.reading(),
            "post" => "create",
            "put" | "patch" => "update",
            other => other,
        };
        let count = self.steps.len();
        let words = self.steps.iter().enumerate();
        joined(
            verb,
            words.map(|(index, step)| match (verb, index + 1 == count) {
                ("create", true) => singular(step.text),
                ("list", true) => many(step.text),
                _ => step.word(),
            }),
        )
    }

    fn reading(&self) -> &'static str {
        let ends = self.segments.last().and_then(Segment::fixed);
        let is_measure = self.steps.last().is_some_and(|step| is_measure(step.text));
        match (self.response, ends) {
            (Response::File, _) => "download",
            (_, None) => "get",
            (Response::Pages, Some(_)) => "list",
            (Response::List, Some(_)) if !is_measure => "list",
            (Response::Unknown, Some(text)) if is_plural(text) => "list",
            _ => "get",
        }
    }
}

/// `/external_id/{external_id}`, `/conversation/{conversation_id}`.
fn is_named_by(segment: &str, parameters: &[String]) -> bool {
    let rest = parameters
        .first()
        .and_then(|name| name.strip_prefix(segment));
    is_action(segment) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

fn joined(verb: &str, words: impl Iterator<Item = String>) -> String {
    let words = [verb.to_owned()].into_iter().chain(words);
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// The parameters' names; a bare `id` is the id of what stands before it.
fn setters(segments: &[Segment], resource: &str) -> Vec<String> {
    let mut setters = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let Segment::Parameters(names) = segment else {
            continue;
        };
        let mut before = segments[..index].iter().rev().map_while(Segment::fixed);
        // Of `/fin_voice/collect/{id}` it is the fin voice, not the collecting, that has an id.
        let thing = match (before.next(), before.next()) {
            (Some(last), Some(earlier)) if !is_plural(last) && !is_plural(earlier) => earlier,
            (Some(last), _) => last,
            (None, _) => resource,
        };
        let thing = without_prefix(thing, resource);
        setters.extend(names.iter().map(|name| match name.as_str() {
            "id" => format!("{}_id", singular(thing)),
            name if RESERVED.contains(&name) => format!("{}_{name}", singular(thing)),
            "" => format!("{}_value", singular(thing)),
            _ => identifier(name.clone()),
        }));
    }
    // `/boats/{id}/{id}`.
    for index in 1..setters.len() {
        if setters[..index].contains(&setters[index]) {
            setters[index] = format!("{}_{}", setters[index], index + 1);
        }
    }
    setters
}
