//! The rule by which an operation that has no name yet gets one.
//!
//! It is used once per operation: `openapi/names.json` keeps what it said, or what somebody found better.

use intercom_client_codegen::{
    casing::{identifier, is_plural, is_uncountable, singular, snake},
    spec::{document::path_parameters, names::Name},
};

/// First words by which a path segment says what it does.
const VERBS: [&str; 35] = [
    "add", "assign", "attach", "cancel", "change", "collect", "convert", "detach", "download",
    "enqueue", "find", "get", "list", "mark", "notify", "publish", "redact", "register", "remove",
    "reset", "restore", "resume", "retry", "run", "search", "send", "set", "snooze", "start",
    "stop", "submit", "unassign", "update", "upload", "verify",
];

/// Things with a life of their own, which are attached to others rather than made below them.
const ATTACHED: [&str; 4] = ["companies", "contacts", "subscriptions", "tags"];

/// Names for an operation, the best first; the ones after it are for when it is taken.
pub fn names(method: &str, path: &str, tags: &[&str]) -> Vec<Name> {
    let segments: Vec<Segment> = path
        .split('/')
        .filter(|text| !text.is_empty())
        .map(Segment::of)
        .collect();
    let resource = resource(&segments, tags);
    let setters = setters(&segments, &resource);
    let name = |verb| Name {
        resource: identifier(resource.clone()),
        verb: identifier(verb),
        path: setters.clone(),
        alternatives: Default::default(),
    };
    verbs(&method.to_ascii_lowercase(), &segments, &resource)
        .into_iter()
        .map(name)
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Static(String),
    /// One parameter as a rule; `{name}.{format}` holds two.
    Parameters(Vec<String>),
}

impl Segment {
    fn of(text: &str) -> Self {
        let parameters: Vec<_> = path_parameters(text).into_iter().map(snake).collect();
        if parameters.is_empty() {
            Self::Static(snake(text))
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

/// The tag that names the path's first segment, else the first tag.
fn resource(segments: &[Segment], tags: &[&str]) -> String {
    let first = segments.iter().find_map(Segment::fixed).unwrap_or("root");
    let mut tags = tags.iter().map(|tag| snake(tag));
    let named = tags.clone().find(|tag| essence(tag) == essence(first));
    named
        .or_else(|| tags.next())
        .unwrap_or_else(|| first.to_owned())
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
    let mut steps: Vec<Step> = all.collect();
    let names_it = |text: &str| essence(text) == essence(resource);
    // `/ticket_types/{}/attributes` are the ticket type attributes.
    if steps.len() > 1 && names_it(&format!("{}_{}", steps[0].text, steps[1].text)) {
        steps.drain(..2);
    } else if let Some(first) = steps.first()
        && resource.starts_with(&format!("{}_", singular(first.text)))
        && first.index + 1 < segments.len()
    {
        // `/fin/reply` of the fin agent.
        steps.remove(0);
    }
    steps.retain(|step| !names_it(step.text));
    steps
}

fn verbs(method: &str, segments: &[Segment], resource: &str) -> Vec<String> {
    let steps = steps(segments, resource);
    let regular = regular(method, segments, &steps, resource);
    special(method, segments, &steps, resource)
        .into_iter()
        .chain([regular])
        .collect()
}

/// What an operation does that is more than reading or writing a thing.
fn special(method: &str, segments: &[Segment], steps: &[Step], resource: &str) -> Option<String> {
    if let Some(step) = steps.iter().rev().find(|step| starts_with_verb(step.text)) {
        return Some(step.text.to_owned());
    }
    let last = steps.last()?;
    let others = &steps[..steps.len() - 1];
    let action = |action: &Step, others: &mut dyn Iterator<Item = &Step>| {
        let words: Vec<_> = [action.text.to_owned()]
            .into_iter()
            .chain(others.map(Step::word))
            .collect();
        words.join("_")
    };

    // `/export/workflows/{}`: an action before the resource itself.
    let first = &steps[0];
    let next = segments.get(first.index + 1).and_then(Segment::fixed);
    if first.index == 0
        && is_action(first.text)
        && next.is_some_and(|text| essence(text) == essence(resource))
    {
        return Some(action(first, &mut steps[1..].iter()));
    }

    let is_below_item = last.index > 0 && segments[last.index - 1].fixed().is_none();
    match (method, &segments[last.index + 1..]) {
        ("post", []) if ATTACHED.contains(&last.text) && is_below_item => {
            Some(format!("attach_{}", singular(last.text)))
        }
        ("delete", [_]) if ATTACHED.contains(&last.text) && is_below_item => {
            Some(format!("detach_{}", singular(last.text)))
        }
        ("post", []) if is_action(last.text) => Some(action(last, &mut others.iter())),
        // Of several words, only a verb comes first: it is the status of WhatsApp, but a search for activity logs.
        ("get", [])
            if is_action(last.text)
                && !is_below_item
                && (others.is_empty() || is_verb(last.text)) =>
        {
            Some(action(last, &mut others.iter()))
        }
        ("get", [Segment::Parameters(names)]) if is_named_by(last.text, names) => {
            let thing = joined("get", others.iter().map(Step::word));
            Some(format!("{thing}_by_{}", names.join("_and_")))
        }
        ("get" | "post", [Segment::Parameters(_)]) if is_action(last.text) && last.index > 0 => {
            Some(action(last, &mut others.iter()))
        }
        _ => None,
    }
}

/// `/external_id/{external_id}`, `/conversation/{conversation_id}`.
fn is_named_by(segment: &str, parameters: &[String]) -> bool {
    let rest = parameters
        .first()
        .and_then(|name| name.strip_prefix(segment));
    is_action(segment) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// `list`, `get`, `create`, `update` or `delete`, and of what.
fn regular(method: &str, segments: &[Segment], steps: &[Step], resource: &str) -> String {
    let ends = segments.last().and_then(Segment::fixed);
    let is_single = ends.is_some_and(|text| {
        // `/ip_allowlist`, or the draft of an article.
        if steps.is_empty() {
            !is_plural(text) && !is_plural(resource)
        } else {
            is_action(text)
        }
    });
    let verb = match method {
        "get" if ends.is_some() && !is_single => "list",
        "get" => "get",
        "post" => "create",
        "put" | "patch" => "update",
        other => other,
    };
    let count = steps.len();
    joined(
        verb,
        steps.iter().enumerate().map(|(index, step)| {
            let made = verb == "create" && index + 1 == count;
            if made {
                singular(step.text)
            } else {
                step.word()
            }
        }),
    )
}

fn joined(verb: &str, words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = [verb.to_owned()].into_iter().chain(words).collect();
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
        setters.extend(names.iter().map(|name| match name.as_str() {
            "id" => format!("{}_id", singular(thing)),
            _ => identifier(name.clone()),
        }));
    }
    setters
}

/// Neither a plural nor one of the nouns that have none.
fn is_action(word: &str) -> bool {
    !is_plural(word) && !is_uncountable(word)
}

/// `find_by_external_id`, `run_assignment_rules`.
fn starts_with_verb(word: &str) -> bool {
    word.split_once('_')
        .is_some_and(|(first, _)| is_verb(first))
}

/// Certainly a verb; what is none may be one too.
fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

/// What is left of a name when number and `_` do not matter.
fn essence(name: &str) -> String {
    name.split('_').map(singular).collect()
}
