//! A subscriber that keeps all spans and events of the thread of one test.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Metadata, Subscriber};

/// A value as it was recorded, since backends distinguish numbers from texts.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Number(u64),
    Text(String),
    /// By its `Display` or `Debug`.
    Shown(String),
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

pub type Fields = BTreeMap<&'static str, Value>;

#[derive(Clone, Debug)]
pub struct Span {
    pub name: &'static str,
    pub target: &'static str,
    pub level: Level,
    pub fields: Fields,
    /// The place of the span that it is in.
    pub parent: Option<usize>,
    handles: usize,
}

impl Span {
    pub fn is_closed(&self) -> bool {
        self.handles == 0
    }

    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }
}

#[derive(Clone, Debug)]
pub struct Emitted {
    pub target: &'static str,
    pub level: Level,
    pub fields: Fields,
    /// The place of the span that it is about.
    pub span: Option<usize>,
}

#[derive(Default)]
struct Log {
    spans: Vec<Span>,
    events: Vec<Emitted>,
    /// Those that are entered, the innermost last.
    entered: Vec<Id>,
}

/// What is emitted during its life.
pub struct Collected {
    log: Arc<Mutex<Log>>,
    _guard: DefaultGuard,
}

impl Collected {
    /// Listens to this thread, which runs all of a test.
    pub fn start() -> Self {
        let log = Arc::default();
        let collector = Collector(Arc::clone(&log));
        Self {
            log,
            _guard: tracing::subscriber::set_default(collector),
        }
    }

    /// All spans, in the order in which they began.
    pub fn all_spans(&self) -> Vec<Span> {
        self.log.lock().unwrap().spans.clone()
    }

    /// The spans of this crate.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = self.all_spans();
        spans.retain(|span| is_ours(span.target));
        spans
    }

    /// The events of this crate.
    pub fn events(&self) -> Vec<Emitted> {
        let mut events = self.log.lock().unwrap().events.clone();
        events.retain(|event| is_ours(event.target));
        events
    }

    /// The one span of this crate.
    pub fn only(&self) -> Span {
        let spans = self.spans();
        assert_eq!(spans.len(), 1, "{spans:#?}");
        spans.into_iter().next().unwrap()
    }
}

fn is_ours(target: &str) -> bool {
    target.starts_with("intercom_client")
}

struct Collector(Arc<Mutex<Log>>);

impl Collector {
    fn with<T>(&self, use_log: impl FnOnce(&mut Log) -> T) -> T {
        use_log(&mut self.0.lock().unwrap())
    }
}

fn place(id: &Id) -> usize {
    id.into_u64() as usize - 1
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        attributes.record(&mut Taker(&mut fields));
        let metadata = attributes.metadata();
        self.with(|log| {
            let current = log.entered.last().filter(|_| attributes.is_contextual());
            log.spans.push(Span {
                name: metadata.name(),
                target: metadata.target(),
                level: *metadata.level(),
                fields,
                parent: attributes.parent().or(current).map(place),
                handles: 1,
            });
            Id::from_u64(log.spans.len() as u64)
        })
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        self.with(|log| values.record(&mut Taker(&mut log.spans[place(id)].fields)));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Taker(&mut fields));
        self.with(|log| {
            let current = log.entered.last().filter(|_| event.is_contextual());
            log.events.push(Emitted {
                target: event.metadata().target(),
                level: *event.metadata().level(),
                fields,
                span: event.parent().or(current).map(place),
            });
        });
    }

    fn enter(&self, id: &Id) {
        self.with(|log| log.entered.push(id.clone()));
    }

    fn exit(&self, id: &Id) {
        self.with(|log| {
            let place = log.entered.iter().rposition(|entered| entered == id);
            log.entered.remove(place.unwrap());
        });
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.with(|log| log.spans[place(id)].handles += 1);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        self.with(|log| {
            let span = &mut log.spans[place(&id)];
            span.handles -= 1;
            span.is_closed()
        })
    }
}

struct Taker<'a>(&'a mut Fields);

impl Visit for Taker<'_> {
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name(), Value::Number(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let shown = Value::Shown(format!("{value:?}"));
        self.0.insert(field.name(), shown);
    }
}
