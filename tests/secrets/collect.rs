//! Keeps every text that the process produces, and looks for secrets in them.

use std::sync::{Mutex, Once};

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// An error and its causes.
    Error,
    /// `Debug` of anything else.
    Debug,
    /// A record of `log`.
    Log,
    /// A span or an event of `tracing`.
    #[cfg_attr(
        not(feature = "tracing"),
        allow(dead_code, reason = "none comes without the feature")
    )]
    Trace,
    Panic,
}

#[derive(Clone, Debug)]
pub struct Text {
    pub sort: Sort,
    /// The module that speaks.
    pub target: String,
    pub text: String,
}

impl Text {
    pub fn is_ours(&self) -> bool {
        self.target.starts_with("intercom_client")
    }
}

static TEXTS: Mutex<Vec<Text>> = Mutex::new(Vec::new());

/// Keeps what this crate says.
pub fn ours(sort: Sort, text: String) {
    keep(sort, "intercom_client", text);
}

pub fn keep(sort: Sort, target: &str, text: String) {
    TEXTS.lock().unwrap().push(Text {
        sort,
        target: target.to_owned(),
        text,
    });
}

/// All that was kept until now, which is forgotten.
pub fn take() -> Vec<Text> {
    std::mem::take(&mut TEXTS.lock().unwrap())
}

/// Listens to the whole process.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Logger).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        #[cfg(feature = "tracing")]
        tracing::subscriber::set_global_default(spans::Subscriber::default()).unwrap();
        std::panic::set_hook(Box::new(|panic| {
            ours(Sort::Panic, panic.to_string());
        }));
    });
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        keep(Sort::Log, record.target(), record.args().to_string());
    }

    fn flush(&self) {}
}

#[cfg(feature = "tracing")]
mod spans {
    use std::fmt::{Debug, Write};
    use std::sync::Mutex;

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata};

    use super::{Sort, keep};

    /// Keeps the fields of everything, whatever its level.
    #[derive(Default)]
    pub struct Subscriber {
        targets: Mutex<Vec<&'static str>>,
    }

    impl tracing::Subscriber for Subscriber {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, attributes: &Attributes<'_>) -> Id {
            let metadata = attributes.metadata();
            let mut text = Fields(metadata.name().to_owned());
            attributes.record(&mut text);
            keep(Sort::Trace, metadata.target(), text.0);
            let mut targets = self.targets.lock().unwrap();
            targets.push(metadata.target());
            Id::from_u64(targets.len() as u64)
        }

        fn record(&self, span: &Id, values: &Record<'_>) {
            let mut text = Fields(String::new());
            values.record(&mut text);
            let target = self.targets.lock().unwrap()[span.into_u64() as usize - 1];
            keep(Sort::Trace, target, text.0);
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            let mut text = Fields(String::new());
            event.record(&mut text);
            keep(Sort::Trace, event.metadata().target(), text.0);
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    struct Fields(String);

    impl Visit for Fields {
        fn record_str(&mut self, field: &Field, value: &str) {
            write!(self.0, " {}={value}", field.name()).unwrap();
        }

        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }
}

/// A secret in every form in which it may turn up.
pub fn forms(secret: &str) -> Vec<String> {
    let percent = |keep: &[u8]| {
        secret.bytes().fold(String::new(), |text, byte| {
            if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
                text + &char::from(byte).to_string()
            } else {
                text + &format!("%{byte:02X}")
            }
        })
    };
    let mut forms = vec![secret.to_owned(), percent(b"-._~"), percent(b"")];
    // In base64 a text looks different by where it begins; the ends depend on what is next to it.
    for before in 0..3 {
        let bytes: Vec<u8> = [&vec![b' '; before][..], secret.as_bytes()].concat();
        let whole = bytes.len() / 3 * 3;
        let coded = base64(&bytes[..whole]);
        forms.push(coded[if before == 0 { 0 } else { 4 }..].to_owned());
    }
    forms.push(hex(secret.as_bytes()));
    forms
}

/// Of a length that three divides.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks_exact(3) {
        let number = three
            .iter()
            .fold(0, |number, byte| number << 8 | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            text.push(char::from(DIGITS[number >> shift & 63]));
        }
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Those of the texts in which one of the secrets is.
pub fn leaks<'t>(texts: impl IntoIterator<Item = &'t Text>, secrets: &[&str]) -> Vec<&'t Text> {
    let forms: Vec<String> = secrets.iter().flat_map(|secret| forms(secret)).collect();
    let holds = |text: &Text| forms.iter().any(|form| text.text.contains(form));
    texts.into_iter().filter(|text| holds(text)).collect()
}
